package check

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// sound is f(x) = (1/m) Σᵢ ½(aᵢᵀx − bᵢ)² with everything a problem may offer, all right.
type sound struct{ facts *problems.Facts }

var (
	rows    = [][2]float64{{1, 2}, {3, -1}, {0.5, 4}}
	targets = []float64{1, -2, 3}
)

func newSound() sound {
	// ∇²f = AᵀA/3 = [[10.25, 1], [1, 21]]/3; its eigenvalues solve a quadratic equation.
	root := math.Sqrt(10.75*10.75 + 4)
	p := sound{&problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: map[string]problems.Constant{
			problems.SmoothnessL: {Value: (31.25 + root) / 6, Scope: problems.Global},
			problems.ConvexityMu: {Value: (31.25 - root) / 6, Scope: problems.Global},
			problems.PLConstant:  {Value: (31.25 - root) / 6, Scope: problems.Global},
			problems.LargestL:    {Value: 16.25, Scope: problems.Global},
			problems.HessianM:    {Value: 0, Scope: problems.Global},
		},
		Starts: []problems.Start{{Name: "standard", X: []float64{2, 1}}},
		Window: &problems.Window{X: [2]float64{-1, 1}, Y: [2]float64{-1, 1}},
	}}
	// Normal equations: [[10.25, 1], [1, 21]] x = (−3.5, 16).
	det := 10.25*21 - 1
	best := []float64{(-3.5*21 - 16) / det, (10.25*16 + 3.5) / det}
	p.facts.Minimum = &problems.Minimum{Value: p.Evaluate(best, nil), Source: problems.Analytic, Points: [][]float64{best}}
	return p
}

func (sound) Dim() int                          { return 2 }
func (p sound) Facts() *problems.Facts          { return p.facts }
func (p sound) Fork() problems.Problem          { return p }
func (sound) Samples() int                      { return 3 }
func (sound) ResidualCount() int                { return 3 }
func (p sound) Evaluate(x, g []float64) float64 { return p.EvaluateOn(x, g, []int32{0, 1, 2}) }
func (sound) EvaluateOn(x, g []float64, b []int32) float64 {
	clear(g)
	sum, size := 0.0, float64(len(b))
	for _, i := range b {
		r := rows[i][0]*x[0] + rows[i][1]*x[1] - targets[i]
		sum += r * r / 2 / size
		for j := range g {
			g[j] += r * rows[i][j] / size
		}
	}
	return sum
}
func (sound) Hessian(_ []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 10.25/3)
	h.SetSym(0, 1, 1.0/3)
	h.SetSym(1, 1, 21.0/3)
}
func (sound) HessianProduct(_, v, hv []float64) {
	hv[0], hv[1] = (10.25*v[0]+v[1])/3, (v[0]+21*v[1])/3
}
func (sound) Residuals(x, r []float64) {
	for i := range r {
		r[i] = (rows[i][0]*x[0] + rows[i][1]*x[1] - targets[i]) / math.Sqrt(3)
	}
}
func (sound) Jacobian(_ []float64, jac *mat.Dense) {
	for i := range rows {
		jac.SetRow(i, []float64{rows[i][0] / math.Sqrt(3), rows[i][1] / math.Sqrt(3)})
	}
}

// The broken problems, one kind of mistake each.
type (
	gradientConstant  struct{ sound } // one entry of ∇f off by 1e-6
	gradientAdds      struct{ sound } // += into grad
	valueAlone        struct{ sound } // another value without gradient
	touchesX          struct{ sound }
	panics            struct{ sound }
	hessianConstant   struct{ sound }
	hessianForgets    struct{ sound }
	productTransposed struct{ sound }
	residualScale     struct{ sound } // the ½ forgotten
	jacobianRow       struct{ sound }
	batchSum          struct{ sound } // a sum instead of a mean
	batchSet          struct{ sound } // repeated samples counted once
	batchGradient     struct{ sound } // wrong in a way that the epoch averages out
	forkOther         struct{ sound }
)

func (p gradientConstant) Evaluate(x, g []float64) float64 {
	f := p.sound.Evaluate(x, g)
	if g != nil {
		g[1] *= 1 + 1e-6
	}
	return f
}

func (p gradientAdds) Evaluate(x, g []float64) float64 {
	before := slices.Clone(g)
	f := p.sound.Evaluate(x, g)
	for i := range g {
		g[i] += before[i]
	}
	return f
}

func (p valueAlone) Evaluate(x, g []float64) float64 {
	f := p.sound.Evaluate(x, g)
	if g == nil {
		return f + 1e-9
	}
	return f
}

func (p touchesX) Evaluate(x, g []float64) float64 {
	f := p.sound.Evaluate(x, g)
	x[0] = math.Nextafter(x[0], 9)
	return f
}

func (p panics) Hessian([]float64, *mat.SymDense) { panic("index out of range") }

func (p hessianConstant) Hessian(x []float64, h *mat.SymDense) {
	p.sound.Hessian(x, h)
	h.SetSym(0, 1, h.At(0, 1)*(1+1e-5))
}

func (hessianForgets) Hessian(_ []float64, h *mat.SymDense) {
	h.SetSym(0, 0, 10.25/3)
	h.SetSym(1, 1, 21.0/3)
}

func (productTransposed) HessianProduct(_, v, hv []float64) {
	hv[0], hv[1] = (10.25*v[0]-v[1])/3, (v[0]+21*v[1])/3
}

func (p residualScale) Residuals(x, r []float64) {
	p.sound.Residuals(x, r)
	for i := range r {
		r[i] *= math.Sqrt2
	}
}

func (p jacobianRow) Jacobian(x []float64, jac *mat.Dense) {
	p.sound.Jacobian(x, jac)
	jac.Set(1, 0, -jac.At(1, 0))
}

func (p batchSum) EvaluateOn(x, g []float64, b []int32) float64 {
	f := p.sound.EvaluateOn(x, g, b)
	for i := range g {
		g[i] *= float64(len(b))
	}
	return f * float64(len(b))
}
func (p batchSum) Evaluate(x, g []float64) float64 { return p.sound.Evaluate(x, g) }

func (p batchSet) EvaluateOn(x, g []float64, b []int32) float64 {
	b = slices.Clone(b)
	slices.Sort(b)
	return p.sound.EvaluateOn(x, g, slices.Compact(b))
}

func (p batchGradient) EvaluateOn(x, g []float64, b []int32) float64 {
	f := p.sound.EvaluateOn(x, g, b)
	for i := range g {
		for _, sample := range b {
			g[i] += float64(sample-1) / float64(len(b))
		}
	}
	return f
}

type shifted struct{ sound }

func (p shifted) Evaluate(x, g []float64) float64 { return p.sound.Evaluate(x, g) + 1 }
func (p forkOther) Fork() problems.Problem        { return shifted(p) }

// lasso adds |x₀| + |x₁|, with the threshold of its prox multiplied by factor.
type lasso struct {
	sound
	factor float64
}

func (lasso) Rest(x []float64) float64 { return math.Abs(x[0]) + math.Abs(x[1]) }
func (p lasso) Prox(dst, x []float64, t float64) {
	for i, v := range x {
		dst[i] = math.Copysign(math.Max(math.Abs(v)-p.factor*t, 0), v)
	}
}
func (p lasso) Facts() *problems.Facts { return &problems.Facts{Starts: p.facts.Starts} }

// with is the sound problem with changed facts.
func with(change func(*problems.Facts)) problems.Problem {
	p := newSound()
	change(p.facts)
	return p
}

func constant(name string, factor float64) problems.Problem {
	return with(func(f *problems.Facts) {
		c := f.Constants[name]
		c.Value *= factor
		f.Constants[name] = c
	})
}

func TestBrokenProblems(t *testing.T) {
	base := newSound()
	tests := []struct {
		name    string
		problem problems.Problem
		check   string // that must fail; "" for a problem that must pass
		message string
	}{
		{"sound", base, "", ""},
		{"sound composite", lasso{base, 1}, "", ""},
		{"gradient constant", gradientConstant{base}, "gradient", "differences"},
		{"gradient adds", gradientAdds{base}, "evaluation", "write every entry"},
		{"value alone", valueAlone{base}, "evaluation", "without the gradient"},
		{"changes x", touchesX{base}, "evaluation", "changes x"},
		{"panics", panics{base}, "Hessian", "index out of range"},
		{"Hessian constant", hessianConstant{base}, "Hessian", "differences"},
		{"Hessian entry forgotten", hessianForgets{base}, "Hessian", "every entry"},
		{"product sign", productTransposed{base}, "Hessian product", "entry 0"},
		{"residual scale", residualScale{base}, "residuals", "½‖r‖²"},
		{"Jacobian sign", jacobianRow{base}, "residuals", "Jᵀr"},
		{"batch sum", batchSum{base}, "batches", "average"},
		{"batch as a set", batchSet{base}, "batches", "samples"},
		{"batch gradient", batchGradient{base}, "batches", "over a batch"},
		{"fork", forkOther{base}, "fork", "fork evaluates"},
		{"prox threshold", lasso{base, 1.01}, "prox", "objective"},
		{"prox too weak", lasso{base, 0.99}, "prox", "objective"},
		{"start length", with(func(f *problems.Facts) { f.Starts[0].X = []float64{1} }), "starts", "coordinates"},
		{"start not finite", with(func(f *problems.Facts) { f.Starts[0].X = []float64{math.Inf(1), 0} }), "starts", "finite"},
		{"window", with(func(f *problems.Facts) { f.Window.X[0] = 2 }), "starts", "window"},
		{"minimizer", with(func(f *problems.Facts) { f.Minimum.Points[0][0] += 1e-3 }), "critical points", "global minimum"},
		{"minimizer length", with(func(f *problems.Facts) { f.Minimum.Points[0] = nil }), "critical points", "coordinates"},
		{"kind", with(func(f *problems.Facts) {
			f.Critical = []problems.Critical{{X: f.Minimum.Points[0], Kind: problems.Saddle}}
		}), "critical points", "stated to be a saddle"},
		{"mu of convexity", constant(problems.ConvexityMu, 1.01), "convexity", "tangent"},
		{"L too small", constant(problems.SmoothnessL, 0.999), "constants", "L is stated"},
		{"mu too large", constant(problems.ConvexityMu, 1.001), "constants", "mu is stated"},
		{"PL too large", constant(problems.PLConstant, 1.1), "constants", "PL is stated"},
		{"Lmax too small", constant(problems.LargestL, 0.9), "constants", "Lmax is stated"},
		{"sample not curved", with(func(f *problems.Facts) {
			f.Constants[problems.SampleMu] = problems.Constant{Value: 0.01, Scope: problems.Global}
		}), "constants", "mu_sample is stated"},
		{"f* too high", with(func(f *problems.Facts) { f.Minimum.Value += 1e-6; f.Minimum.Points = nil }), "minimum", "descent"},
		{"f* too low", with(func(f *problems.Facts) { f.Minimum.Value -= 1e-6; f.Minimum.Points = nil }), "minimum", "at least"},
		{"f* unlike its minimizer", with(func(f *problems.Facts) { f.Minimum.Value -= 1e-6 }), "minimum", "at the minimizer"},
		{"not convex", bowl{sign: -1}, "convexity", "stated to be convex"},
		{"Hessian moves", bowl{sign: 1, m: 0.5}, "constants", "M is stated"},
		{"Hessian moves as stated", bowl{sign: 1, m: 1}, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found := map[string]Result{}
			for _, r := range Problem("broken", test.problem, Options{Seed: 2}) {
				found[r.Check] = r
				if r.Conclusion == Failed && test.check == "" {
					t.Error(r)
				}
			}
			if test.check == "" {
				return
			}
			if r := found[test.check]; r.Conclusion != Failed || !strings.Contains(r.Message, test.message) {
				t.Errorf("found %v; expected the check to fail with %q", r, test.message)
			}
		})
	}
}

// bowl is sign·(1 − cos x): the Hessian's Lipschitz constant is 1.
type bowl struct{ sign, m float64 }

func (bowl) Dim() int { return 1 }
func (b bowl) Evaluate(x, g []float64) float64 {
	if g != nil {
		g[0] = b.sign * math.Sin(x[0])
	}
	return b.sign * (1 - math.Cos(x[0]))
}
func (b bowl) Facts() *problems.Facts {
	f := &problems.Facts{Convexity: problems.Nonconvex, Starts: []problems.Start{{Name: "standard", X: []float64{0.1}}}}
	if b.sign < 0 {
		f.Convexity = problems.Convex
	}
	if b.m != 0 {
		f.Constants = map[string]problems.Constant{problems.HessianM: {Value: b.m, Scope: problems.Global}}
	}
	return f
}

// blurred has a gradient that is wrong by design.
type blurred struct{ gradientConstant }

func (blurred) Approximate() bool { return true }

func TestApproximate(t *testing.T) {
	for _, r := range Problem("approximate", blurred{gradientConstant{newSound()}}, Options{}) {
		if r.Check == "gradient" && r.Conclusion != NotApplicable {
			t.Error(r)
		}
	}
}

// Differences must not cry wolf: kinks, domains, noise in the last digits, huge scales.
func TestNoFalseAlarm(t *testing.T) {
	for name, p := range map[string]problems.Problem{
		"kink at the start": scalar{0, func(x float64) (float64, float64) { return math.Max(x, 0), math.Max(0, math.Copysign(1, x-1e-300)) }},
		"logarithm":         scalar{1e-3, func(x float64) (float64, float64) { return -math.Log(x), -1 / x }},
		"exponential":       scalar{5, func(x float64) (float64, float64) { return math.Exp(3 * x * x), 6 * x * math.Exp(3*x*x) }},
		"cancellation":      scalar{1, func(x float64) (float64, float64) { return (1e9 + x*x) - 1e9, 2 * x }},
		"far away":          scalar{1e8, func(x float64) (float64, float64) { return math.Sin(x), math.Cos(x) }},
		"steps":             scalar{1, func(x float64) (float64, float64) { return math.Round(x*1e7) / 1e7, 1 }},
		"oscillating":       scalar{0.3, func(x float64) (float64, float64) { return math.Sin(1e4 * x), 1e4 * math.Cos(1e4*x) }},
	} {
		for _, r := range Problem(name, p, Options{Seed: 1, Points: 20}) {
			if r.Conclusion == Failed && r.Check == "gradient" {
				t.Error(r)
			}
		}
	}
}

// scalar is a function of one variable with its derivative.
type scalar struct {
	start float64
	f     func(x float64) (value, derivative float64)
}

func (scalar) Dim() int { return 1 }
func (s scalar) Evaluate(x, g []float64) float64 {
	v, d := s.f(x[0])
	if g != nil {
		g[0] = d
	}
	return v
}
func (s scalar) Facts() *problems.Facts {
	return &problems.Facts{Starts: []problems.Start{{Name: "standard", X: []float64{s.start}}}}
}

func TestUnknownName(t *testing.T) {
	for _, name := range []string{"rosenbrok", "{name: rosenbrock, dmi: 3}", "{", ""} {
		if _, err := Run([]string{name}, Options{}); err == nil {
			t.Errorf("%q: no error", name)
		}
	}
	report, err := Run([]string{"{name: rosenbrock, dim: 3}"}, Options{})
	if err != nil || len(report.Failures()) > 0 || len(report.Results) != len(checks) {
		t.Errorf("found %v, %v", report, err)
	}
}
