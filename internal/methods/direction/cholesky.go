package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"gonum.org/v1/gonum/mat"
)

// cholesky is the factorization A = UᵀU of a positive definite n×n matrix, by blocks of
// rows. It is done here, and not by LAPACK, because gonum's starts goroutines for larger
// matrices, which take the processors from other cells, and is slower.
type cholesky struct {
	n    int
	u    []float64 // by rows; below the diagonal unused
	x, z []float64
}

func newCholesky(n int) *cholesky {
	return &cholesky{n: n, u: make([]float64, n*n), x: make([]float64, n), z: make([]float64, n)}
}

// row is row i of U from its column j on.
func (c *cholesky) row(i, j int) []float64 { return c.u[i*c.n+j : (i+1)*c.n] }

// A panel of so many rows is brought up to date with all rows above it before it is
// factorized: tile by tile of columns, so that it stays in the second cache and four rows
// above it in the first.
const (
	panelRows   = 32
	tileColumns = 512
)

// factorize reports whether h is positive definite.
func (c *cholesky) factorize(h *mat.SymDense) (ok bool) {
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
func (c *cholesky) update(top, bottom, left, right int) {
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
func (c *cholesky) subtractFour(k, i, left, right int) {
	n, u := c.n, c.u
	from := func(k int) []float64 { return u[k*n+left : k*n+right] }
	simd.AddFour(from(i), -u[k*n+i], -u[(k+1)*n+i], -u[(k+2)*n+i], -u[(k+3)*n+i],
		from(k), from(k+1), from(k+2), from(k+3))
}

// finish factorizes a panel that is up to date with the rows above it.
func (c *cholesky) finish(top, bottom int) (ok bool) {
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

// condition estimates the reciprocal condition number in the 1-norm, given that norm of A.
// The norm of A⁻¹ is convex in the vector it is applied to, and so largest at an axis:
// Hager's method climbs to one, and Higham's vector of alternating signs guards against
// the few matrices that mislead it.
//
// Source: N. J. Higham 1988, FORTRAN codes for estimating the one-norm of a real or complex
// matrix, ACM TOMS 14, 381–396, doi:10.1145/50063.214386.
func (c *cholesky) condition(norm float64) float64 {
	x, z := c.x, c.z
	for i := range x {
		x[i] = 1 / float64(len(x))
	}
	var inverse float64
	for axis, climbs := -1, 0; climbs < 5; climbs++ {
		copy(z, x)
		c.solve(z)
		inverse = max(inverse, sumAbs(z))
		for i, v := range z {
			z[i] = math.Copysign(1, v)
		}
		c.solve(z) // the slope of the norm at x
		next := largest(z)
		if next == axis || math.Abs(z[next]) <= simd.Dot(z, x) {
			break
		}
		clear(x)
		axis = next
		x[axis] = 1
	}
	for i := range z {
		z[i] = 1 + float64(i)/float64(max(len(z)-1, 1))
		if i%2 == 1 {
			z[i] = -z[i]
		}
	}
	c.solve(z)
	inverse = max(inverse, 2*sumAbs(z)/float64(3*len(z)))
	return 1 / norm / inverse
}

func sumAbs(x []float64) (sum float64) {
	for _, v := range x {
		sum += math.Abs(v)
	}
	return sum
}

// solve overwrites b with A⁻¹b.
func (c *cholesky) solve(b []float64) {
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
