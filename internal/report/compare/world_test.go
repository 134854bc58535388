package compare

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/results"
)

// world makes runs for tests: every cell reaches its target after a number of evaluations
// that a function decides.
type world struct {
	problems, methods []string
	repeats           int                                              // 0: deterministic
	evaluations       func(problem, method string, repeat int) float64 // +Inf: never
	change            func(*results.Summary)
}

const budget = 100000

func (w world) run() *results.Baseline {
	b := &results.Baseline{BaselineHeader: results.BaselineHeader{
		Baseline: 1, Suite: "test", Processor: "abacus", Workers: 1,
		Toolchain: results.Toolchain{OS: "linux", Arch: "amd64", Go: "go1"},
		Targets:   []results.TargetName{{Target: 1e-2}, {Target: 1e-6}},
	}}
	for _, p := range w.problems {
		for _, m := range w.methods {
			for repeat := range max(1, w.repeats) {
				o := w.outcome(p, m, repeat)
				if w.change != nil {
					w.change(&o)
				}
				if o.ID != "" {
					b.Summaries = append(b.Summaries, o)
				}
			}
		}
	}
	b.Cells, b.Grid = len(b.Summaries), len(b.Summaries)
	return b
}

func (w world) outcome(problem, method string, repeat int) results.Summary {
	o := results.Summary{
		ID: fmt.Sprintf("%s/%s/%d", problem, method, repeat), Conditions: problem,
		Labels: results.Labels{Problem: problem, Method: method}, Problem: problem, Method: method, Families: &results.Families{Problem: problem, Method: method},
		Repeat: repeat, Deterministic: w.repeats == 0, Status: results.Converged,
		StartGap: 1, StartGradient: 1, Gap: 1e-9, Floor: 1e-14, GradientNorm: 1e-8, Seconds: 0.5,
		Targets: []results.Target{{Target: 1e-2}, {Target: 1e-6}},
	}
	n := w.evaluations(problem, method, repeat)
	if math.IsInf(n, 1) {
		o.Status, o.Iterations, o.Gap = results.Budget, budget, 1e-3
		o.Counts = results.Counts{Evaluations: budget}
		return o
	}
	iterations := int(n) - 1
	o.Iterations, o.Counts = iterations, results.Counts{Evaluations: int64(n)}
	o.Targets[1].Iteration, o.Targets[1].Evaluations = &iterations, int64(n)
	o.Targets[0] = o.Targets[1]
	o.Targets[0].Target = 1e-2
	return o
}

func names(kind string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s%02d", kind, i)
	}
	return out
}

func constant(v float64) func(string, string, int) float64 {
	return func(string, string, int) float64 { return v }
}

// lognormal gives costs around 10,000, with the spread of a log cost, times a factor.
func lognormal(rng *rand.Rand, spread, factor float64) func(string, string, int) float64 {
	return func(string, string, int) float64 {
		return math.Max(2, math.Round(10000*factor*math.Exp(spread*rng.NormFloat64())))
	}
}
