//go:build !playground

package demands_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/demands"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
)

func subject(p problems.Problem) []demands.Subject {
	return []demands.Subject{{Name: "subject", Problem: p, Facts: problems.FactsOf(p)}}
}

// What the formulas of the methods say, by hand.
func TestDemands(t *testing.T) {
	sum := methodtest.NewLeastSquares(12, 3)
	quadratic := methodtest.NewQuadratic(methodtest.Diagonal(1, 4, 10).A, []float64{1, 2, 3})
	for _, c := range []struct {
		registry *param.Registry
		name     string
		on       problems.Problem
		requires string
		cost     string
	}{
		{param.Of[methods.Method](), "fixed-step", quadratic, "[L]", "1 gradient"},
		{param.Of[methods.Method](), "triple-momentum", quadratic, "[L mu]", "1 gradient"},
		{param.Of[methods.Method](), "adam", quadratic, "[]", "1 gradient"},
		{param.Of[methods.Method](), "polyak", quadratic, "[f*]", "1 value, 1 gradient"},
		{param.Of[methods.Method](), "newton", quadratic, "[]", "1 gradient, 1 Hessian"},
		{param.Of[methods.Method](), "linear-cg", quadratic, "[]", "1 Hessian product"},
		{param.Of[methods.Method](), "saga", sum, "[Lmax]", "1 gradient, 1 sample in all (the data has 12)"},
		{param.Of[methods.Direction](), "newton", quadratic, "[]", "1 gradient, 1 Hessian"},
		{param.Of[methods.StepRule](), "cosine", quadratic, "[horizon]", "1 gradient"},
		{param.Of[methods.StepRule](), "exact", quadratic, "[]", "1 gradient, 1 Hessian product"},
	} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := demands.Of(e, subject(c.on), nil)
		if err != nil || fmt.Sprint(d.Requires) != c.requires || d.Cost != c.cost {
			t.Errorf("%s %s: requires %v, cost %q, error %v; expected %s, %q", e.Kind, e.Name, d.Requires, d.Cost, err, c.requires, c.cost)
		}
	}
}

// What a step asks for in which the method stalls is not part of the cost of an iteration, and what an
// iteration asks for rarely is.
func TestCostOfWholeIterations(t *testing.T) {
	line := methodtest.NewQuadratic(methodtest.Diagonal(1, 1).A, []float64{3, 0})
	for _, c := range []struct {
		name string
		on   problems.Problem
		cost string
	}{
		// The first step arrives at a vertex of the simplex, and the second finds nothing lower.
		{"frank-wolfe", confined(line), "1 gradient, 1 linear minimization"},
		// Each 16th step takes the gradient of all 8 samples, the others two of one: 31/16 and (8 + 30)/16 in the mean.
		{"svrg", flat{methodtest.NewLeastSquares(8, 3)}, "1.94 gradients, 2.38 samples in all (the data has 8)"},
		// Each tenth step has a Hessian product, the first of all and the last.
		{"sophia", flat{methodtest.NewLeastSquares(8, 3)}, "1 gradient, 0.1 Hessian products"},
	} {
		e, err := param.Of[methods.Method]().Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := demands.Of(e, subject(c.on), nil); err != nil || d.Cost != c.cost {
			t.Errorf("%s: cost %q, error %v; expected %q", c.name, d.Cost, err, c.cost)
		}
	}
}

// flat is a problem that no method with steps of 1/L solves soon: its constants are far above the true ones.
type flat struct{ *methodtest.LeastSquares }

func (f flat) Facts() *problems.Facts {
	facts := *f.LeastSquares.Facts()
	facts.Constants = map[string]problems.Constant{"Lmax": {Value: 1e9, Scope: problems.Global}}
	return &facts
}

// confined is p on the simplex.
func confined(p problems.Problem) problems.Problem {
	c := wrappers.Constrain(p, &constraint.Simplex{Radius: 1})
	if err := c.Build(problems.Env{Seed: 1}); err != nil {
		panic(err)
	}
	return c
}

// In which units iterates stay the same, by hand. That they do is tested in internal/runner/descend.
func TestScaleFree(t *testing.T) {
	quadratic := methodtest.NewQuadratic(methodtest.Diagonal(1, 4, 10).A, []float64{1, 2, 3})
	for _, c := range []struct {
		registry *param.Registry
		name     string
		want     string
	}{
		{param.Of[methods.Method](), "fixed-step", "f and x"},
		{param.Of[methods.Method](), "sgd", "f and x with lr such as 1/L"},
		{param.Of[methods.Method](), "adam", "no"},
		{param.Of[methods.Method](), "sign-momentum", "f"},
		{param.Of[methods.Method](), "gonum-bfgs", "not stated"},
		{param.Of[methods.Direction](), "newton", "f and x with a number as the step length"},
		{param.Of[methods.Direction](), "gradient", "f and x with a step length such as 1/L"},
		{param.Of[methods.Direction](), "bfgs", "f and x with a step rule that suits any direction"},
		{param.Of[methods.Direction](), "sr1", "no"},
		{param.Of[methods.StepRule](), "backtracking", "f and x along a Newton direction"},
		{param.Of[methods.StepRule](), "fixed", "f and x along a Newton direction; f and x along −∇f with t such as 1/L"},
		{param.Of[methods.StepRule](), "polyak", "f and x along a Newton direction; f and x along −∇f"},
	} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := demands.Of(e, subject(quadratic), nil); err != nil || d.ScaleFree != c.want {
			t.Errorf("%s %s is scale-free: %q, %v; expected %q", e.Kind, e.Name, d.ScaleFree, err, c.want)
		}
	}
}

// First-order methods take batches, and with them everything that is made of such parts.
func TestBatches(t *testing.T) {
	for _, c := range []struct {
		registry *param.Registry
		name     string
		want     bool
	}{{param.Of[methods.Method](), "adam", true}, {param.Of[methods.Method](), "newton", false}, {param.Of[methods.Method](), "gonum-bfgs", false}, {param.Of[methods.StepRule](), "wolfe", true}, {param.Of[methods.Direction](), "newton-cg", false}} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := demands.Of(e, subject(methodtest.NewLeastSquares(12, 3)), nil); err != nil || d.Batches != c.want {
			t.Errorf("%s takes batches: %t, %v; expected %t", c.name, d.Batches, err, c.want)
		}
	}
}

// What wrappers and schedules ask for and keep, by hand: all of them the point before, the gradient and
// the shift, those that change gradients or steps a gradient of the method, the others what their
// formulas have.
func TestDemandsOfWrappers(t *testing.T) {
	var sized []demands.Subject
	for _, size := range demands.Sizes {
		sized = append(sized, subject(methodtest.NewLeastSquares(size[1], size[0]))...)
	}
	for _, c := range []struct {
		registry                       *param.Registry
		name, requires, cost, memoryOf string
	}{
		{wrap.Registry, "clip", "[]", "1 gradient", "4n numbers"},
		{wrap.Registry, "lookahead", "[]", "1 gradient", "5n numbers"},           // φ
		{wrap.Registry, "sharpness-aware", "[]", "2 gradients", "5n numbers"},    // the worst point
		{wrap.Registry, "average", "[]", "1 gradient", "6n numbers"},             // the mean, the method's own point and gradient
		{wrap.ScheduleRegistry, "diminishing", "[]", "1 gradient", "3n numbers"}, // 1/√k
		{wrap.ScheduleRegistry, "wsd", "[horizon]", "1 gradient", "3n numbers"},
	} {
		e, err := c.registry.Lookup(c.name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := demands.Of(e, subject(methodtest.NewLeastSquares(12, 3)), sized)
		if err != nil || fmt.Sprint(d.Requires) != c.requires || d.Cost != c.cost || !strings.HasPrefix(d.Memory, c.memoryOf+" for n variables") {
			t.Errorf("%s %s: requires %v, cost %q, memory %q, error %v; expected %s, %q, %q", e.Kind, e.Name, d.Requires, d.Cost, d.Memory, err, c.requires, c.cost, c.memoryOf)
		}
		if d.AloneCost != "1 gradient" || !strings.HasPrefix(d.AloneMemory, "none") {
			t.Errorf("%s %s: the method alone costs %q and keeps %q", e.Kind, e.Name, d.AloneCost, d.AloneMemory)
		}
	}
}

// A method that runs on no subject says why.
func TestRefused(t *testing.T) {
	e, err := param.Of[methods.Method]().Lookup("fista")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := demands.Of(e, subject(methodtest.Diagonal(1, 2)), nil); err == nil || !strings.Contains(err.Error(), "composite") {
		t.Errorf("fista on a quadratic: %v", err)
	}
}

// What a method keeps is known for every size: the vectors of its formula, and those of ours.
func TestMemory(t *testing.T) {
	var sized []demands.Subject
	for _, size := range demands.Sizes {
		sized = append(sized, subject(methodtest.NewLeastSquares(size[1], size[0]))...)
	}
	for name, want := range map[string]string{
		"heavy-ball": "2n numbers for n variables", // the point before, and the gradient of a batch
		"adam":       "3n numbers for n variables", // m, v and the gradient of a batch
		"saga":       "mn + ",                      // the gradient of each sample
		"gonum-cg":   "not known",
		"fixed-step": "none beside",
	} {
		e, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := demands.Of(e, subject(methodtest.NewLeastSquares(12, 3)), sized)
		if err != nil || !strings.HasPrefix(d.Memory, want) {
			t.Errorf("%s keeps %q, %v; expected %q", name, d.Memory, err, want)
		}
	}
}
