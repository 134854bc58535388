package functions

import (
	"github.com/gdbench/gdbench/internal/vec"
	"gonum.org/v1/gonum/mat"
)

// symmetric is a symmetric n×n matrix A that knows its product with a vector.
type symmetric interface {
	// product writes Ax into ax, which is not x, unless ax is nil, and returns xᵀAx.
	product(x, ax []float64) float64
	// entry is A[i, j].
	entry(i, j int) float64
}

// form is the quadratic f(x) = ½yᵀAy − bᵀy with y = x − centre. A centred form keeps
// every digit of the gap near its minimizer, where ½xᵀAx − bᵀx + c would cancel.
type form struct {
	n       int
	matrix  symmetric
	linear  []float64 // b; nil: zero
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
	f := q.matrix.product(x, grad) / 2
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

// dense is a symmetric matrix of n² entries, row by row.
type dense struct {
	n       int
	entries []float64
}

func newDense(n int, at func(i, j int) float64) dense {
	d := dense{n, make([]float64, 0, n*n)}
	for i := range n {
		for j := range n {
			d.entries = append(d.entries, at(i, j))
		}
	}
	return d
}

// product takes four rows at a time: one row alone waits for its own sum.
func (d dense) product(x, ax []float64) float64 {
	n := d.n
	x = x[:n]
	var sum float64
	i := 0
	for ; i+4 <= n; i += 4 {
		rows := d.entries[i*n : (i+4)*n]
		a, b, c, e := rows[:n], rows[n:2*n], rows[2*n:3*n], rows[3*n:4*n]
		var s, t, u, v float64
		for j, xj := range x {
			s += float64(a[j] * xj)
			t += float64(b[j] * xj)
			u += float64(c[j] * xj)
			v += float64(e[j] * xj)
		}
		sum += float64(x[i]*s) + float64(x[i+1]*t) + float64(x[i+2]*u) + float64(x[i+3]*v)
		if ax != nil {
			ax[i], ax[i+1], ax[i+2], ax[i+3] = s, t, u, v
		}
	}
	for ; i < n; i++ {
		s := vec.Dot(d.entries[i*n:(i+1)*n], x)
		sum += float64(x[i] * s)
		if ax != nil {
			ax[i] = s
		}
	}
	return sum
}

func (d dense) entry(i, j int) float64 { return d.entries[i*d.n+j] }

// diagonal is diag(λ).
type diagonal []float64

func (d diagonal) product(x, ax []float64) float64 {
	x = x[:len(d)]
	var sum float64
	for i, lambda := range d {
		s := lambda * x[i]
		if ax != nil {
			ax[i] = s
		}
		sum += float64(x[i] * s)
	}
	return sum
}

func (d diagonal) entry(i, j int) float64 {
	if i == j {
		return d[i]
	}
	return 0
}

// reflected is Q·diag(λ)·Q with Householder's reflection Q = I − 2vvᵀ, ‖v‖ = 1: a dense
// matrix of known spectrum whose product costs O(n).
type reflected struct {
	lambda, v []float64
	along     float64 // vᵀ·diag(λ)·v
}

func newReflected(lambda, v []float64) reflected {
	return reflected{lambda, v, diagonal(lambda).product(v, nil)}
}

func (r reflected) product(x, ax []float64) float64 {
	twice := 2 * vec.Dot(r.v, x)
	var sum, along float64
	for i, lambda := range r.lambda {
		y := x[i] - float64(twice*r.v[i])
		s := lambda * y
		sum += float64(y * s)
		along += float64(r.v[i] * s)
		if ax != nil {
			ax[i] = s
		}
	}
	if ax != nil {
		vec.AddScaled(ax, ax, -2*along, r.v)
	}
	return sum
}

func (r reflected) entry(i, j int) float64 {
	s := 2 * r.v[i] * r.v[j] * (2*r.along - r.lambda[i] - r.lambda[j])
	if i == j {
		s += r.lambda[i]
	}
	return s
}
