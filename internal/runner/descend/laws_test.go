package descend

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// runCell runs the only cell of a suite.
func runCell(t testing.TB, keys, problem, method string) *results.Record {
	t.Helper()
	w, cell := onlyCell(t, "suite: laws\n"+keys+"\nproblems: ["+problem+"]\nmethods: ["+method+"]\n")
	r, ok := w.Run(cell)
	if !ok {
		t.Fatal("stopped")
	}
	return r
}

// Problems of the laws: a sum over 20 samples in 3 variables, and a function without a sum.
const (
	squares = "{name: least-squares, data: {name: regression, samples: 20, features: 3}, start: {name: sphere}}"
	valley  = "{name: rosenbrock, start: [-1.2, 1]}"
)

// methodsOfLaws are the methods, and the directions with the rules, that run on a problem.
func methodsOfLaws() []string {
	var all []string
	for _, name := range param.Of[methods.Method]().Names() {
		if strings.HasPrefix(name, "test-") || name == "ogm-g" { // the path of ogm-g depends on the budget
			continue
		}
		all = append(all, name, "{name: "+name+", batch: 6}")
	}
	for _, d := range []string{"gradient", "lbfgs", "newton", "conjugate-gradient"} {
		for _, rule := range param.Of[methods.StepRule]().Names() {
			parameter := ""
			switch rule {
			case "warmup":
				parameter = ", then: 0.01"
			case "fixed", "step-decay", "silver", "dynamic", "optimized", "long-steps", "cyclic", "cosine":
				parameter = ", t: 0.01"
			}
			if rule == "optimized" {
				parameter += ", steps: 50"
			}
			if rule == "cosine" {
				parameter += ", period: 50"
			}
			all = append(all, fmt.Sprintf("{name: descent, direction: %s, step: {name: %s%s}}", d, rule, parameter))
		}
	}
	return all
}

// No budget is ever passed, whatever the method is doing when it ends, and the record has the
// last completed iterate: that of a run without the budget.
func TestBudgetsAreNeverPassed(t *testing.T) {
	ended := 0
	for _, problem := range []string{squares, valley} {
		for _, method := range methodsOfLaws() {
			long := runCell(t, "stop: {gradient: 0}\nbudget: {iterations: 30}\ntrace: {every: 1, path: true}", problem, method)
			if long.Status == results.Skipped {
				continue
			}
			for _, budget := range []string{"evaluations: 1", "evaluations: 7", "gradients: 1", "gradients: 4", "epochs: 0.5", "epochs: 2.7", "epochs: 3"} {
				if strings.HasPrefix(budget, "epochs") && problem == valley {
					continue
				}
				r := runCell(t, "stop: {gradient: 0}\nbudget: {iterations: 30, "+budget+"}\ntrace: {every: 1, path: true}", problem, method)
				var key string
				var limit float64
				fmt.Sscanf(strings.ReplaceAll(budget, ":", ""), "%s %g", &key, &limit)
				used := map[string]float64{"evaluations": float64(r.Counts.Evaluations), "gradients": float64(r.Counts.Gradients), "epochs": float64(r.Counts.Samples) / 20}[key]
				if used > limit {
					t.Errorf("%s on %s, %s: used %g", method, problem, budget, used)
				}
				if r.Status == results.Budget && !strings.Contains(r.Message, "iteration") {
					ended++
				}
				if !slices.Equal(*r.Final.X, long.Trace.X[min(r.Iterations, len(long.Trace.X)-1)]) {
					t.Errorf("%s on %s, %s: ends at %v after %d iterations, where the long run is at %v", method, problem, budget, *r.Final.X, r.Iterations, long.Trace.X[r.Iterations])
				}
			}
		}
	}
	if ended < 300 {
		t.Errorf("only %d runs ended at the budget", ended)
	}
}

// Methods that are one algorithm cost the same, under every budget.
func TestEqualAlgorithmsCostTheSame(t *testing.T) {
	for problem, groups := range map[string][][]string{
		squares: {
			{"{name: fixed-step, lr: 0.1}", "{name: descent, direction: gradient, step: 0.1}", "{name: descent, step: {name: fixed, t: 0.1}}",
				"{name: sgd, lr: 0.1}", "{name: sgd, lr: 0.1, batch: full}", "{name: sgd, lr: 0.1, batch: 20}", "{name: fixed-step, lr: 0.1, batch: 20}",
				"{name: nesterov, lr: 0.1, schedule: {name: constant, momentum: 0}}", "{name: heavy-ball, lr: 0.1, momentum: 0}",
				"{name: proximal-gradient, lr: 0.1}", "{name: steepest, norm: l2, step: 0.1}", "{name: clipped-gradient, lr: 0.1, max_norm: 1e9}",
				"{name: descent, step: {name: step-decay, t: 0.1, factor: 1}}",
				"{name: descent, direction: {name: conjugate-gradient, restart: period, period: 1}, step: 0.1}"},
			{"{name: adam, lr: 0.01}", "{name: adamw, lr: 0.01, weight_decay: 0}", "{name: adam, lr: 0.01, batch: 20}", "{name: amsgrad, lr: 0.01}"},
			{"{name: sgd, lr: 0.1, momentum: 0.5}", "{name: heavy-ball, lr: 0.1, momentum: 0.5}"},
			{"{name: sgd, lr: 0.1, batch: 8}", "{name: fixed-step, lr: 0.1, batch: 8}", "{name: descent, step: 0.1, batch: 8}", "{name: heavy-ball, lr: 0.1, momentum: 0, batch: 8}",
				"{name: stochastic-polyak, longest: 0.1, bound: -1e9, batch: 8}", "{name: descent, step: {name: polyak, longest: 0.1, bound: -1e9}, batch: 8}"},
			{"{name: stochastic-line-search}", "{name: stochastic-line-search, batch: 20}", "{name: descent, step: backtracking}", "{name: steepest, norm: l2, step: backtracking}", "{name: descent, step: {name: nonmonotone, memory: 1, alpha: 0.3, beta: 0.8}}"},
			{"{name: lbfgs}", "{name: lbfgs, batch: 20}", "{name: descent, direction: lbfgs, step: {name: strong-wolfe, guess: scaled}}"},
			{"{name: nesterov, lr: 0.1}", "{name: fista, lr: 0.1}", "{name: nesterov, lr: 0.1, batch: full}"},
		},
		valley: {
			{"{name: fixed-step, lr: 1e-3}", "{name: descent, step: 1e-3}", "{name: sgd, lr: 1e-3}", "{name: nesterov, lr: 1e-3, schedule: {name: constant, momentum: 0}}",
				"{name: heavy-ball, lr: 1e-3, momentum: 0}", "{name: proximal-gradient, lr: 1e-3}"},
			{"polyak", "{name: descent, step: polyak}"},
			{"{name: damped-newton, indefinite: shift}", "{name: descent, direction: {name: newton, indefinite: shift}, step: backtracking}"},
		},
	} {
		for _, group := range groups {
			for _, budget := range []string{"iterations: 6", "evaluations: 9", "gradients: 5", "epochs: 3", "epochs: 2.5"} {
				if strings.HasPrefix(budget, "epochs") && problem == valley {
					continue
				}
				var first *results.Record
				for _, method := range group {
					r := runCell(t, "stop: {gradient: 0}\nbudget: {"+budget+"}", problem, method)
					if first == nil {
						first = r
					}
					same := r.Counts == first.Counts
					if strings.Contains(method, "polyak, ") { // the same steps, from values that come with the gradients
						c := r.Counts
						c.Values = first.Counts.Values
						same = c == first.Counts
					}
					if r.Status != first.Status || r.Iterations != first.Iterations || !same {
						t.Errorf("%s, %s: %s after %d iterations for %+v (%s); %s: %s after %d for %+v", budget, method, r.Status, r.Iterations, r.Counts, r.Message, group[0], first.Status, first.Iterations, first.Counts)
					}
				}
			}
		}
	}
}

// k steps of gradient descent are k gradients, and 3 epochs are 3 of them; a Polyak step costs
// no more samples than one of SGD.
func TestWhatStepsCost(t *testing.T) {
	for _, c := range []struct {
		budget, method string
		iterations     int
		counts         string
	}{
		{"gradients: 5", "{name: fixed-step, lr: 0.1}", 5, "0 values, 5 gradients, 100 samples"},
		{"epochs: 3", "{name: descent, step: 0.1}", 3, "0 values, 3 gradients, 60 samples"},
		{"epochs: 3", "{name: adam, lr: 0.1}", 3, "0 values, 3 gradients, 60 samples"},
		{"epochs: 3", "{name: nesterov, lr: 0.1}", 3, "0 values, 3 gradients, 60 samples"},
		{"epochs: 10", "{name: sgd, lr: 0.01, batch: 8}", 30, "0 values, 30 gradients, 200 samples"},
		{"epochs: 10", "{name: stochastic-polyak, bound: -1, batch: 8}", 30, "30 values, 30 gradients, 200 samples"},
		{"gradients: 5", "{name: descent, direction: gauss-newton, step: 0.1}", 5, "5 values, 5 gradients, 100 samples"},
		{"gradients: 5", "{name: descent, direction: levenberg-marquardt, step: 0.1}", 5, "5 values, 5 gradients, 100 samples"},
		{"iterations: 5", "{name: descent, direction: newton, step: exact}", 5, "0 values, 5 gradients, 200 samples"},
		{"iterations: 5", "saga", 5, "0 values, 24 gradients, 24 samples"},
		{"iterations: 5", "sag", 5, "0 values, 24 gradients, 24 samples"},
		{"iterations: 5", "svrg", 5, "0 values, 9 gradients, 28 samples"},
	} {
		r := runCell(t, "stop: {gradient: 0}\nbudget: {"+c.budget+"}", squares, c.method)
		got := fmt.Sprintf("%d values, %d gradients, %d samples", r.Counts.Values, r.Counts.Gradients, r.Counts.Samples)
		if r.Iterations != c.iterations || got != c.counts {
			t.Errorf("%s, %s: %d iterations, %s (%s, %s); want %d, %s", c.method, c.budget, r.Iterations, got, r.Status, r.Message, c.iterations, c.counts)
		}
	}
	for formula, values := range map[string]int64{"central": 4, "forward": 3} {
		r := runCell(t, "stop: {gradient: 0}\nbudget: {iterations: 5}", "{name: finite-difference, of: rosenbrock, formula: "+formula+"}", "{name: fixed-step, lr: 1e-4}")
		if r.Counts.Values != 5*values || r.Counts.Gradients != 5 || r.Counts.Evaluations != 5*values {
			t.Errorf("%s differences in two variables: 5 steps cost %+v", formula, r.Counts)
		}
	}
}

// What the observer needs changes no count.
func TestObservationIsFree(t *testing.T) {
	for _, problem := range []string{squares, valley} {
		for _, method := range methodsOfLaws() {
			var first *results.Record
			for _, keys := range []string{"trace: {points: 0}", "trace: {every: 1}", "trace: {every: 3}\ntargets: {gradient: [1e-300]}"} {
				r := runCell(t, "stop: {gradient: 0}\nbudget: {iterations: 12}\n"+keys, problem, method)
				if r.Status == results.Skipped {
					break
				}
				if first == nil {
					first = r
				}
				if r.Counts != first.Counts || r.Status != first.Status || r.Final.X != nil && !slices.Equal(*r.Final.X, *first.Final.X) {
					t.Errorf("%s on %s, %s: %+v, unobserved %+v", method, problem, keys, r.Counts, first.Counts)
				}
			}
		}
	}
}
