package critical

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// plain is a problem from closures, without second derivatives unless hess is set.
type plain struct {
	n int
	f func(x, g []float64) float64
}

func (p plain) Dim() int                           { return p.n }
func (p plain) Evaluate(x, grad []float64) float64 { return p.f(x, into(grad, p.n)) }

func into(g []float64, n int) []float64 {
	if g == nil {
		return make([]float64, n)
	}
	return g
}

// curved adds a Hessian.
type curved struct {
	plain
	h func(x []float64, h *mat.SymDense)
}

func (c curved) Hessian(x []float64, h *mat.SymDense) { c.h(x, h) }

// saddleQuartic is x²/2 + y⁴/4 − y²/2: a saddle at 0, minima at (0, ±1) of value −1/4.
var saddleQuartic = curved{plain{2, func(x, g []float64) float64 {
	y2 := x[1] * x[1]
	g[0], g[1] = x[0], x[1]*y2-x[1]
	return x[0]*x[0]/2 + y2*y2/4 - y2/2
}}, func(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 1)
	h.SetSym(0, 1, 0)
	h.SetSym(1, 1, 3*x[1]*x[1]-1)
}}

// power is Σ cᵢ|xᵢ|^p without a Hessian.
func power(c []float64, p int) plain {
	return plain{len(c), func(x, g []float64) float64 {
		sum := 0.0
		for i, ci := range c {
			sum += ci * math.Pow(x[i], float64(p))
			g[i] = ci * float64(p) * math.Pow(x[i], float64(p-1))
		}
		return sum
	}}
}

func TestClassify(t *testing.T) {
	minima := [][]float64{{0, -1}, {0, 1}}
	known := &problems.Facts{
		Minimum:  &problems.Minimum{Value: -0.25, Points: minima},
		Critical: []problems.Critical{{X: []float64{0, 0}, Kind: problems.Saddle}},
	}
	valueOnly := &problems.Facts{Minimum: &problems.Minimum{Value: -0.25}}
	convex := &problems.Facts{Convexity: problems.Convex}
	none := &problems.Facts{}
	tests := []struct {
		name  string
		p     problems.Problem
		f     *problems.Facts
		x     []float64
		scale float64
		kind  problems.Kind
		basin int
	}{
		{"known saddle", saddleQuartic, known, []float64{1e-9, 0}, 0, problems.Saddle, 2},
		{"second basin", saddleQuartic, known, []float64{0, 1 + 2e-7}, 0, problems.GlobalMinimum, 1},
		{"first basin, still coming", saddleQuartic, known, []float64{2e-5, -1}, 1e3, problems.GlobalMinimum, 0},
		{"on the way", saddleQuartic, known, []float64{0.3, 0.9}, 0, "", -1},
		{"small gradient only in scale", saddleQuartic, known, []float64{2e-5, -1}, 1, "", -1},
		{"unknown saddle", saddleQuartic, none, []float64{1e-9, 1e-8}, 0, problems.Saddle, -1},
		{"unknown minimum", saddleQuartic, none, []float64{1e-9, 1}, 0, problems.LocalMinimum, -1},
		{"minimum by value", saddleQuartic, valueOnly, []float64{1e-9, 1}, 0, problems.GlobalMinimum, -1},
		{"saddle by differences", saddleQuartic.plain, none, []float64{1e-9, 1e-8}, 0, problems.Saddle, -1},
		{"maximum", power([]float64{-1, -3}, 2), none, []float64{1e-9, 0}, 0, problems.Maximum, -1},
		{"flat quartic", power([]float64{1, 1}, 4), none, []float64{2e-3, 1e-3}, 0, problems.Degenerate, -1},
		{"flat cubic", power([]float64{1}, 3), none, []float64{3e-4}, 0, problems.Degenerate, -1},
		{"quartic beside a parabola", curved{plain{2, func(x, g []float64) float64 {
			g[0], g[1] = x[0], 4*x[1]*x[1]*x[1]
			return x[0]*x[0]/2 + math.Pow(x[1], 4)
		}}, func(x []float64, h *mat.SymDense) {
			h.SetSym(0, 0, 1)
			h.SetSym(0, 1, 0)
			h.SetSym(1, 1, 12*x[1]*x[1])
		}}, none, []float64{0, 3e-3}, 0, problems.Degenerate, -1},
		{"convex, far but flat", power([]float64{1}, 10), convex, []float64{0.1}, 0, problems.GlobalMinimum, -1},
		{"no minimum at all: e^−x", plain{1, func(x, g []float64) float64 {
			g[0] = -math.Exp(-x[0])
			return -g[0]
		}}, none, []float64{18}, 0, "", -1},
		{"not finite", plain{1, func(x, g []float64) float64 {
			g[0] = math.NaN()
			return g[0]
		}}, none, []float64{1}, 0, "", -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			end := Classify(test.p, test.f, test.x, Options{Scale: test.scale})
			if end.Kind != test.kind || end.Basin != test.basin || end.Critical != (test.kind != "") {
				t.Errorf("found %+v; expected %q in basin %d", end, test.kind, test.basin)
			}
		})
	}
}

// kink is |x − 1|, composite with a zero smooth part.
type kink struct{ plain }

func (kink) Rest(x []float64) float64 { return math.Abs(x[0] - 1) }
func (kink) Prox(dst, x []float64, t float64) {
	d := x[0] - 1
	dst[0] = 1 + math.Copysign(math.Max(math.Abs(d)-t, 0), d)
}

func TestClassifyComposite(t *testing.T) {
	p := kink{power([]float64{0}, 2)}
	for _, test := range []struct {
		convexity problems.Convexity
		x         float64
		critical  bool
		kind      problems.Kind
	}{
		{problems.Convex, 1, true, problems.GlobalMinimum},
		{problems.UnknownConvexity, 1, true, ""},
		{problems.Convex, 1.5, false, ""},
	} {
		end := Classify(p, &problems.Facts{Convexity: test.convexity}, []float64{test.x}, Options{})
		if end.Critical != test.critical || end.Kind != test.kind {
			t.Errorf("%s at %g: found %+v", test.convexity, test.x, end)
		}
	}
}

// laplacian is half the quadratic form of the second-difference matrix minus a shift,
// whose eigenvalues are 2 − 2cos(kπ/(n+1)) − shift.
type laplacian struct {
	n     int
	shift float64
}

func (l laplacian) Dim() int { return l.n }
func (l laplacian) Evaluate(x, grad []float64) float64 {
	g := into(grad, l.n)
	l.HessianProduct(nil, x, g)
	sum := 0.0
	for i := range x {
		sum += x[i] * g[i]
	}
	return sum / 2
}
func (l laplacian) HessianProduct(_, v, hv []float64) {
	for i := range v {
		hv[i] = (2 - l.shift) * v[i]
		if i > 0 {
			hv[i] -= v[i-1]
		}
		if i+1 < len(v) {
			hv[i] -= v[i+1]
		}
	}
}

func TestCurvature(t *testing.T) {
	for _, n := range []int{1, 2, 50, denseLimit, 2000} {
		l := laplacian{n, 1}
		s := Curvature(l, make([]float64, n))
		low := 1 - 2*math.Cos(math.Pi/float64(n+1))
		high := 1 - 2*math.Cos(float64(n)*math.Pi/float64(n+1))
		tolerance := 1e-9
		if n > denseLimit {
			tolerance = 2e-3 // eigenvalues crowd at both ends: Lanczos has not converged
		}
		if math.Abs(s.Lowest-low) > tolerance || math.Abs(s.Highest-high) > tolerance {
			t.Errorf("n = %d: found [%g, %g]; expected [%g, %g]", n, s.Lowest, s.Highest, low, high)
		}
		if s.Lowest < low-1e-9 || s.Highest > high+1e-9 {
			t.Errorf("n = %d: estimates outside the spectrum", n)
		}
	}
	end := Classify(laplacian{1000, 1}, &problems.Facts{}, make([]float64, 1000), Options{})
	if end.Kind != problems.Saddle {
		t.Errorf("1000 variables: found %q; expected a saddle", end.Kind)
	}
}
