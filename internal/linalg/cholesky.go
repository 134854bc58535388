package linalg

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/simd"
)

// Cholesky is the factorization A = UᵀU of a positive definite n×n matrix, by blocks. It is
// done here, and not by LAPACK, because gonum's starts goroutines for larger matrices, which
// take the processors from other cells, and is slower.
type Cholesky struct {
	n      int
	factor simd.Factor
	x, z   []float64
}

// NewCholesky makes room for n×n matrices.
func NewCholesky(n int) *Cholesky {
	c := &Cholesky{n: n, x: make([]float64, n), z: make([]float64, n)}
	c.factor.Reset(n)
	return c
}

// Factorize reports whether h is positive definite.
func (c *Cholesky) Factorize(h *mat.SymDense) (ok bool) {
	for i := range c.n {
		c.factor.SetRow(i, UpperRow(h, i))
	}
	return c.factor.Factorize()
}

// Condition estimates the reciprocal condition number in the 1-norm, given that norm of A.
func (c *Cholesky) Condition(norm float64) float64 {
	return 1 / norm / inverseNorm(c.x, c.z, c.Solve, c.Solve)
}

// Solve overwrites b with A⁻¹b.
func (c *Cholesky) Solve(b []float64) { c.factor.Solve(b) }
