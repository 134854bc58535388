package descend

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// hills has many minima, of which 0 is the lowest and far from most starts.
const hills = `{name: rastrigin, dim: 2, start: {name: box, low: -4, high: 4}}`

// A method that is caught by a minimum begins again until it finds the lowest one, and gives what
// its best descent has found.
func TestRestarts(t *testing.T) {
	const header = "seed: 5\nbudget: {evaluations: 6000}\ntargets: [1e-6]\ntrace: {every: 1}"
	once := runCell(t, header, hills, "bfgs")
	if once.Targets[0].Hit() || once.Restarts != 0 || strings.Contains(once.Message, "restart") {
		t.Fatalf("without restarts: %+v, %d restarts, %s", once.Targets, once.Restarts, once.Message)
	}
	r := runCell(t, header, hills, "{name: bfgs, multistart: true}")
	if !r.Targets[0].Hit() || r.Restarts < 2 || r.Deterministic || len(r.Theorems) > 0 || r.Law != nil {
		t.Errorf("with restarts: targets %+v, %d restarts, %d theorems, law %v", r.Targets, r.Restarts, len(r.Theorems), r.Law)
	}
	if r.Status != results.Converged || !strings.HasSuffix(r.Message, fmt.Sprintf("; %d restarts", r.Restarts)) {
		t.Errorf("%s: %s", r.Status, r.Message)
	}
	if float64(r.Start.Value) != float64(once.Start.Value) || r.ID == once.ID || r.Conditions != once.Conditions {
		t.Errorf("the first start is another one, or the cells are taken for one: %v and %v", r.Start, once.Start)
	}
	values := r.Trace.Value // before the first restart both are the same run
	for k := range once.Iterations {
		if values[k] != once.Trace.Value[k] {
			t.Fatalf("iteration %d differs though nothing was restarted until then", k)
		}
	}
	if r.Method.Get("multistart") != true || once.Method.Get("multistart") != nil {
		t.Errorf("the records have multistart: %v and %v", r.Method.Get("multistart"), once.Method.Get("multistart"))
	}
}

// A run that finds no target ends at the lowest of its minima, and spends its budget.
func TestRestartsEndAtTheBest(t *testing.T) {
	for _, budget := range []string{"evaluations: 300", "gradients: 250", "iterations: 100"} {
		r := runCell(t, "seed: 2\nbudget: {"+budget+"}\ntargets: [1e-6]\ntrace: {every: 1}", `{name: rastrigin, dim: 8, start: {name: box, low: -4, high: 4}}`, "{name: bfgs, multistart: true}")
		if r.Status != results.Budget || r.Restarts < 2 {
			t.Errorf("%s: %s after %d restarts: %s", budget, r.Status, r.Restarts, r.Message)
		}
		last := len(r.Trace.Value) - 1
		if r.Final.Value != results.Number(r.Trace.Value[last]) || r.Trace.Iteration[last] != int64(r.Iterations) {
			t.Errorf("%s: the trace ends at %g in iteration %d, the run at %g in %d", budget, r.Trace.Value[last], r.Trace.Iteration[last], r.Final.Value, r.Iterations)
		}
		if most := int64(300); r.Counts.Evaluations > most {
			t.Errorf("%s: %d evaluations", budget, r.Counts.Evaluations)
		}
		least := math.Inf(1)
		for _, v := range r.Trace.Value {
			least = math.Min(least, v)
		}
		if float64(r.Final.Value) > least+1e-9 {
			t.Errorf("%s: it ends at %g though a descent came to %g", budget, r.Final.Value, least)
		}
	}
}

// Every method meets the same further starts.
func TestRestartsArePaired(t *testing.T) {
	var starts [2]float64
	for i, method := range []string{"bfgs", "conjugate-gradient"} {
		r := runCell(t, "seed: 3\nbudget: {evaluations: 3000}\ntargets: [1e-9]\ntrace: {every: 1}", hills, "{name: "+method+", multistart: true}")
		for k, length := range r.Trace.StepLength {
			if k > 0 && math.IsNaN(length) { // no step leads to a start
				starts[i] = r.Trace.Value[k]
				break
			}
		}
	}
	if starts[0] != starts[1] || starts[0] == 0 {
		t.Errorf("the second starts have the values %v", starts)
	}
}

// Nothing is restarted without reason: where all targets are met, where the stop at a gap is met,
// where no target can be measured, and where a method cannot begin.
func TestNoRestartWithoutReason(t *testing.T) {
	for name, c := range map[string][3]string{
		"targets met":    {"targets: [0.9]", `{name: sphere, start: {name: normal}}`, "{name: bfgs, multistart: true}"},
		"gap met":        {"targets: [1e-12]\nstop: {gap: 1e-2}", `{name: sphere, start: {name: normal}}`, "{name: gradient-descent, multistart: true}"},
		"no target":      {"targets: [1e-2]", `{name: expression, of: "x^2 + sin(3*x)", start: {name: normal}}`, "{name: bfgs, multistart: true}"},
		"cannot begin":   {"targets: [1e-2]", hills, "{name: test-stuck, multistart: true}"},
		"budget at once": {"targets: [1e-2]\nbudget: {evaluations: 1}", hills, "{name: bfgs, multistart: true}"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := runCell(t, c[0], c[1], c[2]); r.Restarts != 0 || strings.Contains(r.Message, "restart") {
				t.Errorf("%d restarts: %s", r.Restarts, r.Message)
			}
		})
	}
}

// stuck asks for nothing and takes no step.
type stuck struct{}

func init() {
	methods.Register("test-stuck", methods.Info{}, func() methods.Method { return new(stuck) })
}

func (*stuck) Init(*problems.Oracle, *methods.Iterate) error { return nil }
func (*stuck) Step(*methods.Iterate) error                   { return methods.ErrStalled }
