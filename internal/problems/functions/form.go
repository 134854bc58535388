package functions

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// form is the quadratic f(x) = ½yᵀAy − bᵀy + c with y = x − centre. A centred form keeps
// every digit of the gap near its minimizer, where ½xᵀAx − bᵀx + c would cancel.
type form struct {
	n       int
	matrix  symmetric
	linear  []float64 // b; nil: zero
	offset  float64   // c
	centre  []float64 // nil: the origin
	scratch []float64 // y, where there is a centre
}

// fork shares everything but the scratch.
func (q form) fork() form {
	if q.centre != nil {
		q.scratch = make([]float64, q.n)
	}
	return q
}

// Dim is the number n of variables.
func (q *form) Dim() int { return q.n }

// Evaluate returns f(x) and writes Ay − b into grad unless that is nil.
func (q *form) Evaluate(x, grad []float64) float64 {
	if q.centre != nil {
		vec.AddScaled(q.scratch, x, -1, q.centre)
		x = q.scratch
	}
	f := float64(q.matrix.product(x, grad)/2) + q.offset
	if q.linear == nil {
		return f
	}
	for i := range grad {
		grad[i] -= q.linear[i]
	}
	return f - vec.Dot(q.linear, x)
}

// Hessian writes A into h.
func (q *form) Hessian(_ []float64, h *mat.SymDense) {
	for i := range q.n {
		for j := i; j < q.n; j++ {
			h.SetSym(i, j, q.matrix.entry(i, j))
		}
	}
}

// HessianProduct writes Av into hv.
func (q *form) HessianProduct(_, v, hv []float64) { q.matrix.product(v, hv) }

// Quadratic says that f is one, so that exact line searches have a closed form.
func (q *form) Quadratic() bool { return true }

// facts are those of a form whose eigenvalues reach from mu to smoothness.
func (q *form) facts(mu, smoothness float64, source string) problems.Facts {
	f := convexFacts(mu, smoothness, source)
	largest := q.matrix.entry(0, 0)
	for i := range q.n {
		largest = max(largest, q.matrix.entry(i, i))
	}
	f.Constants[problems.LargestL] = problems.Constant{Value: largest, Scope: problems.Global, Source: "largest entry of the diagonal: of one coordinate"}
	return f
}
