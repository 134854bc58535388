package direction

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
)

// ε is the distance from 1 to the next number.
const ε = 0x1p-52

// ldl is the modified Cholesky factorization A + E = LDLᵀ of Gill & Murray, where the
// diagonal E ≥ 0 is zero if A is positive definite enough.
type ldl struct {
	n int
	l []float64 // unit lower triangle; above and on the diagonal unused
	d []float64
	c []float64 // a column in the making
}

func newLDL(n int) *ldl {
	return &ldl{n: n, l: make([]float64, n*n), d: make([]float64, n), c: make([]float64, n)}
}

// factorize follows Gill, Murray & Wright 1981, Practical Optimization, §4.4.2.2: the
// pivots are at least floor·(largest entry) and keep the entries of LD^½ below β.
func (f *ldl) factorize(h *mat.SymDense, floor float64) {
	n := f.n
	diagonal, beside := 0.0, 0.0
	for i := range n {
		diagonal = math.Max(diagonal, math.Abs(h.At(i, i)))
		for j := range i {
			beside = math.Max(beside, math.Abs(h.At(i, j)))
		}
	}
	δ := floor * (diagonal + beside)
	if δ == 0 {
		δ = 1 // a zero matrix: fall back to the identity
	}
	β2 := math.Max(δ, math.Max(diagonal, beside/math.Sqrt(math.Max(1, float64(n*n-1)))))
	for j := range n {
		row := f.l[j*n : j*n+j]
		θ := 0.0
		for i := j; i < n; i++ {
			sum := h.At(i, j)
			for s, v := range row {
				sum -= float64(float64(v*f.l[i*n+s]) * f.d[s])
			}
			f.c[i] = sum
			if i > j {
				θ = math.Max(θ, math.Abs(sum))
			}
		}
		f.d[j] = math.Max(δ, math.Max(math.Abs(f.c[j]), θ*θ/β2))
		for i := j + 1; i < n; i++ {
			f.l[i*n+j] = f.c[i] / f.d[j]
		}
	}
}

func (f *ldl) solve(b []float64) {
	n := f.n
	for i := range n {
		b[i] -= vec.Dot(f.l[i*n:i*n+i], b)
	}
	for i := range n {
		b[i] /= f.d[i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= float64(f.l[k*n+i] * b[k])
		}
	}
}
