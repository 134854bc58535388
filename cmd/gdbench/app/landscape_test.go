package app

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/problems"
)

// Reports know no problems, so that they have the kinds of critical points as words; they
// are those of problems.
func TestKindsOfCriticalPoints(t *testing.T) {
	for kind, word := range map[problems.Kind]string{
		problems.GlobalMinimum: evidence.GlobalMinimum, problems.LocalMinimum: evidence.LocalMinimum,
		problems.Saddle: evidence.Saddle, problems.Maximum: evidence.Maximum, problems.Degenerate: evidence.Degenerate,
	} {
		if string(kind) != word {
			t.Errorf("problems call it %q, reports %q", kind, word)
		}
	}
}

// A landscape has what a report draws of the facts of a problem.
func TestLandscape(t *testing.T) {
	built, _, err := buildProblem("quadratic", []string{"dim=2", "condition=4"})
	if err != nil {
		t.Fatal(err)
	}
	p, facts := built.Problem, built.Facts
	l := landscape(p, facts)
	wanted, err := facts.Global("L")
	if err != nil {
		t.Fatal(err)
	}
	if l.Dim != 2 || l.L != wanted || !slices.Equal(l.Start, facts.Starts[0].X) || len(l.Minimizers) != 1 {
		t.Errorf("%+v", l)
	}
	x := []float64{1, 2}
	if got, want := l.Evaluate(x, nil), p.Evaluate(x, nil); got != want {
		t.Errorf("f = %g; expected %g", got, want)
	}
	if bare := landscape(p, nil); bare.L != 0 || bare.Dim != 2 {
		t.Errorf("without facts: %+v", bare)
	}
}
