package descend

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// edges are functions with edges of their domain, poles, plateaus, kinks, infinite slopes,
// rounding and no minimum, and where to start on them.
var edges = []struct{ expression, start string }{
	{"x+sqrt(x)", "1"}, {"-x*log(x)", "0.1"}, {"x*log(x)", "2"}, {"sqrt(x)", "1"}, {"-sqrt(x)", "1"}, {"-log(x)", "1"}, {"x-log(x)", "1e-8"},
	{"1/x", "1"}, {"-1/x", "1"}, {"1/x", "-1"}, {"x^2+1/(x-2)", "0"},
	{"sqrt(abs(x))", "1"}, {"abs(x)", "1"}, {"abs(x)^1.5", "1"}, {"max(0, x-1)", "3"}, {"max(0, x-1)", "0.5"}, {"max(1, x^2)", "2"},
	{"-x", "1"}, {"-exp(x)", "1"}, {"exp(x)", "1"}, {"x^3", "1"}, {"sqrt(1-x^2)", "0.5"}, {"-sqrt(1-x^2)", "0.5"},
	{"1e16+x^2", "1"}, {"1e16+x", "1"}, {"x^2+1e-9*sin(1e9*x)", "1"}, {"sin(x)+0.1*x", "0"}, {"1e300*x^2", "1e3"}, {"1e-300*x^2", "1"},
	{"log(x)^2*sqrt(2-x)", "1.9"}, {"x*sqrt(x)-x", "1e-300"},
}

// searching are directions with every step rule, and the methods that are no such pair.
func searching() []string {
	var all []string
	for _, name := range param.Of[methods.Method]().Names() {
		if !strings.HasPrefix(name, "test-") {
			all = append(all, name)
		}
	}
	for _, direction := range []string{"gradient", "bfgs", "conjugate-gradient", "newton"} {
		for _, rule := range param.Of[methods.StepRule]().Names() {
			parameter := ""
			if rule == "warmup" {
				parameter = ", then: 0.01"
			}
			all = append(all, fmt.Sprintf("{name: descent, direction: %s, step: {name: %s%s}}", direction, rule, parameter))
		}
	}
	for _, rule := range []string{"{name: backtracking, beta: 0.9999999, initial: 1e6}", "{name: golden-section, tolerance: 1e-17}", "{name: lipschitz-backtracking, increase: 1.0000001, L: 1e-9}",
		"{name: wolfe, guess: longer}", "{name: strong-wolfe, guess: quadratic}", "{name: goldstein, guess: slope}", "{name: exact, tolerance: 1e-16}"} {
		all = append(all, "{name: descent, step: "+rule+"}")
	}
	return all
}

// Every line search ends, on every function: within so many trials a run has converged,
// diverged, spent its budget, or says why it cannot go on. Nothing is blamed on the function.
func TestEveryLineSearchEnds(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	const trials = 100_000 // the bound of the line searches
	for _, f := range edges {
		for _, method := range searching() {
			began := time.Now()
			r := runCell(t, "budget: {iterations: 20}", fmt.Sprintf("{name: expression, of: %q, start: [%s]}", f.expression, f.start), method)
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%s on %s took %v", method, f.expression, took)
			}
			if r.Counts.Evaluations > 20*trials+1000 {
				t.Errorf("%s on %s: %d evaluations", method, f.expression, r.Counts.Evaluations)
			}
			switch r.Status {
			case results.Skipped, results.Converged, results.Diverged, results.Budget:
			case results.Stalled:
				if !strings.HasPrefix(r.Message, "iteration ") || strings.Contains(r.Message, "did not return") {
					t.Errorf("%s on %s: %s", method, f.expression, r.Message)
				}
			default:
				t.Errorf("%s on %s: %s, %s", method, f.expression, r.Status, r.Message)
			}
		}
	}
}

// slow is a function of one variable whose evaluations take a while, and on which backtracking
// with a factor near 1 needs many.
type slow struct{}

func (*slow) Dim() int { return 1 }
func (*slow) Evaluate(x, g []float64) float64 {
	time.Sleep(100 * time.Microsecond)
	if g != nil {
		g[0] = x[0]
	}
	return x[0] * x[0] / 2
}

func init() {
	problems.Register("test-slow", problems.Info{}, func() problems.Problem { return new(slow) })
}

// Time limits and interrupts are seen between the trials of a line search.
func TestEndsBetweenTrials(t *testing.T) {
	const method = "{name: descent, step: {name: backtracking, beta: 0.99999, initial: 1e9}}"
	began := time.Now()
	r := runCell(t, "budget: {seconds: 0.05}", "{name: test-slow, start: [1]}", method)
	if r.Status != results.Timeout || r.Iterations != 0 || (*r.Final.X)[0] != 1 || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %s, %d iterations, %s", time.Since(began), r.Status, r.Iterations, r.Message)
	}

	w, cell := onlyCell(t, "suite: t\nproblems: [{name: test-slow, start: [1]}]\nmethods: ["+method+"]\n")
	time.AfterFunc(50*time.Millisecond, func() { w.stopped.Store(true) })
	began = time.Now()
	if r, ok := w.Run(cell); ok || time.Since(began) > 5*time.Second {
		t.Errorf("an interrupted run leaves %+v after %v", r, time.Since(began))
	}
}
