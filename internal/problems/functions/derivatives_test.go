package functions_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// variants are problems beside the defaults of every registered name.
var variants = []string{
	"{name: quadratic, dim: 1, condition: 1}",
	"{name: quadratic, dim: 4, rotated: true, linear: [1, 2, 3, 4]}",
	"{name: quadratic, dim: 5, spectrum: chebyshev}",
	"{name: quadratic, matrix: [[2, 1], [1, -3]], linear: [1, 1]}",
	"{name: quadratic, matrix: [[2, 1, 0, 1, 0], [1, -3, 1, 0, 1], [0, 1, 1, 0, 4], [1, 0, 0, 3, 0], [0, 1, 4, 0, 2]]}",
	"{name: quad-rotated, dim: 4}",
	"{name: nesterov-worst, dim: 1}",
	"{name: nesterov-worst-sc, dim: 3}",
	"{name: rosenbrock, dim: 5}",
	"{name: dixon-price, dim: 5}",
	"{name: double-well, dim: 3}",
	"{name: levy, dim: 1}",
	"{name: levy, dim: 4}",
	"{name: sum-powers, dim: 4}",
	"{name: zakharov, dim: 5}",
	"{name: ackley, dim: 5}",
	"{name: griewank, dim: 6}",
	"{name: logsumexp-smooth, rho: 0.3}",
	"{name: strict-saddle-du, dim: 1}",
	"{name: strict-saddle-du, dim: 2}",
	"{name: huber1d, smoothness: 3, slope: 2}",
	"{name: sawtooth, step: 0.6, steps: 3}",
}

// everyFunction is each registered name with its defaults, and the variants.
func everyFunction() []string {
	var all []string
	for _, name := range param.Of[problems.Problem]().Names() {
		all = append(all, "{name: "+name+"}")
	}
	return append(all, variants...)
}

// points are further points to check, where a random one would not find the formula's
// branch: the spline between two stages.
var points = map[string][][]float64{
	"{name: strict-saddle-du}": {
		{4, 0.3, 0.1, -0.2}, {-3, 0.5, 0, 1}, {11, -4.5, -0.7, 0.2}, {9, -11, 10, 5}, {9, 10, -10, 10.5},
	},
	"{name: hb-counterexample}": {{1.5}, {0.5}, {-2}, {2.5}},
	"{name: huber1d}":           {{0.01}, {-0.02}, {-3}},
	"{name: huber-ridge1d}":     {{0.01}, {-0.02}, {-3}},
	"{name: sawtooth}":          {{-0.2}, {-0.7}, {-5.3}, {-8.5}, {-9.5}, {1}},
}

func TestDerivatives(t *testing.T) {
	for _, text := range everyFunction() {
		t.Run(text, func(t *testing.T) {
			p := build(t, text)
			rng := rand.New(rand.NewPCG(1, 2))
			start := p.Facts().Starts[0].X
			at := points[text]
			for range 5 {
				x := make([]float64, p.Dim())
				for i := range x {
					x[i] = start[i] + rng.NormFloat64()
				}
				at = append(at, x)
			}
			for _, x := range at {
				checkGradient(t, p, x)
				checkHessian(t, p, x)
				if r, ok := p.(problems.Residuals); ok {
					checkResiduals(t, p, r, x)
				}
			}
		})
	}
}

// fourth is the difference formula of fourth order.
var fourth = fd.Formula{
	Stencil:    []fd.Point{{Loc: -2, Coeff: 1. / 12}, {Loc: -1, Coeff: -8. / 12}, {Loc: 1, Coeff: 8. / 12}, {Loc: 2, Coeff: -1. / 12}},
	Derivative: 1,
	Step:       1e-3,
}

func checkGradient(t *testing.T, p problem, x []float64) {
	t.Helper()
	grad := make([]float64, len(x))
	f := p.Evaluate(x, grad)
	if alone := p.Evaluate(x, nil); alone != f {
		t.Errorf("f%v = %v without the gradient, %v with it", x, alone, f)
	}
	want := fd.Gradient(nil, func(x []float64) float64 { return p.Evaluate(x, nil) }, x, &fd.Settings{Formula: fourth})
	if !nearAll(grad, want, 1e-7*max(1, math.Abs(f)/(1+vec.Norm(want)))) {
		t.Errorf("∇f%v = %v, by differences %v", x, grad, want)
	}
}

func checkHessian(t *testing.T, p problem, x []float64) {
	t.Helper()
	n := len(x)
	h := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			h.SetSym(i, j, math.NaN()) // every entry must be written
		}
	}
	p.Hessian(x, h)
	want := mat.NewDense(n, n, nil)
	fd.Jacobian(want, func(g, x []float64) { p.Evaluate(x, g) }, x, &fd.JacobianSettings{Formula: fourth})
	hv, v := make([]float64, n), make([]float64, n)
	for i := range n {
		row := mat.Row(nil, i, h)
		if !nearAll(row, mat.Row(nil, i, want), 1e-6) {
			t.Errorf("row %d of the Hessian at %v is %v, by differences %v", i, x, row, mat.Row(nil, i, want))
		}
		clear(v)
		v[i] = 1
		if p.HessianProduct(x, v, hv); !nearAll(hv, row, 1e-12) {
			t.Errorf("∇²f%v·e%d = %v, want %v", x, i, hv, row)
		}
	}
}

func checkResiduals(t *testing.T, p problem, r problems.Residuals, x []float64) {
	t.Helper()
	n, m := p.Dim(), r.ResidualCount()
	res, grad := make([]float64, m), make([]float64, n)
	r.Residuals(x, res)
	if f := p.Evaluate(x, grad); !near(vec.Dot(res, res)/2, f, 1e-12) {
		t.Errorf("½‖r‖² = %v at %v, want f = %v", vec.Dot(res, res)/2, x, f)
	}
	jac := mat.NewDense(m, n, nil)
	jac.Apply(func(_, _ int, _ float64) float64 { return math.NaN() }, jac)
	r.Jacobian(x, jac)
	want := mat.NewDense(m, n, nil)
	fd.Jacobian(want, func(res, x []float64) { r.Residuals(x, res) }, x, &fd.JacobianSettings{Formula: fourth})
	if !mat.EqualApprox(jac, want, 1e-6) {
		t.Errorf("Jacobian at %v is %v, by differences %v", x, mat.Formatted(jac), mat.Formatted(want))
	}
}

// TestDirectionalCurvature checks Hessian products in many variables, where a Hessian is
// too large to write down.
func TestDirectionalCurvature(t *testing.T) {
	p := build(t, "{name: rosenbrock, dim: 1000}")
	x, v := make([]float64, 1000), make([]float64, 1000)
	for i := range x {
		x[i], v[i] = math.Sin(float64(i)), math.Cos(float64(3*i))
	}
	const h = 1e-5
	hv, plus, minus := make([]float64, 1000), make([]float64, 1000), make([]float64, 1000)
	p.HessianProduct(x, v, hv)
	at := make([]float64, 1000)
	vec.AddScaled(at, x, h, v)
	p.Evaluate(at, plus)
	vec.AddScaled(at, x, -h, v)
	p.Evaluate(at, minus)
	vec.AddScaled(plus, plus, -1, minus)
	vec.Scale(1/(2*h), plus)
	if !nearAll(hv, plus, 1e-8) {
		t.Error("∇²f·v differs from the difference of gradients")
	}
}
