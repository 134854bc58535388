package linalg

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// LU solves Ax = b with any nonsingular n×n matrix, by elimination with partial pivoting.
type LU struct {
	n     int
	a     []float64 // by rows; L below the diagonal, U from it on
	pivot []int
	x, z  []float64
}

// NewLU makes room for n×n matrices.
func NewLU(n int) *LU {
	return &LU{n: n, a: make([]float64, n*n), pivot: make([]int, n), x: make([]float64, n), z: make([]float64, n)}
}

// Row is row i of the matrix to be factorized, to be written before Factorize.
func (f *LU) Row(i int) []float64 { return f.a[i*f.n : (i+1)*f.n] }

// Factorize reports whether the matrix is regular: no pivot is zero.
func (f *LU) Factorize() (regular bool) {
	n := f.n
	for k := range n {
		p := k
		for i := k + 1; i < n; i++ {
			if math.Abs(f.a[i*n+k]) > math.Abs(f.a[p*n+k]) {
				p = i
			}
		}
		f.pivot[k] = p
		if !(math.Abs(f.a[p*n+k]) > 0) {
			return false
		}
		if p != k {
			x, y := f.Row(k), f.Row(p)
			for j := range x {
				x[j], y[j] = y[j], x[j]
			}
		}
		top := f.Row(k)
		for i := k + 1; i < n; i++ {
			row := f.Row(i)
			row[k] /= top[k]
			vec.AddScaled(row[k+1:], row[k+1:], -row[k], top[k+1:])
		}
	}
	return true
}

// Solve overwrites b with A⁻¹b.
func (f *LU) Solve(b []float64) {
	for k, p := range f.pivot {
		b[k], b[p] = b[p], b[k]
	}
	for i := range b {
		b[i] -= vec.Dot(f.Row(i)[:i], b[:i])
	}
	for i := f.n - 1; i >= 0; i-- {
		b[i] = (b[i] - vec.Dot(f.Row(i)[i+1:], b[i+1:])) / f.Row(i)[i]
	}
}

// solveTransposed overwrites b with A⁻ᵀb.
func (f *LU) solveTransposed(b []float64) {
	for i := range b {
		b[i] /= f.Row(i)[i]
		vec.AddScaled(b[i+1:], b[i+1:], -b[i], f.Row(i)[i+1:])
	}
	for i := f.n - 1; i >= 0; i-- {
		vec.AddScaled(b[:i], b[:i], -b[i], f.Row(i)[:i])
	}
	for k := f.n - 1; k >= 0; k-- {
		p := f.pivot[k]
		b[k], b[p] = b[p], b[k]
	}
}

// Condition estimates the reciprocal condition number in the 1-norm, given that norm of A.
func (f *LU) Condition(norm float64) float64 {
	return 1 / norm / inverseNorm(f.x, f.z, f.Solve, f.solveTransposed)
}
