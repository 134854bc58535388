package wrappers

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// linear is an invertible n×n matrix M that multiplies in place.
type linear interface {
	apply(x []float64)     // x ← Mx
	transpose(x []float64) // x ← Mᵀx
	inverse(x []float64)   // x ← M⁻¹x
}

// affine is g(x) = f(M(x − c)), the function in other variables.
type affine struct {
	around

	matrix linear    // M; nil: the identity
	centre []float64 // c; nil: the origin
	facts  *problems.Facts

	y, v   []float64 // scratch: M(x − c), and a direction
	square *mat.Dense
}

// settle makes room once matrix and centre are known, and carries the facts over.
func (a *affine) settle(least, greatest float64) {
	a.makeRoom()
	a.facts = a.carry(problems.FactsOf(a.Of), least, greatest)
}

func (a *affine) makeRoom() {
	n := a.Of.Dim()
	a.y, a.v, a.square = make([]float64, n), make([]float64, n), nil
}

func (a *affine) fork() affine {
	fork := *a
	fork.valued = a.forked()
	fork.makeRoom()
	return fork
}

// Facts are those of the wrapped problem, in the new variables.
func (a *affine) Facts() *problems.Facts { return a.facts }

// Shapes are those of the wrapped problem, unless M mixes the entries of its blocks.
func (a *affine) Shapes() []problems.Block {
	if _, diagonal := a.matrix.(factors); a.matrix != nil && !diagonal {
		return nil
	}
	return a.valued.Shapes()
}

// to writes M(x − c) into y.
func (a *affine) to(y, x []float64) {
	copy(y, x)
	if a.centre != nil {
		vec.AddScaled(y, y, -1, a.centre)
	}
	if a.matrix != nil {
		a.matrix.apply(y)
	}
}

// from writes M⁻¹y + c into x.
func (a *affine) from(x, y []float64) {
	copy(x, y)
	if a.matrix != nil {
		a.matrix.inverse(x)
	}
	if a.centre != nil {
		vec.AddScaled(x, x, 1, a.centre)
	}
}

// back turns a gradient in y into one in x.
func (a *affine) back(grad []float64) {
	if grad != nil && a.matrix != nil {
		a.matrix.transpose(grad)
	}
}

// Evaluate returns g(x) and Mᵀ∇f.
func (a *affine) Evaluate(x, grad []float64) float64 {
	a.to(a.y, x)
	f := a.Of.Evaluate(a.y, grad)
	a.back(grad)
	return f
}

// EvaluateOn is the same on a batch.
func (a *affine) EvaluateOn(x, grad []float64, batch []int32) float64 {
	a.to(a.y, x)
	f := a.sum.EvaluateOn(a.y, grad, batch)
	a.back(grad)
	return f
}

// HessianProduct is Mᵀ∇²f·Mv.
func (a *affine) HessianProduct(x, v, hv []float64) {
	a.to(a.y, x)
	copy(a.v, v)
	if a.matrix != nil {
		a.matrix.apply(a.v)
	}
	a.products.HessianProduct(a.y, a.v, hv)
	a.back(hv)
}

// Hessian is Mᵀ∇²f·M.
func (a *affine) Hessian(x []float64, h *mat.SymDense) {
	a.to(a.y, x)
	a.hessian.Hessian(a.y, h)
	if a.matrix == nil {
		return
	}
	n := len(x)
	if a.square == nil {
		a.square = mat.NewDense(n, n, nil)
	}
	a.square.Copy(h)
	for i := range n {
		a.matrix.transpose(a.square.RawRowView(i)) // the rows of H become those of HM
	}
	for j := range n {
		mat.Col(a.v, j, a.square)
		a.matrix.transpose(a.v)
		for i := range j + 1 {
			h.SetSym(i, j, a.v[i])
		}
	}
}

// Residuals are those of the wrapped problem.
func (a *affine) Residuals(x, r []float64) {
	a.to(a.y, x)
	a.residuals.Residuals(a.y, r)
}

// Jacobian is J·M.
func (a *affine) Jacobian(x []float64, jac *mat.Dense) {
	a.to(a.y, x)
	a.residuals.Jacobian(a.y, jac)
	if a.matrix == nil {
		return
	}
	for i := range a.residuals.ResidualCount() {
		a.matrix.transpose(jac.RawRowView(i))
	}
}

// Rest is the part that is not smooth.
func (a *affine) Rest(x []float64) float64 {
	a.to(a.y, x)
	return a.composite.Rest(a.y)
}

// Prox is that of the wrapped problem, in the new variables; it holds where M keeps
// distances.
func (a *affine) Prox(dst, x []float64, t float64) {
	a.to(a.y, x)
	a.composite.Prox(a.y, a.y, t)
	a.from(dst, a.y)
}

// Diagnostics are those of the wrapped problem.
func (a *affine) Diagnostics(x, into []float64) {
	a.to(a.y, x)
	a.diagnostics.Diagnostics(a.y, into)
}
