package process_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Our methods on a problem in another process do what they do on ours: f = ‖x‖² is the quadratic
// with L = mu = 2.
func TestProblem(t *testing.T) {
	records, _ := run(t, `
problems: [{name: mine.bowl, dim: 3}]
methods: [{name: fixed-step, lr: 0.4/L}, mine.descent, mine.asker, bfgs]
`)
	for _, r := range records {
		if r.Status != results.Converged || r.Final.Gap > 1e-12 || r.Minimum.Source != "foreign" {
			t.Errorf("%s: %s (%s), gap %v, f* %+v", r.Labels.Method, r.Status, r.Message, r.Final.Gap, r.Minimum)
		}
	}
	// lr = 0.2 multiplies x by 0.6: ‖∇f‖ ≤ 1e-8 of the start's after ⌈8/−log₁₀ 0.6⌉ steps.
	if k := records[0].Iterations; k != 37 {
		t.Errorf("%d iterations of gradient descent; expected 37", k)
	}
	if asker := records[2]; asker.Observed != "questions" || records[1].Observed != "" {
		t.Errorf("observed at %q and %q; expected only the method without iterates to be marked", asker.Observed, records[1].Observed)
	}
}

// A problem that cannot be right is refused when it is built.
func TestBadProblems(t *testing.T) {
	for mood, want := range map[string]string{
		"wrong":   "the gradient at the start does not fit the value",
		"changes": "two answers at the start differ",
		"sizes":   "sent a frame 'e' of 16 bytes; expected 24",
		"dims":    "the start standard has 1 numbers; the problem has dim 2",
		"error":   "FileNotFoundError: data.csv",
	} {
		t.Run(mood, func(t *testing.T) {
			s, err := read(t, "good", "problems: [{name: mine.bowl, mood: %s}]\nmethods: [gd]\n", mood)
			if err != nil {
				t.Fatal(err)
			}
			_, err = prepare.Problem(s, s.Problems[0])
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v; expected %q", err, want)
			}
		})
	}
}

// The blocks that a process states are those of its problem, if they cover the variables.
func TestShapes(t *testing.T) {
	s, err := read(t, "good", "problems: [{name: mine.bowl, dim: 6, mood: blocks}, {name: mine.bowl, dim: 6, mood: no-blocks}, {name: mine.bowl, dim: 6}]\nmethods: [gd]\n")
	if err != nil {
		t.Fatal(err)
	}
	built, err := prepare.Problem(s, s.Problems[0])
	if err != nil {
		t.Fatal(err)
	}
	want := []problems.Block{
		{Name: "W", Kind: problems.MatrixBlock, Rows: 2, Columns: 2},
		{Name: "b", Kind: problems.BiasBlock, Rows: 2, Columns: 1, Offset: 4},
	}
	if p, ok := problems.As[problems.Shapes](built.Problem); !ok || !slices.Equal(p.Shapes(), want) {
		t.Errorf("shapes of the problem: %t; expected %+v", ok, want)
	}
	if _, err := prepare.Problem(s, s.Problems[1]); err == nil || !strings.Contains(err.Error(), "test.yaml:4:53: problem mine.bowl dim=6 mood=no-blocks: the blocks have 7 variables; the problem has 6") {
		t.Errorf("%v; expected the blocks to be refused", err)
	}
	built, err = prepare.Problem(s, s.Problems[2])
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := problems.As[problems.Shapes](built.Problem); ok {
		t.Error("a problem that states no-blocks offers shapes")
	}
}

// A problem that goes wrong on the way fails its cell, and no other.
func TestProblemsThatFail(t *testing.T) {
	for mood, want := range map[string]string{
		"crash": "the process ended: exit status 9",
		"hang":  "no answer within 3s",
		"nan":   "not finite",
	} {
		t.Run(mood, func(t *testing.T) {
			records, _ := run(t, `
problems: [{name: mine.bowl, mood: %s}, {name: mine.bowl, dim: 3}]
methods: [{name: gd, lr: 0.2}]
`, mood)
			status := results.Failed
			if mood == "nan" {
				status = results.Diverged
			}
			if r := records[0]; r.Status != status || !strings.Contains(r.Message, want) {
				t.Errorf("%s (%s); expected %s with %q", r.Status, r.Message, status, want)
			}
			if r := records[1]; r.Status != results.Converged {
				t.Errorf("the cell after it: %s (%s)", r.Status, r.Message)
			}
		})
	}
}

// What a problem lacks is a reason to skip, also where the method is another program's.
func TestSkipped(t *testing.T) {
	records, _ := run(t, `
problems: [mine.bowl, {name: quadratic, dim: 2, condition: 2}]
methods: [newton, mine.newton, mine.gauss-newton]
budget: {iterations: 3}
`)
	for i, skipped := range []bool{true, true, true, false, false, true} {
		if r := records[i]; (r.Status == results.Skipped) != skipped {
			t.Errorf("%s on %s: %s (%s)", r.Labels.Method, r.Labels.Problem, r.Status, r.Message)
		}
	}
}
