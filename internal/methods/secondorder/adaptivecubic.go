package secondorder

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// AdaptiveCubic is adaptive cubic regularization, ARC (Cartis, Gould & Toint 2011,
// doi:10.1007/s10107-009-0286-5, algorithm 2.1), with the global minimizer of the model and the
// parameters of their experiments:
//
//	s = argmin gᵀs + ½sᵀHs + (σ/3)‖s‖³,  ρ = (f(x) − f(x+s))/−(gᵀs + ½sᵀHs + (σ/3)‖s‖³),
//	x ← x + s where ρ ≥ 0.1;  σ ← min(σ, ‖∇f‖) where ρ > 0.9, 2σ where ρ < 0.1.
//
// It needs no Lipschitz constant of the Hessian. A step that is refused leaves x, and costs a value.
type AdaptiveCubic struct {
	Sigma float64 `param:"sigma" default:"1" range:"(0,)" doc:"first weight σ of the cubic term"`

	oracle  *methods.Oracle
	model   cubicModel
	s, next []float64
	hs      []float64
	sigma   float64
	known   bool // the model is that of the iterate
}

var _ methods.Method = (*AdaptiveCubic)(nil)

// Least weight of the cubic term: that of rounding.
const leastSigma = 1e-16

func init() {
	methods.Register("adaptive-cubic", methods.Info{
		Summary: "ARC: cubic regularization whose weight adapts to how well the model predicts",
		Formula: "x ← x + argmin_s gᵀs + ½sᵀHs + (σ/3)‖s‖³ where ρ ≥ 0.1; σ ← min(σ, ‖g‖) where ρ > 0.9, 2σ where ρ < 0.1",
		Source:  "Cartis, Gould & Toint 2011, Adaptive cubic regularisation methods for unconstrained optimization. Part I, Math. Program. 127:245–295, algorithm 2.1",
		DOI:     "10.1007/s10107-009-0286-5",
		Aliases: []string{"arc"},
		Family:  "newton",
	}, func() methods.Method { return new(AdaptiveCubic) })
}

// Needs ∇²f.
func (*AdaptiveCubic) Needs() []problems.Need { return []problems.Need{problems.NeedsHessian} }

// Init makes room for the model.
func (m *AdaptiveCubic) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.NeedHessian(); err != nil {
		return err
	}
	n := len(at.X)
	m.oracle, m.sigma, m.known = o, m.Sigma, false
	m.model = newCubicModel(n)
	m.s, m.next, m.hs = make([]float64, n), make([]float64, n), make([]float64, n)
	return nil
}

// Step tries the minimizer of the model.
func (m *AdaptiveCubic) Step(at *methods.Iterate) error {
	if err := m.look(at); err != nil {
		return err
	}
	m.model.m = 2 * m.sigma
	if err := m.model.minimize(at.Grad, m.s); err != nil {
		return err
	}
	promised := m.promised(at.Grad)
	vec.AddScaled(m.next, at.X, 1, m.s)
	f := m.oracle.Value(m.next)
	rho := (at.F - f) / promised
	at.Trials, at.Length, at.Slope = 1, 0, 0
	if !(rho >= 0.1) {
		if vec.SameBits(m.next, at.X) {
			return methods.Stalled("the step is shorter than rounding")
		}
		m.sigma *= 2
		return nil
	}
	at.Length, at.Slope = math.NaN(), vec.Dot(at.Grad, m.s)
	if rho > 0.9 {
		m.sigma = math.Max(math.Min(m.sigma, vec.Norm(at.Grad)), leastSigma)
	}
	copy(at.X, m.next)
	at.F, at.HasF, at.HasGrad, m.known = f, true, false, false
	return nil
}

// look finds value, gradient and Hessian at a new iterate.
func (m *AdaptiveCubic) look(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	if m.known {
		return nil
	}
	if !at.HasF {
		at.F, at.HasF = m.oracle.Value(at.X), true
	}
	m.known = true
	return m.oracle.Hessian(at.X, m.model.h)
}

// promised is the decrease by the model.
func (m *AdaptiveCubic) promised(g []float64) float64 {
	linalg.Product(m.hs, m.model.h, m.s)
	norm := vec.Norm(m.s)
	return -(vec.Dot(g, m.s) + float64(vec.Dot(m.s, m.hs)/2) + float64(m.sigma*norm*norm*norm)/3)
}

// Units do not exist: σ is a number.
func (*AdaptiveCubic) Units() methods.Units {
	return methods.Units{Value: methods.Never, Variables: methods.Never}
}
