package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// The types of this file solve linear systems with a symmetric n×n matrix, in memory
// that they keep. LAPACK is called directly because gonum's mat types allocate anew at
// every factorization.

// ε is the distance from 1 to the next number.
const ε = 0x1p-52

func column(b []float64) blas64.General {
	return blas64.General{Rows: len(b), Cols: 1, Stride: 1, Data: b}
}

// lu solves with any nonsingular matrix.
type lu struct {
	a     blas64.General
	pivot []int
	work  []float64
	iwork []int
}

func newLU(n int) *lu {
	return &lu{
		a:     blas64.General{Rows: n, Cols: n, Stride: n, Data: make([]float64, n*n)},
		pivot: make([]int, n), work: make([]float64, 4*n), iwork: make([]int, n),
	}
}

// factorize returns the reciprocal condition number of h in the 1-norm, which is that norm
// of it; 0 if h is singular.
func (f *lu) factorize(h *mat.SymDense, norm float64) float64 {
	n := f.a.Rows
	for i := range n {
		for j := range n {
			f.a.Data[i*n+j] = h.At(i, j)
		}
	}
	if !lapack64.Getrf(f.a, f.pivot) {
		return 0
	}
	return lapack64.Gecon(lapack.MaxColumnSum, f.a, norm, f.work, f.iwork)
}

func (f *lu) solve(b []float64) {
	lapack64.Getrs(blas.NoTrans, f.a, column(b), f.pivot)
}

// eigen is a decomposition A = QΛQᵀ whose eigenvalues may be replaced before solving.
type eigen struct {
	q      blas64.Symmetric // eigenvectors in its columns after factorize
	values []float64        // ascending after factorize
	work   []float64
	scaled []float64
}

func newEigen(n int) *eigen {
	e := &eigen{
		q:      blas64.Symmetric{N: n, Stride: n, Data: make([]float64, n*n), Uplo: blas.Upper},
		values: make([]float64, n), scaled: make([]float64, n),
	}
	size := make([]float64, 1)
	lapack64.Syev(lapack.EVCompute, e.q, e.values, size, -1)
	e.work = make([]float64, int(size[0]))
	return e
}

func (e *eigen) factorize(h *mat.SymDense) (ok bool) {
	copyUpper(e.q.Data, h)
	return lapack64.Syev(lapack.EVCompute, e.q, e.values, e.work, len(e.work))
}

// solve overwrites b with QΛ⁻¹Qᵀb for the eigenvalues as they are now.
func (e *eigen) solve(b []float64) {
	n := e.q.N
	clear(e.scaled)
	for i := range n {
		vec.AddScaled(e.scaled, e.scaled, b[i], e.q.Data[i*n:(i+1)*n])
	}
	for j, λ := range e.values {
		e.scaled[j] /= λ
	}
	for i := range n {
		b[i] = vec.Dot(e.q.Data[i*n:(i+1)*n], e.scaled)
	}
}

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

// copyUpper writes the upper triangle of h into the n×n matrix a.
func copyUpper(a []float64, h *mat.SymDense) {
	n := h.SymmetricDim()
	for i := range n {
		copy(a[i*n+i:(i+1)*n], upperRow(h, i))
	}
}

// upperRow is row i of h from the diagonal on.
func upperRow(h *mat.SymDense, i int) []float64 {
	raw := h.RawSymmetric()
	return raw.Data[i*raw.Stride+i : i*raw.Stride+raw.N]
}

// norm1 is the greatest absolute sum of a column of h, with sums for its scratch.
func norm1(h *mat.SymDense, sums []float64) float64 {
	clear(sums)
	for i := range sums {
		for k, v := range upperRow(h, i) {
			v = math.Abs(v)
			sums[i+k] += v
			if k > 0 {
				sums[i] += v
			}
		}
	}
	return vec.MaxAbs(sums)
}

// finite reports whether every entry of the symmetric matrix is a finite number.
func finite(h *mat.SymDense) bool {
	for i := range h.SymmetricDim() {
		for _, v := range upperRow(h, i) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return false
			}
		}
	}
	return true
}
