package problems

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/vec"
)

// NeedHessian is the error of a method that calls Hessian, nil where there is one and room
// for it.
func (o *Oracle) NeedHessian() error {
	if err := o.Need(NeedsHessian); err != nil {
		return err
	}
	return o.NeedDense(o.Dim())
}

// NeedDense is the error of a method that keeps dense matrices of so many rows and n
// columns, nil where such a one has room. A method asks before it makes any.
func (o *Oracle) NeedDense(rows int) error {
	if err := limit.Matrix(rows, o.Dim()); err != nil {
		return &Missing{What: fmt.Sprintf("memory for %v", err)}
	}
	o.dense = float64(rows) * float64(o.Dim())
	if o.options.Trial {
		return &Missing{What: "memory for a matrix, which a trial run does not have"}
	}
	return nil
}

// admitSamples refuses second derivatives that must not be asked for.
func (o *Oracle) admitSamples() {
	if o.watch != nil {
		o.watch.refuse(0, 0, o.samples)
	}
}

// Dense is the number of entries of the matrix that a method asked room for and may have.
func (o *Oracle) Dense() float64 { return o.dense }

// NeedHessianProduct is the error of a method that calls HessianProduct, nil where there
// is one.
func (o *Oracle) NeedHessianProduct() error { return o.Need(NeedsHessianProduct) }

// Hessian writes ∇²f(x) into h. Products with it follow: HessianProduct is free at x until the
// Hessian is asked for elsewhere.
func (o *Oracle) Hessian(x []float64, h *mat.SymDense) error {
	p, ok := As[Hessian](o.problem)
	if !ok || o.Batched() {
		return o.lacks(NeedsHessian)
	}
	o.admitSamples()
	o.counts.Hessians++
	o.counts.Samples += o.samples
	o.curved = append(o.curved[:0], x...)
	p.Hessian(x, h)
	return nil
}

// HessianProduct writes ∇²f(x)·v into hv. Where the last Hessian was that at x, it is not charged.
func (o *Oracle) HessianProduct(x, v, hv []float64) error {
	p, ok := As[HessianProduct](o.problem)
	if !ok || o.Batched() {
		return o.lacks(NeedsHessianProduct)
	}
	if !vec.SameBits(o.curved, x) {
		o.admitSamples()
		o.counts.HessianProducts++
		o.counts.Samples += o.samples
	}
	p.HessianProduct(x, v, hv)
	return nil
}

// Quadratic reports whether f is known to be a quadratic with exact Hessian products.
func (o *Oracle) Quadratic() bool {
	p, ok := As[Quadratic](o.problem)
	return ok && !o.Batched() && p.Quadratic()
}

// ResidualCount is the number m of residuals, an error where f is not ½‖r‖².
func (o *Oracle) ResidualCount() (int, error) {
	p, ok := As[Residuals](o.problem)
	if !ok || o.Batched() {
		return 0, o.lacks(NeedsResiduals)
	}
	return p.ResidualCount(), nil
}

// Residuals writes r(x) into r, and the m×n Jacobian into jac unless that is nil. Since
// f = ½‖r‖² and ∇f = Jᵀr, all of them at one point are one evaluation, in whatever order a method
// asks: r is charged as the value, and J as the gradient, unless these have just been charged at x,
// and f and ∇f at x are free afterwards.
func (o *Oracle) Residuals(x, r []float64, jac *mat.Dense) error {
	p, ok := As[Residuals](o.problem)
	if !ok || o.Batched() {
		return o.lacks(NeedsResiduals)
	}
	m := o.recall(x)
	valued, graded := m != nil && m.valued, m != nil && m.graded
	if jac != nil && !graded {
		o.admit(o.values, 1)
		o.pending++
		graded = true
	}
	switch {
	case valued:
	case graded:
		o.chargeBeside()
	default:
		o.chargeValue()
	}
	p.Residuals(x, r)
	if m == nil {
		m = o.remember(x, float64(vec.Dot(r, r)/2))
	}
	m.valued, m.graded, m.residuals = true, graded, true
	if jac != nil {
		m.jacobian = true
		p.Jacobian(x, jac)
	}
	return nil
}
