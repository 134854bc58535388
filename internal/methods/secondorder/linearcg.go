package secondorder

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// LinearCG is the conjugate gradient method for quadratics ½xᵀAx − bᵀx with A positive
// definite (Hestenes & Stiefel 1952, doi:10.6028/jres.049.044). With r = ∇f(x), p = −r:
//
//	t = rᵀr/pᵀAp,  x ← x + t·p,  r₊ = r + t·Ap,  p ← −r₊ + (r₊ᵀr₊/rᵀr)·p.
//
// In exact arithmetic it ends after as many steps as A has distinct eigenvalues. A step
// costs one Hessian product; the gradient is evaluated once, at the start. The recursive
// r drifts from ∇f(x) by rounding, and is not shown as the gradient.
type LinearCG struct {
	oracle   *methods.Oracle
	r, p, ap []float64
	rr       float64
	begun    bool
}

var _ methods.Method = (*LinearCG)(nil)

func init() {
	methods.Register("linear-cg", methods.Info{
		Summary: "linear conjugate gradient method, for quadratics",
		Formula: "t = rᵀr/pᵀAp, x ← x + t·p, r₊ = r + t·Ap, p ← −r₊ + (r₊ᵀr₊/rᵀr)·p",
		Source:  "Hestenes & Stiefel 1952, Methods of conjugate gradients for solving linear systems, J. Res. NBS 49:409–436",
		DOI:     "10.6028/jres.049.044",
		Family:  "conjugate gradient",
	}, func() methods.Method { return new(LinearCG) })
}

// Needs a quadratic.
func (*LinearCG) Needs() []problems.Need { return []problems.Need{problems.NeedsQuadratic} }

// Init makes room for the residual and the direction.
func (m *LinearCG) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.Need(m.Needs()...); err != nil {
		return err
	}
	n := len(at.X)
	m.oracle, m.begun = o, false
	m.r, m.p, m.ap = make([]float64, n), make([]float64, n), make([]float64, n)
	return nil
}

// begin takes the gradient as the first residual.
func (m *LinearCG) begin(at *methods.Iterate) {
	m.begun = true
	m.oracle.GradientAt(&at.Point)
	copy(m.r, at.Grad)
	vec.AddScaled(m.p, m.p, -1, m.r)
	m.rr = vec.Dot(m.r, m.r)
}

// Step minimizes f along p.
func (m *LinearCG) Step(at *methods.Iterate) error {
	if !m.begun {
		m.begin(at)
	}
	if m.rr == 0 {
		return methods.Stalled("the residual is zero: this is the minimizer")
	}
	if err := m.oracle.HessianProduct(at.X, m.p, m.ap); err != nil {
		return err
	}
	curvature := vec.Dot(m.p, m.ap)
	if !(curvature > 0) {
		return methods.Stalled("pᵀAp = %g along the conjugate direction; the matrix must be positive definite", curvature)
	}
	t := m.rr / curvature
	vec.AddScaled(at.X, at.X, t, m.p)
	vec.AddScaled(m.r, m.r, t, m.ap)
	before := m.rr
	m.rr = vec.Dot(m.r, m.r)
	for i, r := range m.r {
		m.p[i] = float64(m.rr/before*m.p[i]) - r
	}
	at.HasF, at.HasGrad = false, false
	at.Length, at.Slope, at.Trials = t, -t*before, 0
	return nil
}

// Units are those of x.
func (*LinearCG) Units() methods.Units { return methods.NaturalUnits }
