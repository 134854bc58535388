package wrappers

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// valued forwards what does not need second derivatives to the wrapped problem.
type valued struct {
	Of problems.Problem `param:"of" doc:"the problem to wrap"`

	hessian     problems.Hessian
	products    problems.HessianProduct
	residuals   problems.Residuals
	sum         problems.FiniteSum
	composite   problems.Composite
	diagnostics problems.Diagnostics
}

var (
	_ problems.Wrapper     = (*valued)(nil)
	_ problems.Describer   = (*valued)(nil)
	_ problems.Noisy       = (*valued)(nil)
	_ problems.Approximate = (*valued)(nil)
	_ problems.FiniteSum   = (*valued)(nil)
	_ problems.Composite   = (*valued)(nil)
	_ problems.Diagnostics = (*valued)(nil)
	_ problems.Rising      = (*valued)(nil)
	_ problems.Smoothness  = (*valued)(nil)
	_ problems.Shapes      = (*valued)(nil)
	_ problems.Drawn       = (*valued)(nil)
	_ problems.Divided     = (*valued)(nil)
	_ problems.Hessian     = (*around)(nil)
	_ problems.Quadratic   = (*around)(nil)
	_ problems.Residuals   = (*around)(nil)
)

// Build builds the wrapped problem.
func (v *valued) Build(env problems.Env) error {
	if b, ok := v.Of.(problems.Builder); ok {
		if err := b.Build(env); err != nil {
			return err
		}
	}
	v.connect()
	return nil
}

// connect finds out once what the wrapped problem offers.
func (v *valued) connect() {
	v.hessian, _ = problems.As[problems.Hessian](v.Of)
	v.products, _ = problems.As[problems.HessianProduct](v.Of)
	v.residuals, _ = problems.As[problems.Residuals](v.Of)
	v.sum, _ = problems.As[problems.FiniteSum](v.Of)
	v.composite, _ = problems.As[problems.Composite](v.Of)
	v.diagnostics, _ = problems.As[problems.Diagnostics](v.Of)
}

// forked is the same around a fork of the wrapped problem.
func (v *valued) forked() valued {
	fork := valued{Of: v.Of}
	if f, ok := v.Of.(problems.Forker); ok {
		fork.Of = f.Fork()
	}
	fork.connect()
	return fork
}

// Inner is the wrapped problem.
func (v *valued) Inner() problems.Problem { return v.Of }

// Dim is the number n of variables.
func (v *valued) Dim() int { return v.Of.Dim() }

// Facts are those of the wrapped problem.
func (v *valued) Facts() *problems.Facts { return problems.FactsOf(v.Of) }

// Noise is that of the wrapped problem, known before it is built.
func (v *valued) Noise() problems.Noise { return problems.NoiseOf(v.Of) }

// Approximate reports whether the gradient of the wrapped problem is an approximation.
func (v *valued) Approximate() bool {
	a, ok := v.Of.(problems.Approximate)
	return ok && a.Approximate()
}

// Evaluate returns f(x) and its gradient.
func (v *valued) Evaluate(x, grad []float64) float64 { return v.Of.Evaluate(x, grad) }

// Samples is the number of terms of the sum.
func (v *valued) Samples() int { return v.sum.Samples() }

// EvaluateOn is the mean over the batch, with its gradient.
func (v *valued) EvaluateOn(x, grad []float64, batch []int32) float64 {
	return v.sum.EvaluateOn(x, grad, batch)
}

// Rest is the part that is not smooth.
func (v *valued) Rest(x []float64) float64 { return v.composite.Rest(x) }

// Prox is the proximal operator of Rest.
func (v *valued) Prox(dst, x []float64, t float64) { v.composite.Prox(dst, x, t) }

// TwiceDifferentiable is that of the wrapped problem.
func (v *valued) TwiceDifferentiable() bool {
	s, ok := problems.As[problems.Smoothness](v.Of)
	return !ok || s.TwiceDifferentiable()
}

// Shapes are those of the wrapped problem.
func (v *valued) Shapes() []problems.Block {
	if s, ok := problems.As[problems.Shapes](v.Of); ok {
		return s.Shapes()
	}
	return nil
}

// DrawsStart reports whether the wrapped problem draws a start.
func (v *valued) DrawsStart(name string) bool {
	d, ok := problems.As[problems.Drawn](v.Of)
	return ok && d.DrawsStart(name)
}

// DividedBy is what numbers the divisions of the wrapped problem.
func (v *valued) DividedBy() (parameter string, number int) {
	if d, ok := v.Of.(problems.Divided); ok {
		if parameter, number = d.DividedBy(); parameter != "" {
			parameter = "of." + parameter
		}
	}
	return parameter, number
}

// DiagnosticNames are those of the wrapped problem.
func (v *valued) DiagnosticNames() []string { return v.diagnostics.DiagnosticNames() }

// RisingDiagnostics are those of the wrapped problem.
func (v *valued) RisingDiagnostics() []string {
	if rising, ok := problems.As[problems.Rising](v.Of); ok {
		return rising.RisingDiagnostics()
	}
	return nil
}

// Diagnostics are those of the wrapped problem.
func (v *valued) Diagnostics(x, into []float64) { v.diagnostics.Diagnostics(x, into) }

// around forwards everything. Wrappers embed it and replace what they change.
type around struct{ valued }

// Hessian writes ∇²f(x) into h.
func (a *around) Hessian(x []float64, h *mat.SymDense) { a.hessian.Hessian(x, h) }

// HessianProduct writes ∇²f(x)·v into hv.
func (a *around) HessianProduct(x, v, hv []float64) { a.products.HessianProduct(x, v, hv) }

// Quadratic reports whether the wrapped problem is one; no wrapper changes that.
func (a *around) Quadratic() bool {
	q, ok := problems.As[problems.Quadratic](a.Of)
	return ok && q.Quadratic()
}

// ResidualCount is the number m of residuals.
func (a *around) ResidualCount() int { return a.residuals.ResidualCount() }

// Residuals writes r(x).
func (a *around) Residuals(x, r []float64) { a.residuals.Residuals(x, r) }

// Jacobian writes the m×n matrix ∂rᵢ/∂xⱼ.
func (a *around) Jacobian(x []float64, jac *mat.Dense) { a.residuals.Jacobian(x, jac) }
