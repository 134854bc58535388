package secondorder

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// TrustRegion minimizes the quadratic model m(s) = gᵀs + ½sᵀHs within ‖s‖ ≤ Δ, about, and
// goes there if f has decreased by more than eta of what the model promised (Nocedal &
// Wright 2006, algorithm 4.1, doi:10.1007/978-0-387-40065-5). With ρ the ratio of the two:
//
//	Δ₊ = ‖s‖/4 if ρ < 1/4;  min(2Δ, max_radius) if ρ > 3/4 and ‖s‖ = Δ;  otherwise Δ.
//
// The subproblem is solved by Steihaug–Toint's conjugate gradients, on Hessian products,
// or along Powell's dogleg, on the Hessian. One iteration evaluates f and ∇f once,
// together, and leaves x where it was if the step is refused. Differences of f below
// 10 ε|f| are rounding, and count for the model.
type TrustRegion struct {
	Subproblem string  `param:"subproblem" default:"steihaug" oneof:"steihaug dogleg" doc:"how the model is minimized"`
	Radius     float64 `param:"radius" default:"1" range:"(0,)" doc:"initial radius Δ"`
	MaxRadius  float64 `param:"max_radius" default:"1000" range:"(0,)" doc:"largest radius Δ"`
	Eta        float64 `param:"eta" default:"0.1" range:"[0,0.25)" doc:"smallest ratio of actual to predicted decrease at which a step is accepted"`

	oracle *methods.Oracle
	solver subproblem
	radius float64
	s      []float64
	trial  methods.Point
}

// subproblem minimizes the model at x, about, within a radius.
type subproblem interface {
	begin(o *methods.Oracle) error
	// solve writes s and returns the promised decrease −m(s), and whether ‖s‖ = radius.
	solve(x, g []float64, radius float64, s []float64) (decrease float64, boundary bool, err error)
}

var _ methods.Method = (*TrustRegion)(nil)

func init() {
	methods.Register("trust-region", methods.Info{
		Summary: "trust-region Newton method, by Steihaug–Toint or dogleg",
		Formula: "s ≈ argmin gᵀs + ½sᵀHs over ‖s‖ ≤ Δ, x ← x + s if (f(x) − f(x+s))/(m(0) − m(s)) > eta",
		Source:  "Nocedal & Wright 2006, Numerical optimization, algorithms 4.1 and 7.2; Steihaug 1983, SIAM J. Numer. Anal. 20(3):626–637",
		DOI:     "10.1007/978-0-387-40065-5",
		Family:  "newton",
	}, func() methods.Method { return new(TrustRegion) })
}

// Needs ∇²f, or products with it.
func (m *TrustRegion) Needs() []problems.Need {
	if m.Subproblem == "dogleg" {
		return []problems.Need{problems.NeedsHessian}
	}
	return []problems.Need{problems.NeedsHessianProduct}
}

// Init makes room for the trial point.
func (m *TrustRegion) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.solver = new(steihaug)
	if m.Subproblem == "dogleg" {
		m.solver = new(dogleg)
	}
	if err := m.solver.begin(o); err != nil {
		return err
	}
	n := len(at.X)
	m.oracle = o
	m.radius = min(m.Radius, m.MaxRadius)
	m.s = make([]float64, n)
	m.trial = methods.Point{X: make([]float64, n), Grad: make([]float64, n), HasF: true, HasGrad: true}
	return nil
}

// Step tries one step.
func (m *TrustRegion) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	if !at.HasF {
		at.F, at.HasF = m.oracle.Value(at.X), true // beside the gradient
	}
	promised, boundary, err := m.solver.solve(at.X, at.Grad, m.radius, m.s)
	if err != nil {
		return err
	}
	if !(promised > 0) {
		return methods.Stalled("the quadratic model promises no decrease (%g) with a gradient norm of %g", promised, vec.Norm(at.Grad))
	}
	vec.AddScaled(m.trial.X, at.X, 1, m.s)
	if slices.Equal(m.trial.X, at.X) {
		return methods.Stalled("a step of length %g, in a region of radius %g, is lost in rounding", vec.Norm(m.s), m.radius)
	}
	m.trial.F = m.oracle.Evaluate(m.trial.X, m.trial.Grad)
	rounding := float64(10 * 0x1p-52 * math.Abs(at.F))
	ratio := (at.F - m.trial.F + rounding) / (promised + rounding)
	m.resize(ratio, boundary)
	at.Length, at.Slope, at.Trials = math.NaN(), 0, 1
	if ratio > m.Eta {
		at.Slope = vec.Dot(at.Grad, m.s)
		at.Point, m.trial = m.trial, at.Point
	}
	return nil
}

// resize chooses the next radius. A ratio that is NaN shrinks it.
func (m *TrustRegion) resize(ratio float64, boundary bool) {
	switch {
	case !(ratio >= 0.25):
		m.radius = vec.Norm(m.s) / 4
	case ratio > 0.75 && boundary:
		m.radius = min(2*m.radius, m.MaxRadius)
	}
}

// toBoundary is the τ ≥ 0 with ‖z + τd‖ = radius, for ‖z‖ ≤ radius and zᵀd ≥ 0.
func toBoundary(z, d []float64, radius float64) float64 {
	a, b := vec.Dot(d, d), vec.Dot(z, d)
	c := max(0, float64(radius*radius)-vec.Dot(z, z))
	return c / (b + math.Sqrt(float64(b*b)+float64(a*c)))
}

// Units of x matter, as the radius is a number; those of f, where the tolerance of the inner
// system compares ‖∇f‖ with 1.
func (m *TrustRegion) Units() methods.Units {
	u := methods.Units{Variables: methods.Never}
	if m.Subproblem == "steihaug" {
		u.Value = methods.Never
	}
	return u
}
