package linalg

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
)

// SVD is the thin decomposition A = UΣVᵀ of an m×n matrix, by one-sided Jacobi rotations
// (Hestenes 1958; Demmel & Veselić 1992, doi:10.1137/0613074): small singular values are as
// accurate as large ones where columns allow.
type SVD struct {
	m, n        int // m ≥ n: of A, or of Aᵀ
	memory      []float64
	u, v        [][]float64 // columns that rotate: n of m entries, n of n
	norms       []float64
	order       []int
	values      []float64
	left, right [][]float64 // by singular value
}

// Factorize decomposes a. It reports false where an entry is not finite or the sweeps do
// not converge.
func (s *SVD) Factorize(a *mat.Dense) (ok bool) {
	raw := a.RawMatrix()
	return s.FactorizeRows(raw.Data, raw.Stride, raw.Rows, raw.Cols)
}

// FactorizeRows is Factorize for a matrix whose rows begin stride numbers apart.
func (s *SVD) FactorizeRows(a []float64, stride, rows, columns int) (ok bool) {
	s.Reserve(rows, columns)
	for j := range s.n {
		for i := range s.m {
			at := i*stride + j
			if rows < columns {
				at = j*stride + i
			}
			if s.u[j][i] = a[at]; math.IsNaN(a[at]) || math.IsInf(a[at], 0) {
				return false
			}
		}
		clear(s.v[j])
		s.v[j][j] = 1
	}
	if !sweep(s.u, s.v) {
		return false
	}
	for j := range s.n {
		s.order[j], s.norms[j] = j, vec.Norm(s.u[j])
	}
	slices.SortStableFunc(s.order, func(i, j int) int {
		switch {
		case s.norms[i] > s.norms[j]:
			return -1
		case s.norms[i] < s.norms[j]:
			return 1
		}
		return 0
	})
	for k, j := range s.order {
		if s.norms[j] > 0 {
			for i := range s.u[j] {
				s.u[j][i] /= s.norms[j]
			}
		}
		s.values[k], s.left[k], s.right[k] = s.norms[j], s.u[j], s.v[j]
	}
	if rows < columns {
		s.left, s.right = s.right, s.left
	}
	return true
}

// Reserve makes room for matrices of this size, so that Factorize need not.
func (s *SVD) Reserve(rows, columns int) {
	m, n := max(rows, columns), min(rows, columns)
	if s.m == m && s.n == n {
		return
	}
	*s = SVD{m: m, n: n, memory: make([]float64, m*n+n*n), u: make([][]float64, n), v: make([][]float64, n),
		norms: make([]float64, n), order: make([]int, n), values: make([]float64, n), left: make([][]float64, n), right: make([][]float64, n)}
	for j := range n {
		s.u[j], s.v[j] = s.memory[j*m:(j+1)*m], s.memory[m*n+j*n:][:n]
	}
}

// sweep rotates pairs of columns until all are orthogonal.
func sweep(u, v [][]float64) (converged bool) {
	const most = 60
	for range most {
		rotated := false
		for p := range u {
			for q := p + 1; q < len(u); q++ {
				α, β, γ := vec.Dot(u[p], u[p]), vec.Dot(u[q], u[q]), vec.Dot(u[p], u[q])
				if math.Abs(γ) <= ε*math.Sqrt(α)*math.Sqrt(β) || γ == 0 {
					continue
				}
				rotated = true
				ζ := (β - α) / (2 * γ)
				t := math.Copysign(1/(math.Abs(ζ)+hypot(1, ζ)), ζ)
				cos := 1 / hypot(1, t)
				sin := float64(cos * t)
				rotatePair(u[p], u[q], sin, cos)
				rotatePair(v[p], v[q], sin, cos)
			}
		}
		if !rotated {
			return true
		}
	}
	return false
}

func rotatePair(x, y []float64, sin, cos float64) {
	for i, a := range x {
		b := y[i]
		x[i] = float64(cos*a) - float64(sin*b)
		y[i] = float64(sin*a) + float64(cos*b)
	}
}

// Polar writes UVᵀ into dst, row by row: the nearest matrix to A whose rows or columns are
// orthonormal, without the pairs of vectors whose singular values are rounding. It returns the sum
// of the singular values, the nuclear norm.
func (s *SVD) Polar(dst []float64) (nuclear float64) {
	clear(dst)
	columns := len(dst) / len(s.left[0])
	for j, σ := range s.values {
		if !(σ > float64(s.m)*ε*s.values[0]) {
			break
		}
		nuclear += σ
		for i, u := range s.left[j] {
			row := dst[i*columns : (i+1)*columns]
			vec.AddScaled(row, row, u, s.right[j])
		}
	}
	return nuclear
}

// Values are the singular values, descending, min(m, n) of them.
func (s *SVD) Values() []float64 { return s.values }

// Left and Right are the singular vectors of value j, of m and n entries. The left one of a
// singular value that is zero is zero.
func (s *SVD) Left(j int) []float64  { return s.left[j] }
func (s *SVD) Right(j int) []float64 { return s.right[j] }
