package traits_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
)

// foreign is a user's preset: gradient descent under a name of its own.
type foreign struct {
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" doc:"step"`
}

func (f *foreign) Method() methods.Method {
	e, err := param.Of[methods.Direction]().Lookup("gradient")
	if err != nil {
		panic(err)
	}
	return &methods.Descent{Direction: e.Prototype().(methods.Direction), Rule: &step.Fixed{T: f.LR}}
}

// hidden is a user's preset whose learning rate has another name.
type hidden struct {
	Gamma methods.Length `param:"gamma" default:"1/L" range:"(0,)" doc:"step"`
}

func (h *hidden) Method() methods.Method { return (&foreign{h.Gamma}).Method() }

func (*hidden) Rate() (parameter string, ok bool) { return "gamma", true }

// unrated has a parameter "lr" that is none.
type unrated struct{ foreign }

func (*unrated) Rate() (parameter string, ok bool) { return "", false }

func init() {
	methods.RegisterPreset("foreign", methods.Info{}, func() methods.Preset { return new(foreign) })
	methods.RegisterPreset("hidden", methods.Info{}, func() methods.Preset { return new(hidden) })
	methods.RegisterPreset("unrated", methods.Info{}, func() methods.Preset { return new(unrated) })
}

// built is a method on the quadratic with curvatures 1 and 10, so L = 10 and μ = 1.
func built(t *testing.T, text string) any {
	t.Helper()
	component, err := methodtest.Component(text, methodtest.NewQuadratic(methodtest.Diagonal(1, 10).A, []float64{1, 2}))
	if err != nil {
		t.Fatal(err)
	}
	return component
}

// Limits by hand: 2/γ, 2(1 + β)/γ, 2(1 + β)/((1 + 2β)γ).
func TestStability(t *testing.T) {
	for _, c := range []struct {
		text      string
		curvature float64 // NaN: none
		formula   string
		rate      string
		value     float64
	}{
		{"{name: fixed-step, lr: 2.6/L}", 2 / 0.26, "2/L", "lr", 0.26},
		{"{name: descent, direction: gradient, step: 2.6/L}", 2 / 0.26, "2/L", "step.t", 0.26},
		{"{name: steepest, norm: l2, step: 2.6/L}", 2 / 0.26, "2/L", "step.t", 0.26},
		{"{name: sgd, lr: 2.6/L, momentum: 0}", 2 / 0.26, "2/L", "lr", 0.26},
		{"{name: foreign, lr: 2.6/L}", 2 / 0.26, "2/L", "lr", 0.26},
		{"{name: hidden, gamma: 2.6/L}", 2 / 0.26, "2/L", "gamma", 0.26},
		{"{name: unrated, lr: 2.6/L}", 2 / 0.26, "2/L", "", math.NaN()},
		{"{name: proximal-gradient, lr: 0.1}", 20, "2/L", "lr", 0.1},
		{"{name: heavy-ball, lr: 4/L, momentum: 0.9}", 3.8 / 0.4, "2(1+β)/L", "lr", 0.4},
		{"{name: heavy-ball, lr: 0.1, momentum: 0}", 20, "2/L", "lr", 0.1},
		{"{name: sgd, lr: 0.1, momentum: 0.5}", 30, "2(1+β)/L", "lr", 0.1},
		{"{name: sgd, lr: 0.1, momentum: 0.5, nesterov: true}", 15, "2(1+β)/((1+2β)L)", "lr", 0.1},
		{"{name: nesterov, lr: 0.1, schedule: {name: constant, momentum: 0.5}}", 15, "2(1+β)/((1+2β)L)", "lr", 0.1},
		{"{name: nesterov, lr: 0.1, schedule: {name: constant, momentum: 0.5}, restart: gradient}", math.NaN(), "", "lr", 0.1},
		{"{name: nesterov, lr: 0.1}", math.NaN(), "", "lr", 0.1},
		{"{name: sgd, lr: 0.1, weight_decay: 0.1}", math.NaN(), "", "lr", 0.1},
		{"{name: sgd, lr: 0.1, momentum: 0.5, dampening: 0.5}", math.NaN(), "", "lr", 0.1},
		{"{name: sgd, lr: 0}", math.NaN(), "", "lr", 0},
		{"{name: steepest, norm: l1, step: 0.1}", math.NaN(), "", "step.t", 0.1},
		{"{name: steepest, norm: l2, normalized: true, step: 0.1}", math.NaN(), "", "step.t", 0.1},
		{"{name: descent, step: {name: diminishing, c: 0.1}}", math.NaN(), "", "step.c", 0.1},
		{"{name: descent, step: {name: warmup, then: {name: cosine, t: 0.1}}}", math.NaN(), "", "step.then.t", 0.1},
		{"{name: descent, step: backtracking}", math.NaN(), "", "", math.NaN()},
		{"adam", math.NaN(), "", "lr", 0.001},
		{"triple-momentum", math.NaN(), "", "", math.NaN()},
	} {
		component := built(t, c.text)
		curvature, formula, ok := traits.Stability(methods.Unwrap(component))
		if !close(curvature, c.curvature) || formula != c.formula || ok == math.IsNaN(c.curvature) {
			t.Errorf("%s is stable up to %g (%q, %t); expected %g (%q)", c.text, curvature, formula, ok, c.curvature, c.formula)
		}
		rate, value, ok := traits.LearningRate(component)
		if rate != c.rate || !close(value, c.value) || ok != (c.rate != "") {
			t.Errorf("%s: learning rate %q = %g, %t; expected %q = %g", c.text, rate, value, ok, c.rate, c.value)
		}
	}
}

func close(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-12*math.Abs(b)
}

// What a recurrence promises is what the method does: twice the step, and once the one
// before, on the quadratic.
func TestRecurrence(t *testing.T) {
	p := methodtest.NewQuadratic(methodtest.Diagonal(1, 10).A, []float64{1, 2})
	recurrent := 0
	for _, text := range append(param.Of[methods.Method]().Names(), "{name: sgd, lr: 0.05, momentum: 0.5}", "{name: descent, step: 0.05}", "{name: sgd, lr: 0.05, momentum: 0.5, nesterov: true}") {
		component, err := methodtest.Component(text, p)
		if err != nil {
			continue // it has no defaults
		}
		γ, β, ok := traits.Recurrence(methods.Unwrap(component))
		if !ok {
			continue
		}
		recurrent++
		r := methodtest.Begin(t, text, p, []float64{3, -4})
		x, before, g := []float64{3, -4}, []float64{3, -4}, make([]float64, 2)
		for range 5 {
			p.Evaluate(x, g)
			for i := range x {
				next := x[i] - γ*g[i] + β*(x[i]-before[i])
				x[i], before[i] = next, x[i]
			}
			r.Next(t)
			if math.Hypot(r.At.X[0]-x[0], r.At.X[1]-x[1]) > 1e-12 {
				t.Errorf("%s is at %v; by its recurrence (γ = %g, β = %g) at %v", text, r.At.X, γ, β, x)
				break
			}
		}
	}
	if recurrent < 8 {
		t.Errorf("only %d methods are recurrent", recurrent)
	}
}

// The limit is where it says: on curvatures just below the iterates shrink, just above they
// grow.
func TestStabilityLimit(t *testing.T) {
	for _, text := range []string{"{name: fixed-step, lr: 0.1}", "{name: descent, step: 0.1}", "{name: heavy-ball, lr: 0.1, momentum: 0.8}",
		"{name: sgd, lr: 0.1, momentum: 0.8}", "{name: sgd, lr: 0.1, momentum: 0.8, nesterov: true}",
		"{name: nesterov, lr: 0.1, schedule: {name: constant, momentum: 0.8}}", "{name: proximal-gradient, lr: 0.1}"} {
		limit, _, ok := traits.Stability(methods.Unwrap(built(t, text)))
		if !ok {
			t.Errorf("%s has no limit", text)
			continue
		}
		for _, share := range []float64{0.97, 1.03} {
			p := methodtest.Diagonal(share * limit)
			r := methodtest.Begin(t, text, p, []float64{1})
			for range 600 {
				r.Next(t)
			}
			if grows := math.Abs(r.At.X[0]) > 1; grows != (share > 1) {
				t.Errorf("%s at %g of its limit %g: |x| = %g after 600 steps from 1", text, share, limit, r.At.X[0])
			}
		}
	}
}

// The learning rate of every method that has the parameter lr, and of every schedule, is
// found.
func TestEveryLearningRateIsFound(t *testing.T) {
	p := methodtest.NewLeastSquares(12, 3)
	for _, c := range []struct {
		registry *param.Registry
		text     string
	}{{param.Of[methods.Method](), "{name: %s}"}, {param.Of[methods.StepRule](), "{name: descent, step: {name: %s}}"}} {
		for _, name := range c.registry.Names() {
			e, err := c.registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			component, err := methodtest.Component(fmt.Sprintf(c.text, name), p)
			if _, own := component.(methods.Rated); own || err != nil {
				continue // it says so itself, or needs what this problem lacks
			}
			want := e.Family == "schedule" || param.HasField(e.Fields(), "lr") ||
				slices.ContainsFunc(e.Fields(), func(f *param.Field) bool { return f.Name == "step" && f.Default == "1/L" })
			if path, _, ok := traits.LearningRate(component); ok != want {
				t.Errorf("%s: a learning rate is found: %t (%q); its parameters say %t", name, ok, path, want)
			}
		}
	}
}

// A fact that only some settings, or some oracles, need.
func TestRequires(t *testing.T) {
	sum := methodtest.NewLeastSquares(12, 3)
	for _, c := range []struct {
		text  string
		batch int
		want  string
	}{
		{"{name: fixed-step, lr: 0.1}", 0, "[]"},
		{"{name: fixed-step, lr: 2/(L+mu)}", 0, "[L mu]"},
		{"polyak", 0, "[f*]"},
		{"{name: descent, step: {name: polyak, minimum: estimated}}", 0, "[]"},
		{"stochastic-polyak", 0, "[f*]"},
		{"stochastic-polyak", 2, "[]"}, // by the bound
		{"{name: descent, step: {name: warmup, then: {name: cosine, t: 1/L}}}", 0, "[L horizon]"},
		{"{name: descent, step: {name: cosine, period: 10}}", 0, "[]"},
		{"{name: nesterov, schedule: strongly-convex}", 0, "[L mu]"},
		{"{name: descent, direction: {name: coordinate, scaled: true}, step: 1}", 0, "[]"}, // by Hessian products
		{"{name: descent, direction: {name: coordinate, scaled: true}, step: 1}", 2, "[L_i]"},
	} {
		component, err := methodtest.Component(c.text, sum)
		if err != nil {
			t.Fatal(err)
		}
		o, err := problems.NewOracle(sum, sum.Facts(), problems.OracleOptions{Batch: c.batch, Horizon: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(traits.Requires(component, o)); got != c.want {
			t.Errorf("%s on batches of %d requires %s; expected %s", c.text, c.batch, got, c.want)
		}
	}
}

func TestFamily(t *testing.T) {
	for text, want := range map[string]string{
		"newton": "newton", "damped-newton": "newton", "adamw": "adam", "fixed-step": "gradient", "bfgs": "quasi-Newton",
		"{name: descent, direction: bfgs}": "quasi-Newton", "descent": "gradient", "{name: descent, direction: coordinate}": "coordinate",
		"foreign": "gradient", "sgd": "sgd", "stochastic-polyak": "gradient", "linear-cg": "conjugate gradient",
	} {
		name := strings.Fields(strings.Trim(text, "{}"))
		e, err := param.Of[methods.Method]().Lookup(strings.TrimSuffix(name[min(1, len(name)-1)], ","))
		if err != nil {
			t.Fatal(err)
		}
		if got := traits.Family(e, built(t, text)); got != want {
			t.Errorf("%s is a variant of %q; expected %q", text, got, want)
		}
	}
}
