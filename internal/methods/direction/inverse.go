package direction

import (
	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// inverse is a dense approximation H of the inverse Hessian, in O(n²) memory, that the
// quasi-Newton directions update by their formula so that Hy = s:
//
//	Δx = −H∇f(x)
//
// H starts as the identity. Where −H∇f would not descend, H starts again.
type inverse struct {
	pair secant.Pair
	n    int
	h    []float64 // n×n, symmetric, by rows
	hy   []float64
	old  bool // updated since it was the identity
}

// formula is what makes a quasi-Newton direction: the update of H by the pair, with Hy
// at hand.
type formula interface{ update(q *inverse) }

func (q *inverse) init(o *methods.Oracle) error {
	if err := o.NeedDense(o.Dim()); err != nil {
		return err
	}
	n := o.Dim()
	q.pair.Init(o)
	q.n, q.h, q.hy = n, make([]float64, n*n), make([]float64, n)
	q.identity()
	return nil
}

func (q *inverse) identity() {
	clear(q.h)
	for i := range q.n {
		q.h[i*q.n+i] = 1
	}
	q.old = false
}

func (q *inverse) direction(by formula, at *methods.Iterate, d []float64) {
	if q.pair.Update(at) {
		q.apply(q.hy, q.pair.Y)
		by.update(q)
	}
	q.apply(d, at.Grad)
	vec.Scale(-1, d)
	if !(vec.Dot(at.Grad, d) < 0) {
		q.identity()
		negate(d, at.Grad)
	}
}

// apply writes Hv into hv.
func (q *inverse) apply(hv, v []float64) {
	for i := range hv {
		hv[i] = vec.Dot(q.h[i*q.n:(i+1)*q.n], v)
	}
}

// scale makes H = (sᵀy/yᵀy)I of the identity, before its first update: the size of the
// inverse Hessian along s (Nocedal & Wright 2006, formula 6.20).
func (q *inverse) scale() {
	if q.old {
		return
	}
	γ := q.pair.SY / q.pair.YY
	vec.Scale(γ, q.h)
	vec.Scale(γ, q.hy)
}

// add is H += c·(uvᵀ + vuᵀ)/2.
func (q *inverse) add(c float64, u, v []float64) {
	c /= 2
	for i := range q.n {
		row := q.h[i*q.n : (i+1)*q.n]
		a, b := c*u[i], c*v[i]
		for j := range row {
			row[j] += float64(a*v[j]) + float64(b*u[j])
		}
	}
	q.old = true
}
