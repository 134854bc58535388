package linalg

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// QR solves least-squares problems min ‖Ax − b‖₂ with an m×n matrix, m ≥ n, by Householder's
// reflections (Golub & Van Loan 2013, Matrix Computations, §5.2).
type QR struct {
	m, n    int
	columns []float64 // A by columns; R above the diagonal and the reflections below
	factors []float64
	r       []float64 // diagonal of R
}

// NewQR makes room for m×n matrices.
func NewQR(m, n int) *QR {
	return &QR{m: m, n: n, columns: make([]float64, m*n), factors: make([]float64, n), r: make([]float64, n)}
}

// Column is column j of the matrix to be factorized, m entries, to be written before
// Factorize.
func (q *QR) Column(j int) []float64 { return q.columns[j*q.m : (j+1)*q.m] }

// Factorize reports whether the columns are independent: R has no zero on its diagonal.
func (q *QR) Factorize() (regular bool) {
	regular = true
	for k := range q.n {
		v := q.Column(k)[k:]
		norm := vec.Norm(v)
		if norm == 0 {
			q.factors[k], q.r[k], regular = 0, 0, false
			continue
		}
		norm = math.Copysign(norm, v[0])
		q.r[k] = -norm
		v[0] += norm
		q.factors[k] = 1 / float64(norm*v[0]) // 2/vᵀv
		for j := k + 1; j < q.n; j++ {
			c := q.Column(j)[k:]
			vec.AddScaled(c, c, -q.factors[k]*vec.Dot(v, c), v)
		}
	}
	return regular
}

// Solve overwrites the first n of the m entries of b with the solution.
func (q *QR) Solve(b []float64) {
	q.TransposedProduct(b)
	for k := q.n - 1; k >= 0; k-- {
		b[k] /= q.r[k]
		vec.AddScaled(b[:k], b[:k], -b[k], q.Column(k)[:k])
	}
}

// TransposedProduct overwrites b with Qᵀb, Q the whole m×m factor.
func (q *QR) TransposedProduct(b []float64) {
	for k := range q.n {
		v, part := q.Column(k)[k:], b[k:]
		vec.AddScaled(part, part, -q.factors[k]*vec.Dot(v, part), v)
	}
}

// Product overwrites b with Qb.
func (q *QR) Product(b []float64) {
	for k := q.n - 1; k >= 0; k-- {
		v, part := q.Column(k)[k:], b[k:]
		vec.AddScaled(part, part, -q.factors[k]*vec.Dot(v, part), v)
	}
}

// Diagonal is that of R.
func (q *QR) Diagonal() []float64 { return q.r }

// SolveTransposed overwrites the m entries of b with the shortest x that solves Aᵀx = c, c
// being the first n of them.
func (q *QR) SolveTransposed(b []float64) {
	for k := range q.n {
		b[k] = (b[k] - vec.Dot(q.Column(k)[:k], b[:k])) / q.r[k]
	}
	clear(b[q.n:])
	q.Product(b)
}
