package bbob

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/vec"
)

// matrix is square, by rows.
type matrix struct {
	n      int
	values []float64
}

func newMatrix(n int) matrix { return matrix{n, make([]float64, n*n)} }

func (m matrix) row(i int) []float64 { return m.values[i*m.n : (i+1)*m.n] }

// product is out = m·x.
func (m matrix) product(out, x []float64) {
	for i := range out {
		out[i] = vec.Dot(m.row(i), x)
	}
}

// transposed is out = mᵀ·x.
func (m matrix) transposed(out, x []float64) {
	clear(out)
	for i, v := range x {
		row := m.row(i)
		for j, r := range row[:len(out)] {
			out[j] += float64(v * r)
		}
	}
}

// times is m·diag(d)·other.
func (m matrix) times(d []float64, other matrix) matrix {
	out := newMatrix(m.n)
	for i := range m.n {
		for j := range m.n {
			var sum float64
			for k, v := range m.row(i) {
				sum += float64(v * d[k] * other.row(k)[j])
			}
			out.row(i)[j] = sum
		}
	}
	return out
}

// scaled is diag(d)·m.
func (m matrix) scaled(d []float64) matrix {
	out := newMatrix(m.n)
	for i := range m.n {
		for j, v := range m.row(i) {
			out.row(i)[j] = d[i] * v
		}
	}
	return out
}

// powers are base^(i/(n−1)), i from 0.
func powers(base float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = elementary.Pow(base, float64(i)/float64(n-1))
	}
	return out
}
