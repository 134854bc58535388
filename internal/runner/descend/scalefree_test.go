package descend

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/starts"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// grounds are what the law is tried on: a quadratic, a valley without L, residuals, a function
// with M, samples with and without batches, composite objectives with L and without, and sets whose
// SIZE has the units of x: with a minimizer on the boundary and inside, with f* solved, and without.
var grounds = []struct{ problem, keys string }{
	{"{name: quadratic, dim: 3, condition: 10, spectrum: log, start: [1, -2, 3]}", ""},
	{"rosenbrock", ""},
	{"{name: rosenbrock, start: [1.2, 1.2]}", ""}, // where Newton's method descends
	{"mccormick", ""},
	{"{name: logistic, data: iris, positive: 0, l2: 1e-2}", ""},
	{"{name: logistic, data: iris, positive: 0, l2: 1e-2}", ", batch: 10"},
	{"{name: lasso, l1: 0.5}", ""},
	{"test-sparse", ""},
	{"{name: quadratic, dim: 3, condition: 10, spectrum: log, start: [0.25, 0.25, 0.5], constraint: {simplex: SIZE}}", ""},
	{"{name: logistic, data: iris, positive: 0, l2: 1e-2, constraint: {ball: {radius: SIZE, norm: l1}}}", ""},
	{"{name: logistic, data: iris, positive: 0, l2: 1e-2, constraint: {ball: SIZE}}", ""},
	{"{name: rosenbrock, start: [0.5, -0.75], constraint: {box: {lower: -SIZE, upper: [SIZE, none]}}}", ""},
	{"{name: rosenbrock, start: [0.5, -0.75], constraint: {box: {lower: -SIZE, upper: SIZE}}}", ""},
}

// sized is the text of a ground in units of x.
func sized(problem string, variables float64) string {
	return strings.ReplaceAll(problem, "SIZE", strconv.FormatFloat(variables, 'g', -1, 64))
}

// units are factors of f and of x, powers of two so that nothing is rounded otherwise.
type units struct{ value, variables float64 }

var (
	plainUnits    = units{1, 1}
	otherValues   = []units{{0x1p-30, 1}, {0x1p30, 1}}
	otherVariable = []units{{1, 0x1p-10}, {1, 0x1p10}, {1, 0x1p-20}}
)

// laboratory has each ground in each unit, built once.
type laboratory map[string]*prepare.Built

func (l laboratory) built(t *testing.T, problem *suite.Problem, u units) *prepare.Built {
	t.Helper()
	key := fmt.Sprint(problem.Text, u)
	if b, ok := l[key]; ok {
		return b
	}
	made := func() problems.Problem {
		component, err := problem.Spec.New()
		if err != nil {
			t.Fatal(err)
		}
		return component.(problems.Problem)
	}
	env := problems.Env{Seed: 1, Name: "law"}
	inner := made()
	if b, ok := inner.(problems.Builder); ok {
		if err := b.Build(env); err != nil {
			t.Fatal(err)
		}
	}
	scaled := &wrappers.Scale{Value: u.value, Factors: make([]float64, inner.Dim())}
	scaled.Of = made()
	for i := range scaled.Factors {
		scaled.Factors[i] = 1 / u.variables
	}
	if err := scaled.Build(env); err != nil {
		t.Fatal(err)
	}
	var p problems.Problem = scaled
	if set := problem.Keys.Constraint; set != nil {
		confined := wrappers.Constrain(scaled, set)
		if err := confined.Build(env); err != nil {
			t.Fatal(err)
		}
		p = confined
	}
	l[key] = &prepare.Built{Problem: p, Facts: problems.FactsOf(p)}
	return l[key]
}

// account is all that the law says of a run: how it ended, after how many iterations, what it
// cost, which targets it met when, where it ended, and what the theorems say. The last value and
// gradient norm are the same to the last bit, since the factors are powers of two. Empty where
// the run was skipped.
func (l laboratory) account(t *testing.T, ground int, method string, u units) string {
	t.Helper()
	g := grounds[ground]
	text := fmt.Sprintf("suite: law\nbudget: {iterations: 60}\nproblems: [%s]\nmethods: [%s%s}]\n", sized(g.problem, u.variables), strings.TrimSuffix(method, "}"), g.keys)
	s, err := suite.Read("law", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	for cell := range s.Cells() {
		if p, ok := cell.Problem.Keys.Start.(*starts.Point); ok {
			for i := range p.X {
				p.X[i] *= u.variables
			}
		}
		w := NewWorker(s, prepare.Problems{cell.Problem: l.built(t, cell.Problem, u)}, new(atomic.Bool))
		r, ok := w.Run(cell)
		if !ok || r.Status == results.Skipped {
			return ""
		}
		return describe(r, u)
	}
	return ""
}

func describe(r *results.Record, u units) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Status, r.Iterations, r.Counts)
	if r.Final != nil {
		fmt.Fprintln(&b, r.Final.CriticalPoint, r.Best.Iteration, float64(r.Final.Value)/u.value, float64(r.Final.GradientNorm)/u.value*u.variables)
		if gap := r.Final.DualityGap; gap != nil {
			fmt.Fprintln(&b, float64(*r.Start.DualityGap)/u.value, float64(*gap)/u.value, *r.Final.Active)
		}
	}
	for _, target := range r.Targets {
		iteration := -1
		if target.Iteration != nil {
			iteration = *target.Iteration
		}
		fmt.Fprintln(&b, target.Target, iteration, target.Counts, target.Message != "")
	}
	for _, th := range r.Theorems {
		if strings.Contains(th.Name, "self-concordant") {
			continue // c·f is self-concordant with another constant: the hypothesis has units
		}
		fmt.Fprintln(&b, th.Name, th.Outcome)
	}
	return b.String()
}

// checkLaw compares the runs of a method in other units with those in the plain ones. What says
// that it is scale-free must be, and what does not must fail to be somewhere.
func (l laboratory) checkLaw(t *testing.T, method string) {
	t.Helper()
	ran := false
	free := [2]bool{}
	changed := [2]string{}
	for ground := range grounds {
		before := l.account(t, ground, method, plainUnits)
		if before == "" {
			continue
		}
		component, err := l.component(t, ground, method)
		if err != nil {
			t.Errorf("%s: %v", method, err)
			return
		}
		u, known := traits.Units(component)
		if !known {
			t.Errorf("%s does not say what its units are", method)
			return
		}
		ran = true
		free[0], free[1] = u.ScaleFree()
		for axis, others := range [][]units{otherValues, otherVariable} {
			for _, other := range others {
				after := l.account(t, ground, method, other)
				if after == before {
					continue
				}
				changed[axis] = fmt.Sprintf("%s%s, f × %g, x × %g: from\n%s to\n%s", grounds[ground].problem, grounds[ground].keys, other.value, other.variables, before, after)
				if free[axis] {
					t.Errorf("%s should be scale-free: on %s", method, changed[axis])
					return
				}
			}
		}
	}
	if !ran {
		t.Logf("%s runs nowhere", method)
		return
	}
	for axis, name := range []string{"f", "x"} {
		if !free[axis] && changed[axis] == "" {
			t.Errorf("%s is said to depend on the units of %s, and does so on no problem", method, name)
		}
	}
}

// component is the method with its parameters resolved on a ground.
func (l laboratory) component(t *testing.T, ground int, method string) (any, error) {
	t.Helper()
	s, err := suite.Read("law", ".", strings.NewReader("suite: law\nproblems: ["+sized(grounds[ground].problem, 1)+"]\nmethods: ["+method+"]\n"), nil)
	if err != nil {
		return nil, err
	}
	for cell := range s.Cells() {
		return prepare.Method(cell.Method, l.built(t, cell.Problem, plainUnits))
	}
	return nil, errors.New("no cell")
}

// foreign are methods of another library, whose units nobody has looked up.
func foreign(name string) bool {
	return strings.HasPrefix(name, "gonum-") || strings.HasPrefix(name, "test-")
}

// Every method with its defaults, and with its learning rate as a number and in terms of L.
func TestScaleFreeMethods(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	l := laboratory{}
	for _, name := range param.Of[methods.Method]().Names() {
		e, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if foreign(name) || name == "own-descent" || name == "public-descent" {
			continue
		}
		texts := []string{"{name: " + name + "}"}
		if param.HasField(e.Fields(), "lr") {
			texts = append(texts, "{name: "+name+", lr: 0.01}", "{name: "+name+", lr: 0.5/L}")
		}
		if param.HasField(e.Fields(), "eps") && name != "adadelta" && name != "dog" && name != "shampoo" {
			texts = append(texts, "{name: "+name+", eps: 0, lr: 0.01}")
		}
		for _, text := range texts {
			t.Run(text, func(t *testing.T) { l.checkLaw(t, text) })
		}
	}
	for _, text := range []string{
		"{name: sgd, lr: 0.1/L, weight_decay: 0.01}", "{name: nesterov, schedule: strongly-convex}",
		"{name: nesterov, schedule: {name: strongly-convex, mu: 0.01}}", "{name: triple-momentum, mu: 0.01}",
		"{name: polyak-heavy-ball, mu: 0.01}", "{name: cubic-newton, M: 10}", "{name: fixed-step, lr: 2/(L+mu)}",
		"{name: barzilai-borwein, first: 0.1/L}", "{name: barzilai-borwein, first: 0.1/L, variant: stabilized, radius: 0.01}",
		"{name: steepest, norm: l1, step: 0.1/L}", "{name: steepest, norm: linf, normalized: true, step: 0.01}",
		"{name: steepest, norm: quadratic, step: 0.5}", "{name: steepest, norm: quadratic, normalized: true, step: polyak}",
		"{name: steepest, norm: quadratic, normalized: true, step: 0.01}", "{name: trust-region, subproblem: dogleg}",
		"{name: descent, step: {name: cosine, period: 20, t: 0.1/L, minimum: 0.01}}",
		"{name: descent, direction: {name: coordinate, scaled: true}, step: 1}",
		"{name: descent, direction: {name: conjugate-gradient, beta: hz}, step: 0.1/L}",
		"{name: descent, direction: {name: bfgs, scale: false}, step: polyak}",
		"{name: descent, direction: dfp, step: {name: wolfe, guess: scaled}}", "{name: descent, direction: newton, step: {name: wolfe, guess: scaled}}",
		"{name: descent, direction: {name: bfgs, scale: false}, step: {name: wolfe, guess: scaled}}", "{name: descent, step: {name: wolfe, guess: scaled-slope}}",
		"{name: descent, step: {name: polyak, minimum: estimated}}", "{name: polyak, longest: 1e-3}",
		"{name: projected-gradient, step: 0.01}", "{name: projected-gradient, step: {name: diminishing, c: 1/L}}", "{name: projected-gradient, step: backtracking}",
		"{name: projected-gradient, step: {name: backtracking, guess: longer}}", "{name: projected-gradient, step: {name: cosine, period: 20, t: 0.1/L}}",
		"{name: projected-gradient, step: barzilai-borwein}", "{name: projected-gradient, step: {name: barzilai-borwein, first: 0.1/L}}",
		"{name: projected-gradient, step: {name: barzilai-borwein, first: 1, variant: alternating}}",
		"{name: frank-wolfe, step: short}", "{name: frank-wolfe, step: short, away: true}", "{name: frank-wolfe, step: line-search}",
		"{name: frank-wolfe, step: line-search, away: true}",
		"{name: mirror-descent, step: 0.1}", "{name: mirror-descent, step: {name: diminishing, c: 1/L}}",
	} {
		t.Run(text, func(t *testing.T) { l.checkLaw(t, text) })
	}
}

// lengths are the parameters of step rules that need a length, LENGTH in its place.
var lengths = map[string]string{
	"fixed": ", t: LENGTH", "step-decay": ", t: LENGTH", "silver": ", t: LENGTH", "long-steps": ", t: LENGTH", "dynamic": ", t: LENGTH", "optimized": ", t: LENGTH, steps: 50", "cosine": ", t: LENGTH, period: 50",
	"cyclic": ", t: LENGTH, minimum: 0", "diminishing": ", c: LENGTH", "warmup": ", then: LENGTH", "barzilai-borwein": ", first: LENGTH", "adgd": ", first: LENGTH",
}

// Every direction with every step rule, whose units together are those of the step.
func TestScaleFreeDescents(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	l := laboratory{}
	for _, direction := range param.Of[methods.Direction]().Names() {
		for _, rule := range param.Of[methods.StepRule]().Names() {
			written := []string{"{name: " + rule + "}"}
			if settings, ok := lengths[rule]; ok {
				written = nil
				for _, length := range []string{"0.1", "0.1/L"} {
					written = append(written, "{name: "+rule+strings.ReplaceAll(settings, "LENGTH", length)+"}")
				}
			}
			for _, rule := range written {
				text := fmt.Sprintf("{name: descent, direction: %s, step: %s}", direction, rule)
				t.Run(text, func(t *testing.T) { l.checkLaw(t, text) })
			}
		}
	}
}

// The units of lengths, by hand.
func TestUnitsOfLengths(t *testing.T) {
	for text, want := range map[string]methods.Units{
		"0.1": {}, "1/L": {Value: -1, Variables: 2}, "2/(L+mu)": {Value: -1, Variables: 2}, "L": {Value: 1, Variables: -2},
		"M": {Value: 1, Variables: -3}, "L/M": {Value: 0, Variables: 1}, "mu/L": {}, "L*L/M": {Value: 1, Variables: -1},
		"1/L+0.1": {Value: methods.Never, Variables: methods.Never}, "1/(L+M)": {Value: -1, Variables: methods.Never},
	} {
		var length methods.Length
		if err := length.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		got := methods.LengthUnits(length)
		if !alike(got.Value, want.Value) || !alike(got.Variables, want.Variables) {
			t.Errorf("%s has the units %v; expected %v", text, got, want)
		}
	}
}

func alike(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
