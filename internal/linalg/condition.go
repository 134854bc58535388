package linalg

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
)

// inverseNorm estimates ‖A⁻¹‖₁ from solutions with A and Aᵀ; x and z are its scratch. The
// norm of A⁻¹v is convex in v, and so largest at an axis: Hager's method climbs to one, and
// Higham's vector of alternating signs guards against the few matrices that mislead it.
//
// Source: N. J. Higham 1988, FORTRAN codes for estimating the one-norm of a real or complex
// matrix, ACM TOMS 14, 381–396, doi:10.1145/50063.214386.
func inverseNorm(x, z []float64, solve, solveTransposed func([]float64)) float64 {
	for i := range x {
		x[i] = 1 / float64(len(x))
	}
	var inverse float64
	for axis, climbs := -1, 0; climbs < 5; climbs++ {
		copy(z, x)
		solve(z)
		inverse = max(inverse, sumAbs(z))
		for i, v := range z {
			z[i] = math.Copysign(1, v)
		}
		solveTransposed(z) // the slope of the norm at x
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
	solve(z)
	return max(inverse, 2*sumAbs(z)/float64(3*len(z)))
}

func sumAbs(x []float64) (sum float64) {
	for _, v := range x {
		sum += math.Abs(v)
	}
	return sum
}

// largest is the index of the entry of largest modulus, the first of equals.
func largest(x []float64) (at int) {
	for i, v := range x {
		if math.Abs(v) > math.Abs(x[at]) {
			at = i
		}
	}
	return at
}

// UpperRow is row i of h from the diagonal on.
func UpperRow(h *mat.SymDense, i int) []float64 {
	raw := h.RawSymmetric()
	return raw.Data[i*raw.Stride+i : i*raw.Stride+raw.N]
}

// Norm1 is the greatest absolute sum of a column of h, with sums, n entries, for its scratch.
func Norm1(h *mat.SymDense, sums []float64) float64 {
	clear(sums)
	for i := range sums {
		row := UpperRow(h, i)
		sums[i] += math.Abs(row[0])
		sums[i] += simd.AddAbs(sums[i+1:], row[1:])
	}
	return vec.MaxAbs(sums)
}

// Finite reports whether every entry of h is a finite number.
func Finite(h *mat.SymDense) bool {
	for i := range h.SymmetricDim() {
		row := UpperRow(h, i)
		if squares := simd.Dot(row, row); squares <= math.MaxFloat64 {
			continue
		}
		for _, v := range row { // the sum may be too large though no number is
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
		}
	}
	return true
}

// Product writes Hx into out.
func Product(out []float64, h *mat.SymDense, x []float64) {
	for i := range out {
		var sum float64
		for j, v := range x {
			sum += float64(h.At(i, j) * v)
		}
		out[i] = sum
	}
}
