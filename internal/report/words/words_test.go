package words

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// run is a record that stopped at a point of two variables.
func run(status results.Status, change func(*results.Record)) *results.Record {
	r := &results.Record{
		Status: status, Iterations: 7, Message: "reason", Minimum: &results.Minimum{Value: 0},
		Start: &results.Start{Value: 8, Gap: 8}, Final: &results.Final{Value: 2, Gap: 2, X: &results.Series{1, 1e-9}},
	}
	r.Counts.Gradients = 8
	if change != nil {
		change(r)
	}
	return r
}

func TestSentences(t *testing.T) {
	at := func(kind problems.Kind) func(*results.Record) {
		return func(r *results.Record) { r.Final.CriticalPoint = string(kind) }
	}
	theorems := func(outcomes ...string) func(*results.Record) {
		return func(r *results.Record) {
			for i, o := range outcomes {
				r.Theorems = append(r.Theorems, results.Theorem{Name: string(rune('A' + i)), Outcome: o, Compared: 3, Ratio: results.Number(i+1) / 4, Message: "measured 2; the bound is 1"})
			}
		}
	}
	conditioned := func(ratios ...float64) func(*results.Record) {
		return func(r *results.Record) {
			r.Theorems = []results.Theorem{{Name: "descent condition", Outcome: "holds", Compared: 3, Condition: true}}
			for _, ratio := range ratios {
				r.Theorems = append(r.Theorems, results.Theorem{Name: "A", Outcome: "holds", Compared: 3, Ratio: results.Number(ratio)})
			}
		}
	}
	unknown := func(r *results.Record) {
		r.Minimum, r.Start.Gap, r.Final.Gap = nil, results.Number(math.NaN()), results.Number(math.NaN())
	}
	for _, c := range []struct {
		name string
		r    *results.Record
		want string
	}{
		{"converged", run(results.Converged, at(problems.GlobalMinimum)), "converged after 7 iterations, at the global minimum (1, 0) (reason)"},
		{"one iteration", run(results.Converged, func(r *results.Record) { r.Iterations = 1 }), "converged after 1 iteration (reason)"},
		{"saddle", run(results.Converged, at(problems.Saddle)), "at the saddle (1, 0)"},
		{"local minimum", run(results.Converged, at(problems.LocalMinimum)), "at a local minimum (1, 0)"},
		{"minimum where f* is unknown", run(results.Converged, func(r *results.Record) {
			r.Minimum, r.Final.CriticalPoint = nil, string(problems.LocalMinimum)
		}), "converged after 7 iterations, at a minimum (1, 0), local or global (reason)"},
		{"rounding", run(results.Converged, rested(80, 100, -1)), "f did not fall any further, up to rounding, in the last 80 of 100 iterations"},
		{"degenerate", run(results.Converged, at(problems.Degenerate)), "at a degenerate critical point (1, 0)"},
		{"budget", run(results.Budget, nil), "stopped before it converged (reason)"},
		{"budget near a minimum", run(results.Budget, at(problems.GlobalMinimum)), "stopped before it converged, near the global minimum (1, 0) (reason)"},
		{"timeout", run(results.Timeout, nil), "reason"},
		{"stalled", run(results.Stalled, nil), "stalled: reason"},
		{"diverged", run(results.Diverged, nil), "diverged at iteration 7"},
		{"edge of the domain", run(results.Diverged, func(r *results.Record) { r.Final.GradientNorm = results.Number(math.Inf(1)) }), "stopped at iteration 7, where f = 2 is finite and its gradient is not"},
		{"grown without a gradient", run(results.Diverged, func(r *results.Record) { r.Final.Value, r.Final.GradientNorm = 9, results.Number(math.NaN()) }), "diverged at iteration 7"},
		{"skipped", &results.Record{Status: results.Skipped, Message: "needs L"}, "skipped: needs L"},
		{"failed", &results.Record{Status: results.Failed, Message: "a panic"}, "failed: a panic"},
		{"gap", run(results.Budget, nil), "f went from 8 to 2; final gap: 0.25 of the initial gap (f* = 0)"},
		{"no progress", run(results.Budget, func(r *results.Record) { r.Final.Value, r.Final.Gap = 8, 8 }), "f ended where it began, at 8; final gap: 1 of the initial gap (f* = 0)"},
		{"start at the minimum", run(results.Converged, func(r *results.Record) { r.Start.Value, r.Start.Gap = 0, 0 }), "f* = 0, and the initial gap is lost in its accuracy and rounding"},
		{"f* known too coarsely", run(results.Budget, func(r *results.Record) { r.Minimum.Accuracy = 9 }), "the initial gap is lost in its accuracy and rounding"},
		{"small coordinates", run(results.Converged, func(r *results.Record) {
			r.Final.CriticalPoint, r.Final.X = "saddle", &results.Series{1e-9, 1e-18}
		}), "at the saddle (1e-09, 0)"},
		{"no minimum", run(results.Budget, unknown), "f went from 8 to 2; f* is unknown"},
		{"cost", run(results.Budget, func(r *results.Record) { r.Counts.Values = 1 }), "cost: 1 value, 8 gradients"},
		{"many epochs", run(results.Budget, func(r *results.Record) { r.Samples, r.Counts.Samples = 10, 10010 }), "cost: 8 gradients (1001 epochs of 10 samples)"},
		{"one epoch", run(results.Budget, func(r *results.Record) { r.Samples, r.Counts.Samples = 10, 10 }), "cost: 8 gradients (1 epoch of 10 samples)"},
		{"epochs", run(results.Budget, func(r *results.Record) { r.Samples, r.Counts.Samples = 10, 25 }), "cost: 8 gradients (2.5 epochs of 10 samples)"},
		{"a theorem", run(results.Budget, theorems("holds")), "consistent with the theorem that applies; closest to its bound (measured/bound 0.25): A"},
		{"theorems", run(results.Budget, theorems("holds", "holds")), "consistent with the 2 theorems that apply; closest to its bound (measured/bound 0.5): B"},
		{"a theorem violated", run(results.Budget, theorems("holds", "violated")), "violates a theorem (B): measured 2; the bound is 1; the method or a fact about the problem is wrong"},
		{"a condition alone", run(results.Budget, conditioned()), "keeps the descent condition at every step; no theorem about its progress was measured"},
		{"a condition beside a theorem", run(results.Budget, conditioned(0.5)), "consistent with the theorem that applies; closest to its bound (measured/bound 0.5): A"},
		{"a note", run(results.Budget, nil), "note: mind the gap"},
	} {
		said := Tell(c.r, Problem{Notes: []string{"mind the gap"}})
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, c.want) }) {
			t.Errorf("%s: expected %q; said\n%s", c.name, c.want, strings.Join(said, "\n"))
		}
	}
	for _, r := range []*results.Record{run(results.Budget, nil), {Status: results.Failed}} {
		if said := strings.Join(Tell(r, Problem{}), "\n"); strings.Contains(said, "theorem") || strings.Contains(said, "note") || strings.Contains(said, "limit") {
			t.Errorf("nothing is known of theorems, notes and limits; said\n%s", said)
		}
	}
}

// A run that did not begin has cost nothing that could be said.
func TestNoCostOfNothing(t *testing.T) {
	if said := Tell(&results.Record{Status: results.Failed, Message: "no"}, Problem{}); len(said) != 1 {
		t.Errorf("said %q", said)
	}
}

// A run that is nowhere near a bound is close to none.
func TestNoBoundIsCloseAtRatioZero(t *testing.T) {
	r := run(results.Budget, func(r *results.Record) {
		r.Theorems = []results.Theorem{{Name: "A", Outcome: "holds", Compared: 3, Ratio: 0}}
	})
	said := strings.Join(Tell(r, Problem{}), "\n")
	if !strings.Contains(said, "consistent with the theorem that applies") || strings.Contains(said, "closest") {
		t.Errorf("said\n%s", said)
	}
}

// rested is a run whose lowest value is so many iterations before its end, with the value at the end.
func rested(rest, iterations int, last float64) func(*results.Record) {
	return func(r *results.Record) {
		r.Iterations, r.Deterministic = iterations, true
		r.Best = &results.Best{Value: -1, Iteration: iterations - rest}
		r.Final.Value = results.Number(last)
	}
}

// A run that was still falling, one that rose by more than rounding, a short rest, noise and batches
// are no rest at the level of rounding.
func TestNoRestWhereRunsFallOrAreNoisy(t *testing.T) {
	batches := func(r *results.Record) {
		rested(80, 100, -1)(r)
		r.Method.Parameters = []results.Parameter{{Name: "batch", Value: int64(8)}}
	}
	noise := func(r *results.Record) {
		rested(80, 100, -1)(r)
		r.Deterministic = false
	}
	for name, change := range map[string]func(*results.Record){"falling": rested(2, 100, -1), "late": rested(30, 100, -1), "risen": rested(80, 100, -0.999),
		"short": rested(5, 7, -1), "batches": batches, "noise": noise} {
		if said := strings.Join(Tell(run(results.Converged, change), Problem{}), "\n"); strings.Contains(said, "any further") {
			t.Errorf("%s: said\n%s", name, said)
		}
	}
}

// A bound on a run that grew promises nothing, and neither closeness nor consistency is said of it.
func TestNoBoundIsCloseWhereARunDiverged(t *testing.T) {
	r := run(results.Diverged, func(r *results.Record) {
		r.Theorems = []results.Theorem{{Name: "stability", Outcome: "holds", Compared: 3, Ratio: 0.9}}
	})
	if said := strings.Join(Tell(r, Problem{}), "\n"); strings.Contains(said, "closest") || strings.Contains(said, "consistent") {
		t.Errorf("said\n%s", said)
	}
}

// Only a start that has been moved is said to be.
func TestProjectedStart(t *testing.T) {
	r := run(results.Converged, func(*results.Record) {})
	if said := strings.Join(Tell(r, Problem{}), "\n"); strings.Contains(said, "projection") {
		t.Errorf("a start that satisfies the constraint: %s", said)
	}
	by := results.Number(3)
	r.Start.Projected = &by
	if said := strings.Join(Tell(r, Problem{}), "\n"); !strings.Contains(said, "the start does not satisfy the constraint; the descent began at its projection, at a distance of 3") {
		t.Errorf("a start at a distance of 3: %s", said)
	}
}

// What a method does that cannot leave the boundary is said where a descent began there.
func TestStartOnTheBoundary(t *testing.T) {
	r := run(results.Converged, func(*results.Record) {})
	if said := strings.Join(Tell(r, Problem{}), "\n"); strings.Contains(said, "boundary") {
		t.Errorf("a start inside: %s", said)
	}
	r.Start.Boundary = "on the boundary it mixes"
	if said := strings.Join(Tell(r, Problem{}), "\n"); !strings.Contains(said, "note: on the boundary it mixes") {
		t.Errorf("a start on the boundary: %s", said)
	}
}
