package peers

import (
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/optimize"
)

// The peers have the parameters that gonum gives them by default, written out where
// gonum sets them only in optimize.Minimize.

// GradientDescent is optimize.GradientDescent: −∇f with Armijo backtracking from a step
// by quadratic interpolation.
type GradientDescent struct{ peer }

// CG is optimize.CG: nonlinear conjugate gradients after Hestenes and Stiefel, with
// Moré–Thuente's line search and restarts.
type CG struct{ peer }

// BFGS is optimize.BFGS, with its line search by bisection.
type BFGS struct{ peer }

// LBFGS is optimize.LBFGS, with its line search by bisection.
type LBFGS struct {
	Memory int `param:"memory" default:"15" range:"[1,1000]" doc:"pairs of steps and gradient differences that are kept"`

	peer
}

// Newton is optimize.Newton: Newton's direction with multiples of the identity added until
// the Hessian is positive definite, and a line search by bisection.
type Newton struct{ peer }

var (
	_ methods.Method = (*GradientDescent)(nil)
	_ methods.Method = (*CG)(nil)
	_ methods.Method = (*BFGS)(nil)
	_ methods.Method = (*LBFGS)(nil)
	_ methods.Method = (*Newton)(nil)

	_ methods.Inexact = (*peer)(nil)
)

func init() {
	register := func(name, what, formula string, new func() methods.Method) {
		methods.Register(name, methods.Info{
			Summary: "peer: " + what + " of gonum/optimize",
			Formula: formula,
			Source:  "gonum.org/v1/gonum/optimize v0.17.0, after Nocedal & Wright 2006, Numerical optimization",
			DOI:     "10.1007/978-0-387-40065-5",
			Family:  "peers",
		}, new)
	}
	register("gonum-gradient-descent", "gradient descent", "Δx = −∇f(x), t by Armijo backtracking",
		func() methods.Method { return new(GradientDescent) })
	register("gonum-cg", "nonlinear conjugate gradients", "Δx = −∇f(x) + β·Δx₋, β by Hestenes–Stiefel, t by Moré–Thuente",
		func() methods.Method { return new(CG) })
	register("gonum-bfgs", "BFGS", "Δx = −H∇f(x), H by the BFGS update, t by bisection",
		func() methods.Method { return new(BFGS) })
	register("gonum-lbfgs", "L-BFGS", "Δx = −H∇f(x), H by the last BFGS updates, t by bisection",
		func() methods.Method { return new(LBFGS) })
	register("gonum-newton", "Newton's method", "Δx = −(∇²f(x) + τI)⁻¹∇f(x), t by bisection",
		func() methods.Method { return new(Newton) })
}

// Init evaluates f and ∇f at the start.
func (m *GradientDescent) Init(o *methods.Oracle, at *methods.Iterate) error {
	return m.begin(o, at, &optimize.GradientDescent{StepSizer: &optimize.QuadraticStepSize{}}, &optimize.Backtracking{}, false)
}

// Init evaluates f and ∇f at the start.
func (m *CG) Init(o *methods.Oracle, at *methods.Iterate) error {
	return m.begin(o, at, &optimize.CG{
		Variant:                &optimize.HestenesStiefel{},
		InitialStep:            &optimize.FirstOrderStepSize{},
		IterationRestartFactor: 6,
		AngleRestartThreshold:  -0.9,
	}, &optimize.MoreThuente{CurvatureFactor: 0.1}, false)
}

// Init evaluates f and ∇f at the start.
func (m *BFGS) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.NeedDense(o.Dim()); err != nil {
		return err
	}
	return m.begin(o, at, &optimize.BFGS{}, &optimize.Bisection{}, false)
}

// Init evaluates f and ∇f at the start.
func (m *LBFGS) Init(o *methods.Oracle, at *methods.Iterate) error {
	return m.begin(o, at, &optimize.LBFGS{Store: m.Memory}, &optimize.Bisection{}, false)
}

// Needs ∇²f.
func (*Newton) Needs() []problems.Need { return []problems.Need{problems.NeedsHessian} }

// Init evaluates f, ∇f and ∇²f at the start.
func (m *Newton) Init(o *methods.Oracle, at *methods.Iterate) error {
	return m.begin(o, at, &optimize.Newton{Increase: 5}, &optimize.Bisection{}, true)
}
