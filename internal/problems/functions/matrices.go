package functions

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
)

// symmetric is a symmetric n×n matrix A that knows its product with a vector.
type symmetric interface {
	// product writes Ax into ax, which is not x, unless ax is nil, and returns xᵀAx.
	product(x, ax []float64) float64
	// entry is A[i, j].
	entry(i, j int) float64
}

// dense is a symmetric matrix of n² entries.
type dense simd.Matrix

// newDense takes either of two entries for both: they may differ in the sign of a zero, and
// the product takes columns for rows.
func newDense(n int, at func(i, j int) float64) *dense {
	d := &dense{make([]float64, 0, n*n), n}
	for i := range n {
		for j := range n {
			d.Values = append(d.Values, at(max(i, j), min(i, j)))
		}
	}
	return d
}

// product takes the columns, which are the rows, for many of them are added up at once.
func (d *dense) product(x, ax []float64) float64 {
	x = x[:d.Columns]
	if ax != nil {
		ax = ax[:len(x)]
		(*simd.Matrix)(d).ColumnProducts(ax, x, 0)
		return addFours(0, x, ax)
	}
	var part [16]float64
	var sum float64
	for from := 0; from < len(x); from += len(part) {
		some := part[:min(len(part), len(x)-from)]
		(*simd.Matrix)(d).ColumnProducts(some, x, from)
		sum = addFours(sum, x[from:], some)
	}
	return sum
}

// addFours adds xᵀy to sum, four products at a time as long as there are so many.
func addFours(sum float64, x, y []float64) float64 {
	x = x[:len(y)]
	i := 3
	for ; i < len(x); i += 4 {
		sum += float64(x[i-3]*y[i-3]) + float64(x[i-2]*y[i-2]) + float64(x[i-1]*y[i-1]) + float64(x[i]*y[i])
	}
	for i -= 3; i < len(x); i++ {
		sum += float64(x[i] * y[i])
	}
	return sum
}

func (d *dense) entry(i, j int) float64 { return d.Values[i*d.Columns+j] }

// diagonal is diag(λ).
type diagonal []float64

func (d diagonal) product(x, ax []float64) float64 {
	x = x[:len(d)]
	var sum float64
	if ax == nil {
		for i, lambda := range d {
			sum += float64(x[i] * (lambda * x[i]))
		}
		return sum
	}
	ax = ax[:len(d)]
	for i, lambda := range d {
		s := lambda * x[i]
		ax[i] = s
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
	s := float64(2 * r.v[i] * r.v[j] * (float64(2*r.along) - r.lambda[i] - r.lambda[j]))
	if i == j {
		s += r.lambda[i]
	}
	return s
}

// solve overwrites b with A⁻¹b = Q·diag(1/λ)·Q·b.
func (r reflected) solve(b []float64) {
	r.reflect(b)
	for i := range b {
		b[i] /= r.lambda[i]
	}
	r.reflect(b)
}

// reflect overwrites x with Qx.
func (r reflected) reflect(x []float64) { vec.AddScaled(x, x, -2*vec.Dot(r.v, x), r.v) }

// tridiagonal has one number along the diagonal, up to its last entry, and one beside it.
type tridiagonal struct {
	n                    int
	diagonal, last, side float64
}

func (d tridiagonal) product(x, ax []float64) float64 {
	x = x[:d.n]
	var sum, before float64
	for i, xi := range x {
		s := float64(d.side*before) + float64(d.entry(i, i)*xi)
		if i+1 < d.n {
			s += float64(d.side * x[i+1])
		}
		if ax != nil {
			ax[i] = s
		}
		sum += float64(xi * s)
		before = xi
	}
	return sum
}

func (d tridiagonal) entry(i, j int) float64 {
	switch {
	case i == j && i == d.n-1:
		return d.last
	case i == j:
		return d.diagonal
	case i-j == 1 || j-i == 1:
		return d.side
	}
	return 0
}

// eigenvalues lists them in ascending order, at a cost of O(n²).
func (d tridiagonal) eigenvalues() []float64 {
	lambda, side := fill(d.n, d.diagonal), fill(d.n-1, d.side)
	lambda[d.n-1] = d.last
	if !linalg.Tridiagonal(lambda, side) {
		panic(fmt.Sprintf("functions: no eigenvalues of %+v", d))
	}
	return lambda
}
