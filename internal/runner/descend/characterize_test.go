package descend

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// own is a user's preset: gradient descent by another name.
type own struct {
	LR methods.Length `param:"lr" default:"1/L" range:"(0,)" doc:"step length"`
}

func (m *own) Method() methods.Method {
	return &methods.Descent{Direction: new(direction.Gradient), Rule: &step.Fixed{T: m.LR}}
}

// public is such a preset of a user of the library, who has names of parts and no types. The
// length is written into it, or passed on.
type public struct {
	LR      methods.Length `param:"lr" default:"2.6/L" range:"(0,)" doc:"step length"`
	Written bool           `param:"written" default:"false" doc:"write 2.6/L"`
}

func (m *public) Method() methods.Method {
	var t any = m.LR
	if m.Written {
		t = "2.6/L"
	}
	d, err := methods.New("descent", map[string]any{"direction": "gradient", "step": map[string]any{"name": "fixed", "t": t}})
	if err != nil {
		panic(err)
	}
	return methods.Unwrap(d)
}

func init() {
	methods.RegisterPreset("public-descent", methods.Info{Family: "gradient"}, func() methods.Preset { return new(public) })
	methods.RegisterPreset("own-descent", methods.Info{}, func() methods.Preset { return new(own) })
}

// What readers need to know about a method is in its record. L = 10, μ = 1.
func TestRecordSaysWhatTheMethodIs(t *testing.T) {
	const quadratic = "{name: quadratic, dim: 2, condition: 10, spectrum: log}"
	for _, c := range []struct {
		problem, method string
		family          string
		rate            string // path of the learning rate, "" for none
		over            float64
		formula         string // "" where no limit is known
		uses            []string
	}{
		{quadratic, "{name: fixed-step, lr: 2.6/L}", "gradient", "lr", 1.3, "2/L", []string{"L"}},
		{quadratic, "{name: descent, direction: gradient, step: 2.6/L}", "gradient", "step.t", 1.3, "2/L", []string{"L"}},
		{quadratic, "{name: sgd, batch: full, lr: 2.6/L, momentum: 0}", "sgd", "lr", 1.3, "2/L", []string{"L"}},
		{quadratic, "{name: own-descent, lr: 2.6/L}", "gradient", "lr", 1.3, "2/L", []string{"L"}},
		{quadratic, "public-descent", "gradient", "lr", 1.3, "2/L", []string{"L"}},
		{quadratic, "{name: public-descent, lr: 0.26, written: true}", "gradient", "lr", 1.3, "2/L", []string{"L"}},
		{quadratic, "{name: heavy-ball, lr: 3/L, momentum: 0.5}", "momentum", "lr", 1, "2(1+β)/L", []string{"L"}},
		{quadratic, "{name: nesterov, schedule: strongly-convex}", "momentum", "lr", 0, "", []string{"L", "mu"}},
		{quadratic, "polyak", "gradient", "", 0, "", []string{"f*"}},
		{quadratic, "{name: descent, direction: bfgs, step: {name: cosine, t: 0.1}}", "quasi-Newton", "step.t", 0, "", []string{"horizon"}},
		{"rosenbrock", "{name: fixed-step, lr: 1e-3}", "gradient", "lr", math.NaN(), "2/L", nil}, // L is unknown
		{"rosenbrock", "{name: fixed-step, lr: 1/L}", "gradient", "", 0, "", nil},                // it is skipped
	} {
		w, cell := newBench(t, c.problem, c.method, 0, 5)
		r, ok := w.Run(cell)
		if !ok {
			t.Fatal(c.method)
		}
		if r.Families == nil || r.Families.Method != c.family || r.Families.Problem != cell.Problem.Spec.Entry.FamilyOrName() {
			t.Errorf("%s: families %+v; expected %q of the method", c.method, r.Families, c.family)
		}
		if rate := r.LearningRate; (rate != nil) != (c.rate != "") || rate != nil && rate.Parameter != c.rate {
			t.Errorf("%s: learning rate %+v; expected %q", c.method, rate, c.rate)
		}
		checkStability(t, r, c.method, c.formula, c.over)
		if r.Variables != 2 {
			t.Errorf("%s: %d variables; expected 2", c.problem, r.Variables)
		}
		if r.Inexact != "" {
			t.Errorf("%s is inexact: %s", c.method, r.Inexact)
		}
		if !slices.Equal(r.Uses, c.uses) {
			t.Errorf("%s uses %v; expected %v", c.method, r.Uses, c.uses)
		}
	}
}

// A record says where the arithmetic is not gdbench's.
func TestRecordSaysWhatIsInexact(t *testing.T) {
	w, cell := newBench(t, "rosenbrock", "gonum-bfgs", 0, 5)
	if r, ok := w.Run(cell); !ok || r.Inexact == "" {
		t.Errorf("record %+v; expected that it is inexact", r)
	}
}

// A record says where its problem is in a published suite, and whether a gradient has been charged
// as values. A problem in other units is in none.
func TestRecordSaysWhichBenchmark(t *testing.T) {
	const bbob = "{name: bbob, function: 8, dim: 3, instance: 7}"
	for problem, want := range map[string]*results.Benchmark{
		bbob: {Suite: "bbob", Function: 8, Instance: 7},
		"{name: finite-difference, of: " + bbob + "}":       {Suite: "bbob", Function: 8, Instance: 7, Differences: true},
		"{name: scale, of: " + bbob + ", value: 2}":         nil,
		"{name: finite-difference, of: {name: rosenbrock}}": nil,
		"rosenbrock": nil,
	} {
		w, cell := newBench(t, problem, "{name: fixed-step, lr: 1e-9}", 0, 1)
		r, ok := w.Run(cell)
		if !ok || (r.Benchmark == nil) != (want == nil) || want != nil && *r.Benchmark != *want {
			t.Errorf("%s: the record has %+v; expected %+v", problem, r.Benchmark, want)
		}
	}
}

// A preset of named parts is held against the theorems of the method that it is short for.
func TestTheoremsOfAPreset(t *testing.T) {
	names := func(method string) (out []string) {
		w, cell := newBench(t, "{name: quadratic, dim: 2, condition: 10, spectrum: log}", method, 5, 5)
		r, _ := w.Run(cell)
		for _, th := range r.Theorems {
			out = append(out, fmt.Sprint(th.Name, th.Ratio))
		}
		return out
	}
	want := names("{name: fixed-step, lr: 1.9/L}")
	if got := names("{name: public-descent, lr: 1.9/L}"); len(want) < 5 || !slices.Equal(got, want) {
		t.Errorf("found %q; expected %q", got, want)
	}
}

// checkStability wants a learning rate that is so many times the limit; NaN: the limit is
// unknown.
func checkStability(t *testing.T, r *results.Record, method, formula string, over float64) {
	t.Helper()
	s := r.Stability
	if (s != nil) != (formula != "") {
		t.Errorf("%s: stability %+v; expected %q", method, s, formula)
		return
	}
	if s == nil {
		return
	}
	got := float64(r.LearningRate.Value) / float64(s.Limit)
	if s.Formula != formula || math.IsNaN(got) != math.IsNaN(over) || math.Abs(got-over) > 1e-9 {
		t.Errorf("%s: the learning rate is %g × %s; expected %g × %s", method, got, s.Formula, over, formula)
	}
	if !(s.Curvature > 0) {
		t.Errorf("%s: curvature %g", method, float64(s.Curvature))
	}
}
