package linalg

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"gonum.org/v1/gonum/mat"
)

// Cholesky is the factorization A = UᵀU of a positive definite n×n matrix, by blocks of
// rows. It is done here, and not by LAPACK, because gonum's starts goroutines for larger
// matrices, which take the processors from other cells, and is slower.
type Cholesky struct {
	n    int
	u    []float64 // by rows; below the diagonal unused
	x, z []float64
}

// NewCholesky makes room for n×n matrices.
func NewCholesky(n int) *Cholesky {
	return &Cholesky{n: n, u: make([]float64, n*n), x: make([]float64, n), z: make([]float64, n)}
}

// row is row i of U from its column j on.
func (c *Cholesky) row(i, j int) []float64 { return c.u[i*c.n+j : (i+1)*c.n] }

// A panel of so many rows is brought up to date with all rows above it before it is
// factorized: tile by tile of columns, so that it stays in the second cache and four rows
// above it in the first.
const (
	panelRows   = 32
	tileColumns = 512
)

// Factorize reports whether h is positive definite.
func (c *Cholesky) Factorize(h *mat.SymDense) (ok bool) {
	n := c.n
	copyUpper(c.u, h)
	for top := 0; top < n; top += panelRows {
		bottom := min(top+panelRows, n)
		for left := top; left < n; left += tileColumns {
			c.update(top, bottom, left, min(left+tileColumns, n))
		}
		if !c.finish(top, bottom) {
			return false
		}
	}
	return true
}

// update subtracts Σ uₖᵢuₖ, over the rows k above the panel, from each row i of it, between
// two columns.
func (c *Cholesky) update(top, bottom, left, right int) {
	for k := 0; k < top; k += 4 { // panelRows is a multiple of four
		for i := top; i < bottom; i++ {
			if j := max(i, left); j < right {
				c.subtractFour(k, i, j, right)
			}
		}
	}
}

// subtractFour subtracts the rows k to k+3, times their entries in column i, from row i,
// between two columns.
func (c *Cholesky) subtractFour(k, i, left, right int) {
	n, u := c.n, c.u
	from := func(k int) []float64 { return u[k*n+left : k*n+right] }
	simd.AddFour(from(i), -u[k*n+i], -u[(k+1)*n+i], -u[(k+2)*n+i], -u[(k+3)*n+i],
		from(k), from(k+1), from(k+2), from(k+3))
}

// finish factorizes a panel that is up to date with the rows above it.
func (c *Cholesky) finish(top, bottom int) (ok bool) {
	n := c.n
	for i := top; i < bottom; i++ {
		k := top
		for ; k+4 <= i; k += 4 {
			c.subtractFour(k, i, i, n)
		}
		row := c.row(i, i)
		for ; k < i; k++ {
			simd.AddOne(row, -c.u[k*n+i], c.row(k, i))
		}
		if !(row[0] > 0) || math.IsInf(row[0], 1) {
			return false
		}
		pivot := math.Sqrt(row[0])
		for j := range row {
			row[j] /= pivot
		}
		row[0] = pivot
	}
	return true
}

// Condition estimates the reciprocal condition number in the 1-norm, given that norm of A.
func (c *Cholesky) Condition(norm float64) float64 {
	return 1 / norm / inverseNorm(c.x, c.z, c.Solve, c.Solve)
}

// Solve overwrites b with A⁻¹b.
func (c *Cholesky) Solve(b []float64) {
	n := c.n
	for i := range n { // Uᵀy = b
		row := c.row(i, i)
		b[i] /= row[0]
		simd.AddOne(b[i+1:], -b[i], row[1:])
	}
	for i := n - 1; i >= 0; i-- { // Ux = y
		row := c.row(i, i)
		b[i] = (b[i] - simd.Dot(row[1:], b[i+1:])) / row[0]
	}
}
