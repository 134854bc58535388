package critical

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/internal/vec"
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

// line is a function of one variable from its value and derivatives.
func line(f, slope, curvature func(x float64) float64) curved {
	return curved{plain{1, func(x, g []float64) float64 {
		g[0] = slope(x[0])
		return f(x[0])
	}}, func(x []float64, h *mat.SymDense) { h.SetSym(0, 0, curvature(x[0])) }}
}

// steep is exp(700(x − 1)²) − 2x, whose minimum is near 1 + 1/700.
var steep = line(
	func(x float64) float64 { return math.Exp(700*(x-1)*(x-1)) - 2*x },
	func(x float64) float64 { return 1400*(x-1)*math.Exp(700*(x-1)*(x-1)) - 2 },
	func(x float64) float64 {
		u := 1400 * (x - 1)
		return (1400 + u*u) * math.Exp(700*(x-1)*(x-1))
	})

// falling is e^−x, or e^−x + y² in two variables: an infimum that is not attained.
var falling = line(
	func(x float64) float64 { return math.Exp(-x) },
	func(x float64) float64 { return -math.Exp(-x) },
	func(x float64) float64 { return math.Exp(-x) })

var fallingValley = curved{plain{2, func(x, g []float64) float64 {
	e := math.Exp(-x[0])
	g[0], g[1] = -e, 2*x[1]
	return e + x[1]*x[1]
}}, func(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, math.Exp(-x[0]))
	h.SetSym(0, 1, 0)
	h.SetSym(1, 1, 2)
}}

// gauss is −e^−x²: a minimum at 0 between two plateaus.
var gauss = line(
	func(x float64) float64 { return -math.Exp(-x * x) },
	func(x float64) float64 { return 2 * x * math.Exp(-x*x) },
	func(x float64) float64 { return (2 - 4*x*x) * math.Exp(-x*x) })

// ridge is e^−x⁴: a maximum between two plateaus on which f falls for ever.
var ridge = line(
	func(x float64) float64 { return math.Exp(-x * x * x * x) },
	func(x float64) float64 { return -4 * x * x * x * math.Exp(-x*x*x*x) },
	func(x float64) float64 { return (16*x*x*x*x*x*x - 12*x*x) * math.Exp(-x*x*x*x) })

// reciprocal is 1/x for x > 0.
var reciprocal = line(
	func(x float64) float64 { return 1 / x },
	func(x float64) float64 { return -1 / (x * x) },
	func(x float64) float64 { return 2 / (x * x * x) })

// form is ½Σ cᵢxᵢ².
func form(c ...float64) curved {
	return curved{plain{len(c), func(x, g []float64) float64 {
		sum := 0.0
		for i, ci := range c {
			g[i] = ci * x[i]
			sum += ci * x[i] * x[i] / 2
		}
		return sum
	}}, func(_ []float64, h *mat.SymDense) {
		h.Zero()
		for i, ci := range c {
			h.SetSym(i, i, ci)
		}
	}}
}

// parabolas is (xy − 1)²: the minimum 0 is attained on a hyperbola.
var parabolas = curved{plain{2, func(x, g []float64) float64 {
	r := x[0]*x[1] - 1
	g[0], g[1] = 2*r*x[1], 2*r*x[0]
	return r * r
}}, func(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 2*x[1]*x[1])
	h.SetSym(0, 1, 4*x[0]*x[1]-2)
	h.SetSym(1, 1, 2*x[0]*x[0])
}}

// beside is x²/2 + y⁴.
var beside = curved{plain{2, func(x, g []float64) float64 {
	g[0], g[1] = x[0], 4*x[1]*x[1]*x[1]
	return x[0]*x[0]/2 + math.Pow(x[1], 4)
}}, func(x []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 1)
	h.SetSym(0, 1, 0)
	h.SetSym(1, 1, 12*x[1]*x[1])
}}

// Facts of the functions above. Their minima are known by hand.
func attained(value float64, convexity problems.Convexity, points ...[]float64) *problems.Facts {
	return &problems.Facts{Convexity: convexity, Minimum: &problems.Minimum{Value: value, Points: points}}
}

func withConstant(f *problems.Facts, name string, value float64) *problems.Facts {
	f.Constants = map[string]problems.Constant{name: {Value: value, Scope: problems.Global}}
	return f
}

// ending is a descent on a function, with the kind of the point where it ends.
type ending struct {
	name    string
	p       problems.Problem
	f       *problems.Facts
	from, x []float64
	kind    problems.Kind
}

func endings() []ending {
	at := func(x ...float64) []float64 { return x }
	none, convex := &problems.Facts{}, &problems.Facts{Convexity: problems.Convex}
	known := attained(-0.25, "", at(0, -1), at(0, 1))
	known.Critical = []problems.Critical{{X: at(0, 0), Kind: problems.Saddle}}
	flat := attained(0, problems.Convex, at(0))
	return []ending{
		{"stated saddle", saddleQuartic, known, at(1, 0), at(1e-9, 0), problems.Saddle},
		{"start beside a stated saddle", saddleQuartic, known, at(1e-9, 0), at(1e-9, 0), problems.Saddle},
		{"stated minimum", saddleQuartic, known, at(1, 2), at(0, 1+2e-7), problems.GlobalMinimum},
		{"on the way to a stated minimum", saddleQuartic, known, at(1, 2), at(0.03, 1.01), ""},
		{"halfway", saddleQuartic, known, at(1, 0.5), at(0.3, 0.9), ""},
		{"minimum by value", saddleQuartic, attained(-0.25, ""), at(1, 2), at(1e-9, 1), problems.GlobalMinimum},
		{"saddle", saddleQuartic, none, at(1, 0), at(1e-9, 0), problems.Saddle},
		{"local minimum", saddleQuartic, none, at(1, 2), at(1e-9, 1), problems.LocalMinimum},
		{"saddle by differences", saddleQuartic.plain, none, at(1, 0), at(1e-9, 0), problems.Saddle},
		{"local minimum by differences", saddleQuartic.plain, none, at(1, 2), at(1e-9, 1), problems.LocalMinimum},
		{"leaving a saddle", saddleQuartic, none, at(1e-9, 1e-9), at(1e-9, 1e-3), ""},
		{"budget spent in the valley", form(1, 1e-4), none, at(1, 1), at(0, 0.5), ""},
		{"start at a saddle", form(1, -1), none, at(0, 0), at(0, 0), problems.Saddle},
		{"start at a maximum", form(-1, -3), none, at(0, 0), at(0, 0), problems.Maximum},
		{"maximum", form(-1, -3), none, at(1, 1), at(1e-9, 0), problems.Maximum},
		{"saddle with a tiny negative curvature", form(1, -1e-9), none, at(1, 0), at(1e-10, 0), problems.Saddle},
		{"minimum with a tiny curvature", form(1, 1e-9), none, at(1, 1), at(1e-10, 1e-10), problems.LocalMinimum},
		{"singular Hessian", form(1, 0), none, at(1, 1), at(1e-10, 1), problems.Degenerate},
		{"singular Hessian, convex", form(1, 0), convex, at(1, 1), at(1e-10, 1), ""},
		{"singular Hessian, convex, f* known", form(1, 0), attained(0, problems.Convex), at(1, 1), at(1e-10, 1), problems.GlobalMinimum},
		{"no curvature at all", form(0, 0), none, at(1, 1), at(1, 1), ""},
		{"valley of minima", parabolas, none, at(2, 2), at(1, 1+1e-9), problems.Degenerate},
		{"valley of minima, f* known", parabolas, attained(0, ""), at(2, 2), at(1, 1+1e-9), problems.GlobalMinimum},
		{"valley of minima, on the way", parabolas, attained(0, ""), at(2, 2), at(1, 1.01), ""},
		{"flat quartic", power([]float64{1, 1}, 4), none, at(1, 0.5), at(2e-3, 1e-3), problems.Degenerate},
		{"flat cubic", power([]float64{1}, 3), none, at(1), at(3e-4), problems.Degenerate},
		{"quartic beside a parabola", beside, none, at(1, 1), at(0, 2e-3), problems.Degenerate},
		{"flat, f* known", power([]float64{1}, 10), flat, at(1), at(0.1), problems.GlobalMinimum},
		{"flat, f* unknown", power([]float64{1}, 10), convex, at(1), at(0.1), ""},
		{"convex, nothing gained", form(1, 1), attained(0, problems.Convex), at(1, 1), at(1, 1), ""},
		{"convex, half of the gap left", form(1, 1), attained(0, problems.Convex, at(0, 0)), at(1, 1), at(0.7, 0.7), ""},
		{"convex, f* unknown", form(1, 10), convex, at(1, 1), at(1e-9, 1e-9), problems.GlobalMinimum},
		{"convex, f* unknown, halfway", form(1, 10), convex, at(1, 1), at(1e-2, 0), ""},
		{"strongly convex, f* unknown", form(1, 10), withConstant(&problems.Facts{Convexity: problems.StronglyConvex}, problems.ConvexityMu, 1), at(1, 1), at(1e-5, 0), problems.GlobalMinimum},
		{"strongly convex, f* unknown, halfway", form(1, 10), withConstant(&problems.Facts{Convexity: problems.StronglyConvex}, problems.ConvexityMu, 1), at(1, 1), at(1e-2, 0), ""},
		{"start at the minimum", form(1, 10), attained(0, problems.Convex, at(0, 0)), at(0, 0), at(0, 0), problems.GlobalMinimum},
		{"start at the minimum, f* unknown", form(1, 10), convex, at(0, 0), at(0, 0), problems.GlobalMinimum},
		{"infimum not attained", falling, none, at(0), at(18), ""},
		{"infimum not attained, convex", falling, convex, at(0), at(30), ""},
		{"infimum not attained, at the last number", falling, convex, at(0), at(700), ""},
		{"infimum not attained, underflow", falling, none, at(0), at(800), ""},
		{"infimum not attained, beside a parabola", fallingValley, convex, at(0, 1), at(20, 1e-12), ""},
		{"infimum not attained, curvature lost", fallingValley, convex, at(0, 1), at(40, 1e-18), ""},
		{"infimum not attained, curvature lost, not convex", fallingValley, none, at(0, 1), at(40, 1e-18), ""},
		{"infimum not attained, a long way", fallingValley, convex, at(0, 1e7), at(18, 0), ""},
		{"infimum not attained, a longer way", fallingValley, convex, at(0, 1e11), at(18, 1e-20), ""},
		{"infimum not attained, slowly", reciprocal, convex, at(1e-3), at(1e9), ""},
		{"plateau", gauss, none, at(4), at(4), ""},
		{"plateau, coming down", ridge, none, at(0.1), at(5), ""},
		{"off the plateau", gauss, none, at(1), at(1e-9), problems.LocalMinimum},
		{"steep, halfway", steep, none, at(0.3), at(0.75), ""},
		{"steep, near", steep, none, at(0.3), at(0.95), ""},
		{"steep, at the minimum", steep, none, at(0.3), at(1.0014265), problems.LocalMinimum},
		{"not finite", plain{1, func(_, g []float64) float64 {
			g[0] = math.NaN()
			return g[0]
		}}, none, at(1), at(2), ""},
		{"many variables, start at a saddle", laplacian{1000, 1}, none, make([]float64, 1000), make([]float64, 1000), problems.Saddle},
		{"many variables, saddle", laplacian{300, 1}, none, constant(300, 1), constant(300, 1e-9), problems.Saddle},
		{"many variables, halfway", laplacian{300, 1}, none, constant(300, 1), constant(300, 0.5), ""},
	}
}

func constant(n int, v float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = v
	}
	return x
}

// The kind is that of the function, whatever the units of f and of x.
func TestClassify(t *testing.T) {
	for _, test := range endings() {
		for _, value := range []float64{1, 0x1p-30, 0x1p30} {
			for _, variables := range []float64{1, 0x1p-10, 0x1p10} {
				p := &wrappers.Scale{Factors: constant(test.p.Dim(), 1/variables), Value: value}
				p.Of = stating{test.p, test.f}
				if err := p.Build(problems.Env{}); err != nil {
					t.Fatal(err)
				}
				from, x, g := slices.Clone(test.from), slices.Clone(test.x), make([]float64, len(test.x))
				vec.Scale(variables, from)
				vec.Scale(variables, x)
				start := Start{X: from, Value: p.Evaluate(from, g)}
				start.GradientNorm = vec.Norm(g)
				if m := p.Facts().Minimum; m != nil {
					start.Floor = 64 * ε * math.Abs(m.Value)
				}
				if kind := Classify(p, p.Facts(), x, start); kind != test.kind {
					t.Errorf("%s, f × %g, x × %g: found %q; expected %q", test.name, value, variables, kind, test.kind)
				}
			}
		}
	}
}

// stating is a problem with facts.
type stating struct {
	problems.Problem
	facts *problems.Facts
}

func (s stating) Facts() *problems.Facts  { return s.facts }
func (s stating) Inner() problems.Problem { return s.Problem }
func (s stating) Hessian(x []float64, h *mat.SymDense) {
	s.Problem.(problems.Hessian).Hessian(x, h)
}
func (s stating) HessianProduct(x, v, hv []float64) {
	s.Problem.(problems.HessianProduct).HessianProduct(x, v, hv)
}

// kink is |x − 1|, composite with a zero smooth part.
type kink struct{ plain }

func (kink) Rest(x []float64) float64 { return math.Abs(x[0] - 1) }
func (kink) Prox(dst, x []float64, t float64) {
	d := x[0] - 1
	dst[0] = 1 + math.Copysign(math.Max(math.Abs(d)-t, 0), d)
}

// Where there are no second derivatives, a known f* or a stated minimizer decides.
func TestClassifyAtKinks(t *testing.T) {
	p := kink{power([]float64{0}, 2)}
	known := attained(0, problems.Convex)
	for _, c := range []struct {
		name string
		f    *problems.Facts
		x    float64
		kind problems.Kind
	}{
		{"f* known", known, 1, problems.GlobalMinimum},
		{"f* known, on the way", known, 1.5, ""},
		{"stated minimizer", attained(0, "", []float64{1}), 1 + 1e-9, problems.GlobalMinimum},
		{"f* unknown", &problems.Facts{Convexity: problems.Convex}, 1, ""},
	} {
		start := Start{X: []float64{3}, Value: 2, GradientNorm: 1}
		if kind := Classify(p, c.f, []float64{c.x}, start); kind != c.kind {
			t.Errorf("%s: found %q; expected %q", c.name, kind, c.kind)
		}
	}
	// A gap that the accuracy of f* hides is no evidence.
	coarse := attained(0, problems.Convex)
	coarse.Minimum.Accuracy = 5
	if kind := Classify(p, coarse, []float64{1.5}, Start{X: []float64{3}, Value: 2, GradientNorm: 1, Floor: 5}); kind != "" {
		t.Errorf("f* known to 5: found %q", kind)
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
}
