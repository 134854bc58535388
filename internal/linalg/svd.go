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
	values      []float64
	left, right [][]float64 // by singular value
}

// Factorize decomposes a. It reports false where an entry is not finite or the sweeps do
// not converge.
func (s *SVD) Factorize(a *mat.Dense) (ok bool) {
	m, n := a.Dims()
	if m < n {
		ok = s.Factorize(mat.DenseCopyOf(a.T()))
		s.left, s.right = s.right, s.left
		return ok
	}
	u, v := make([][]float64, n), make([][]float64, n)
	for j := range n {
		u[j], v[j] = make([]float64, m), make([]float64, n)
		for i := range m {
			u[j][i] = a.At(i, j)
			if math.IsNaN(u[j][i]) || math.IsInf(u[j][i], 0) {
				return false
			}
		}
		v[j][j] = 1
	}
	if !sweep(u, v) {
		return false
	}
	order := make([]int, n)
	norms := make([]float64, n)
	for j := range n {
		order[j], norms[j] = j, vec.Norm(u[j])
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case norms[i] > norms[j]:
			return -1
		case norms[i] < norms[j]:
			return 1
		}
		return 0
	})
	s.values, s.left, s.right = nil, nil, nil
	for _, j := range order {
		if norms[j] > 0 {
			for i := range u[j] {
				u[j][i] /= norms[j]
			}
		}
		s.values, s.left, s.right = append(s.values, norms[j]), append(s.left, u[j]), append(s.right, v[j])
	}
	return true
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

// Values are the singular values, descending, min(m, n) of them.
func (s *SVD) Values() []float64 { return s.values }

// Left and Right are the singular vectors of value j, of m and n entries. The left one of a
// singular value that is zero is zero.
func (s *SVD) Left(j int) []float64  { return s.left[j] }
func (s *SVD) Right(j int) []float64 { return s.right[j] }
