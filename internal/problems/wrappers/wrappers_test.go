package wrappers_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/check"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	_ "github.com/gdbench/gdbench/internal/problems/losses"
	_ "github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func compose(text string) (problems.Problem, error) {
	node, err := param.Load("test", strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	spec, err := param.Of[problems.Problem]().Only("test", node, nil)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	p := component.(problems.Problem)
	if b, ok := p.(problems.Builder); ok {
		if err := b.Build(problems.Env{Seed: 7, Name: spec.Text()}); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func build(t testing.TB, text string) problems.Problem {
	t.Helper()
	p, err := compose(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// composed are wrappers around problems that offer different things.
var composed = []string{
	"{name: shift, of: rosenbrock}",
	"{name: shift, of: {name: rosenbrock, dim: 3}, by: [1, -2, 0.5]}",
	"{name: shift, of: lasso}",
	"{name: shift, of: {name: logistic, data: iris, positive: 0}}",
	"{name: rotate, of: {name: quadratic, dim: 1, condition: 1}}",
	"{name: rotate, of: griewank}",
	"{name: rotate, of: {name: dixon-price, dim: 5}, instance: 3}",
	"{name: rotate, of: {name: quadratic, dim: 20}, reflections: 2}",
	"{name: rotate, of: ls-rankdef}",
	"{name: rotate, of: {name: least-squares, data: diabetes}}",
	"{name: rotate, of: lasso}",
	"{name: scale, of: himmelblau, ratio: 10}",
	"{name: scale, of: {name: quadratic, dim: 4}, factors: [2, -0.5, 1, 3]}",
	"{name: scale, of: {name: logistic, data: iris, positive: 0, l2: 0.1}, ratio: 5}",
	"{name: scale, of: {name: rosenbrock, dim: 4}, ratio: 10, value: 3}",
	"{name: scale, of: {name: quadratic, dim: 4}, ratio: 1, value: 0.01}",
	"{name: scale, of: {name: logistic, data: iris, positive: 0, l2: 0.1}, factors: [0.5, 0.5, 0.5, 0.5, 0.5], value: 4}",
	"{name: scale, of: lasso, ratio: 1, value: 0.125}",
	"{name: scale, of: lasso, factors: [8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8], value: 0.5}",
	"{name: shift, of: {name: rotate, of: {name: scale, of: {name: rosenbrock, dim: 4}, ratio: 3}}}",
	"{name: noise, of: rastrigin, value: 1, gradient: 0.1}",
	"{name: rotate, of: {name: noise, of: {name: shift, of: hilbert}, gradient: 1}}",
	"{name: noise, of: rastrigin, sparsity: 3, tail: 1}",
	"{name: bend, of: rosenbrock, curvature: 0.7}",
	"{name: bend, of: {name: quadratic, dim: 5, condition: 50}}",
	"{name: bend, of: {name: logistic, data: iris, positive: 0, l2: 0.1}, curvature: 0.5}",
	"{name: fold, of: {name: rosenbrock, dim: 3}, near: 0.7}",
	"{name: fold, of: {name: rotate, of: {name: quadratic, dim: 4, condition: 10}}}",
	"{name: recede, of: {name: quadratic, dim: 4}, coordinates: 3}",
	"{name: recede, of: {name: rosenbrock, dim: 3}}",
	"{name: kinks, of: {name: rosenbrock, dim: 4}, weight: 2}",
	"{name: kinks, of: {name: rotate, of: {name: quadratic, dim: 5}}}",
	"{name: plateau, of: {name: quadratic, dim: 6, condition: 10}}",
	"{name: plateau, of: {name: rosenbrock, dim: 3}, depth: 100, low: 0.01, high: 1000}",
	"{name: rotate, of: {name: kinks, of: {name: plateau, of: {name: quadratic, dim: 4}, depth: 3}}}",
}

// TestChecked puts every composition through the checks of derivatives and facts.
func TestChecked(t *testing.T) {
	report, err := check.Run(composed, check.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range report.Failures() {
		t.Error(failure)
	}
	compared := map[string]int{}
	for _, total := range report.Totals() {
		compared[total.Check] = total.Compared
	}
	for _, name := range []string{"gradient", "Hessian", "Hessian product", "residuals"} {
		if compared[name] < 50 {
			t.Errorf("%q made %d comparisons only", name, compared[name])
		}
	}
}

// TestOffers compares what a wrapper offers with what the wrapped problem does.
func TestOffers(t *testing.T) {
	for _, c := range []struct {
		text  string
		offer string
	}{
		{"{name: rotate, of: rosenbrock}", "hessian products residuals"},
		{"{name: rotate, of: himmelblau}", "hessian products"},
		{"{name: noise, of: ls-rankdef, gradient: 1}", "hessian products residuals noise"},
		{"{name: shift, of: {name: noise, of: himmelblau, value: 1}}", "hessian products noise"},
		{"{name: noise, of: himmelblau}", "hessian products"},
		{"{name: finite-difference, of: rosenbrock}", ""},
		{"{name: shift, of: {name: finite-difference, of: rosenbrock}}", ""},
		{"{name: finite-difference, of: {name: logistic, data: iris, positive: 0}}", "sum diagnostics"},
		{"{name: scale, of: {name: logistic, data: iris, positive: 0}}", "hessian products sum diagnostics"},
		{"{name: shift, of: lasso}", "hessian products sum composite diagnostics"},
	} {
		p := build(t, c.text)
		var got []string
		add := func(word string, ok bool) {
			if ok {
				got = append(got, word)
			}
		}
		add("hessian", offers[problems.Hessian](p))
		add("products", offers[problems.HessianProduct](p))
		add("residuals", offers[problems.Residuals](p))
		add("sum", offers[problems.FiniteSum](p))
		add("composite", offers[problems.Composite](p))
		add("diagnostics", offers[problems.Diagnostics](p))
		add("noise", problems.NoiseOf(p).Some())
		if text := strings.Join(got, " "); text != c.offer {
			t.Errorf("%s offers %q, want %q", c.text, text, c.offer)
		}
	}
}

func offers[T any](p problems.Problem) bool {
	_, ok := problems.As[T](p)
	return ok
}

// TestSameFunction compares f at x with the wrapped function at the point that belongs
// to x, as a second program would compute it.
func TestSameFunction(t *testing.T) {
	inside := build(t, "{name: rosenbrock, dim: 3}")
	x := []float64{0.3, -0.7, 1.1}
	for text, y := range map[string][]float64{
		"{name: shift, of: {name: rosenbrock, dim: 3}, by: [1, -2, 0.5]}": {-0.7, 1.3, 0.6},
		"{name: scale, of: {name: rosenbrock, dim: 3}, ratio: 100}":       {0.3, -7, 110},
		"{name: noise, of: {name: rosenbrock, dim: 3}, value: 9}":         x,
	} {
		if got, want := build(t, text).Evaluate(x, nil), inside.Evaluate(y, nil); !near(got, want, 1e-14) {
			t.Errorf("%s: f = %v, want %v", text, got, want)
		}
	}
}

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(1, math.Abs(want))
}

// TestFactsCarried: the start has the value it had, minimizers are minimizers, and
// constants hold.
func TestFactsCarried(t *testing.T) {
	for _, wrapper := range []string{"shift", "rotate", "scale"} {
		inside, p := build(t, "{name: styblinski-tang, dim: 3}"), build(t, "{name: "+wrapper+", of: {name: styblinski-tang, dim: 3}}")
		before, after := problems.FactsOf(inside), problems.FactsOf(p)
		grad := make([]float64, 3)
		for i, start := range after.Starts {
			want := inside.Evaluate(before.Starts[i].X, nil)
			if got := p.Evaluate(start.X, nil); !near(got, want, 1e-12) || start.Name != before.Starts[i].Name {
				t.Errorf("%s: f = %v at the start %q, want %v", wrapper, got, start.Name, want)
			}
		}
		if len(after.Critical) != len(before.Critical) || len(after.Minimum.Points) != 1 || after.Minimum.Value != before.Minimum.Value {
			t.Fatalf("%s: %d critical points, minimum %v", wrapper, len(after.Critical), after.Minimum)
		}
		for i, c := range after.Critical {
			if f := p.Evaluate(c.X, grad); !near(f, inside.Evaluate(before.Critical[i].X, nil), 1e-12) || vec.Norm(grad) > 1e-8 || c.Kind != before.Critical[i].Kind {
				t.Errorf("%s: ‖∇f‖ = %v at the %s %v", wrapper, vec.Norm(grad), c.Kind, c.X)
			}
		}
		if _, ok := after.Constants[problems.SmoothnessL]; ok {
			t.Errorf("%s: the local L of the old variables is stated of the new ones", wrapper)
		}
	}
}

func TestConstants(t *testing.T) {
	for text, want := range map[string][2]float64{ // mu, L
		"{name: rotate, of: {name: quadratic, dim: 5}}":                           {1, 100},
		"{name: shift, of: {name: quadratic, dim: 5}}":                            {1, 100},
		"{name: scale, of: {name: sphere, dim: 2}, factors: [0.5, -3]}":           {0.5, 18},
		"{name: scale, of: {name: quadratic, dim: 3, condition: 4}, ratio: 10}":   {1, 400},
		"{name: noise, of: {name: quadratic, dim: 5, condition: 7}, gradient: 1}": {1, 7},
	} {
		p := build(t, text)
		f := problems.FactsOf(p)
		for i, name := range []string{"mu", "L"} {
			if got, err := f.Global(name); err != nil || !near(got, want[i], 1e-14) {
				t.Errorf("%s: %s = %v (%v), want %v", text, name, got, err, want[i])
			}
		}
		h, ok := problems.As[problems.Hessian](p)
		if !ok {
			t.Fatalf("%s has no Hessian", text)
		}
		a := mat.NewSymDense(p.Dim(), nil)
		h.Hessian(make([]float64, p.Dim()), a)
		var eigen mat.EigenSym
		eigen.Factorize(a, false)
		lambda := eigen.Values(nil)
		if lambda[0] < want[0]*(1-1e-12) || lambda[len(lambda)-1] > want[1]*(1+1e-12) {
			t.Errorf("%s: eigenvalues %v leave [%v, %v]", text, lambda, want[0], want[1])
		}
	}
}

// TestScaledConstants: f(3x) has 3² times the curvature of f and 3³ times its change.
func TestScaledConstants(t *testing.T) {
	before, after := problems.FactsOf(build(t, "{name: pl-sin}")), problems.FactsOf(build(t, "{name: scale, of: pl-sin, factors: [3]}"))
	for name, factor := range map[string]float64{"L": 9, "PL": 9, "lower_curvature": 9, "M": 27} {
		was, is := before.Constants[name], after.Constants[name]
		if was.Value == 0 || !near(is.Value, factor*was.Value, 1e-14) || is.Scope != problems.Global || is.Source == was.Source {
			t.Errorf("%s was %v, is %v; want %v times as much", name, was, is, factor)
		}
	}
}

// TestRotation: Q keeps distances, turns the axes, and differs from instance to instance
// but not from problem to problem.
func TestRotation(t *testing.T) {
	at := func(text string) []float64 { return problems.FactsOf(build(t, text)).Starts[0].X }
	inside := at("{name: rosenbrock, dim: 6}")
	first := at("{name: rotate, of: {name: rosenbrock, dim: 6}}")
	second := at("{name: rotate, of: {name: rosenbrock, dim: 6}, instance: 1}")
	noisy := at("{name: noise, of: {name: rotate, of: {name: rosenbrock, dim: 6}}}")
	for _, x := range [][]float64{first, second} {
		if !near(vec.Norm(x), vec.Norm(inside), 1e-14) || near(x[0], inside[0], 1e-3) {
			t.Errorf("the start %v became %v", inside, x)
		}
	}
	if near(first[0], second[0], 1e-3) {
		t.Errorf("instances 0 and 1 turn the start alike: %v", first)
	}
	for i := range first {
		if first[i] != noisy[i] {
			t.Errorf("the same rotation gives %v and %v", first, noisy)
		}
	}
}

// TestShiftedProx compares the proximal operator with its definition on random trials.
func TestShiftedProx(t *testing.T) {
	p := build(t, "{name: shift, of: lasso}")
	c, _ := problems.As[problems.Composite](p)
	n := p.Dim()
	rng := rand.New(rand.NewPCG(1, 1))
	x, u, trial := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	const step = 0.7
	c.Prox(u, x, step)
	objective := func(u []float64) float64 {
		vec.AddScaled(trial, u, -1, x)
		return c.Rest(u) + vec.Dot(trial, trial)/(2*step)
	}
	best := objective(u)
	for range 200 {
		v := append([]float64(nil), u...)
		for i := range v {
			v[i] += 0.01 * rng.NormFloat64()
		}
		if objective(v) < best {
			t.Fatalf("%v is lower than the proximal point", objective(v)-best)
		}
	}
}

// TestFiniteDifference compares with the exact gradient, to the error of each formula:
// h²f‴/6 for central and hf″/2 for forward differences.
func TestFiniteDifference(t *testing.T) {
	x, exact, grad := []float64{-1.2, 1}, make([]float64, 2), make([]float64, 2)
	f := build(t, "{name: rosenbrock}").Evaluate(x, exact)
	for text, want := range map[string]struct{ least, most float64 }{
		"{name: finite-difference, of: rosenbrock}":                               {0, 1e-7},
		"{name: finite-difference, of: rosenbrock, step: 1e-3}":                   {4e-4, 1e-2},
		"{name: finite-difference, of: rosenbrock, formula: forward}":             {0, 1e-4},
		"{name: finite-difference, of: rosenbrock, formula: forward, step: 1e-3}": {0.5, 1.5},
	} {
		if got := build(t, text).Evaluate(x, grad); got != f {
			t.Errorf("%s: f = %v, want %v", text, got, f)
		}
		vec.AddScaled(grad, grad, -1, exact)
		if e := vec.Norm(grad); e < want.least || e > want.most {
			t.Errorf("%s: the gradient is off by %v, want %v to %v", text, e, want.least, want.most)
		}
	}
}

// TestBatchDifferences compares batch gradients by differences with exact ones.
func TestBatchDifferences(t *testing.T) {
	exact, _ := problems.As[problems.FiniteSum](build(t, "{name: logistic, data: iris, positive: 0, l2: 0.1}"))
	differences, ok := problems.As[problems.FiniteSum](build(t, "{name: finite-difference, of: {name: logistic, data: iris, positive: 0, l2: 0.1}}"))
	if !ok {
		t.Fatal("the sum is lost")
	}
	n := exact.(problems.Problem).Dim()
	x, want, got := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = math.Sin(float64(i))
	}
	for _, batch := range [][]int32{{0}, {5, 99, 5}} {
		exact.EvaluateOn(x, want, batch)
		differences.EvaluateOn(x, got, batch)
		vec.AddScaled(got, got, -1, want)
		if !(vec.Norm(got) < 1e-7) {
			t.Errorf("batch %v: the gradient is off by %v", batch, vec.Norm(got))
		}
	}
}

// TestNoise: a method sees noise, the same until the next batch; the function is exact.
func TestNoise(t *testing.T) {
	x, exact, seen := []float64{3, 4}, make([]float64, 2), make([]float64, 2)
	want := build(t, "{name: rosenbrock}").Evaluate(x, exact)
	for kind, scale := range map[string][]float64{"additive": {1, 1}, "multiplicative": {exact[0], exact[1]}} {
		p := build(t, "{name: noise, of: rosenbrock, value: 0.1, gradient: 0.5, kind: "+kind+"}")
		if f := p.Evaluate(x, seen); f != want || seen[0] != exact[0] || seen[1] != exact[1] {
			t.Errorf("%s: the function itself is disturbed: %v, %v", kind, f, seen)
		}
		o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{Seed: problems.Seed{Suite: 1}})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.NeedHessian(); err == nil || err.Error() != "needs a Hessian without noise" {
			t.Errorf("%s: a Hessian behind noise: %v", kind, err)
		}
		const draws = 4000
		var squares [2]float64
		for range draws {
			o.NextBatch()
			f := o.Evaluate(x, seen)
			if again := o.Value(x); again != f {
				t.Fatalf("%s: f is %v, then %v, within one batch", kind, f, again)
			}
			for i := range squares {
				e := (seen[i] - exact[i]) / scale[i]
				squares[i] += e * e / draws
			}
		}
		for i, s := range squares {
			if math.Abs(math.Sqrt(s)-0.5) > 0.03 {
				t.Errorf("%s: coordinate %d has noise of standard deviation %v, want 0.5", kind, i, math.Sqrt(s))
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"{name: shift}":                                                              `needs the parameter "of"`,
		"{name: shift, of: nothing}":                                                 "unknown problem",
		"{name: shift, of: rosenbrock, by: [1]}":                                     "by has 1 entries for a problem in 2 variables",
		"{name: scale, of: rosenbrock, factors: [1, 2, 3]}":                          "factors has 3 entries for a problem in 2 variables",
		"{name: scale, of: rosenbrock, factors: [1, 0]}":                             "factors contains 0",
		"{name: scale, of: lasso}":                                                   "proximal operator",
		"{name: noise, of: {name: rotate, of: {name: noise, of: sphere, value: 1}}}": "already noisy",
		"{name: rotate, of: {name: quadratic, dim: 1}}":                              "condition: 1",
		"{name: bend, of: lasso}":                                                    "without a proximal operator",
		"{name: kinks, of: lasso}":                                                   "without a proximal operator",
		"{name: plateau, of: lasso}":                                                 "without a proximal operator",
		"{name: plateau, of: sphere, low: 2, high: 1}":                               "expected low < high",
		"{name: plateau, of: {name: logistic, data: iris, positive: 0}}":             "f* is known in closed form",
		"{name: fold, of: {name: logistic, data: iris, positive: 0}}":                "minimizer is known in closed form",
		"{name: recede, of: {name: recede, of: sphere}}":                             "minimizer is known in closed form",
		"{name: recede, of: {name: sphere, dim: 2}, coordinates: 3}":                 "coordinates is 3 for a problem in 2 variables",
	} {
		_, err := compose(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}
