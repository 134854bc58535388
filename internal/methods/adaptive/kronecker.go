//go:build !playground

package adaptive

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/problems"
)

// kronecker are the statistics of one matrix with gradients G: sums or running means of GGᵀ on
// the left side and GᵀG on the right one. Their Kronecker product stands for the matrix of second
// moments of all entries, which has the square of their number.
type kronecker struct {
	rows, columns int
	left, right   square
}

// square is one side's statistics, and a matrix that is made of them now and then.
type square struct {
	n     int
	stats *mat.SymDense // both triangles are filled
	made  []float64     // n×n
}

func newSquare(n int) square {
	return square{n: n, stats: mat.NewSymDense(n, nil), made: make([]float64, n*n)}
}

func (s *square) values() []float64 { return s.stats.RawSymmetric().Data }

// workspace is room for the algebra of all matrices, one after another.
type workspace struct {
	panels  simd.Panels
	product []float64             // of the largest square
	way     []float64             // of the largest matrix
	eigen   map[int]*linalg.Eigen // by size
}

// reserve makes statistics, all zero, and room for matrices.
func (w *workspace) reserve(blocks []problems.Block) []kronecker {
	all := make([]kronecker, len(blocks))
	w.eigen = map[int]*linalg.Eigen{}
	largest, size := 0, 0
	for i, b := range blocks {
		all[i] = kronecker{b.Rows, b.Columns, newSquare(b.Rows), newSquare(b.Columns)}
		for _, n := range []int{b.Rows, b.Columns} {
			if w.eigen[n] == nil {
				w.eigen[n] = linalg.NewEigen(n)
			}
		}
		largest, size = max(largest, b.Rows, b.Columns), max(size, b.Size())
	}
	w.product, w.way = make([]float64, largest*largest), make([]float64, size)
	w.panels.Reserve(largest, largest)
	return all
}

// absorb makes both statistics old times what they are and new times those of a gradient.
func (w *workspace) absorb(k *kronecker, g []float64, old, new float64) {
	r, c := k.rows, k.columns
	w.panels.Pack(g, 1, c, c, r) // Gᵀ
	w.panels.Times(w.product, r, g, c, 1, r, false)
	mix(k.left.values(), w.product, old, new)
	w.panels.Pack(g, c, 1, r, c)
	w.panels.Times(w.product, c, g, 1, c, c, false)
	mix(k.right.values(), w.product, old, new)
}

func mix(stats, sample []float64, old, new float64) {
	for i, v := range stats {
		stats[i] = float64(old*v) + float64(new*sample[i])
	}
}

// copied is a copy of a matrix, which lasts until the next.
func (w *workspace) copied(g []float64) []float64 {
	copy(w.way, g)
	return w.way[:len(g)]
}

// between replaces G by AGBᵀ of the matrices that the sides have made, or by AᵀGB.
func (w *workspace) between(k *kronecker, g []float64, transposed bool) {
	r, c := k.rows, k.columns
	w.panels.Pack(g, c, 1, r, c)
	half := w.product[:r*c]
	if transposed {
		w.panels.Times(half, c, k.left.made, 1, r, r, false)
		w.panels.Pack(k.right.made, c, 1, c, c)
	} else {
		w.panels.Times(half, c, k.left.made, r, 1, r, false)
		w.panels.Pack(k.right.made, 1, c, c, c)
	}
	w.panels.Times(g, c, half, c, 1, r, false)
}

// root makes (S + εI)^(−1/4) of the statistics S: WᵀW, the rows of W being the eigenvectors
// divided by the eighth roots of their eigenvalues. Where S has no decomposition it makes NaN, so
// that a broken gradient is seen.
func (w *workspace) root(s *square, eps float64) {
	eigen := w.eigen[s.n]
	if !eigen.Factorize(s.stats, true) {
		broken(s.made)
		return
	}
	n := s.n
	rows := w.product[:n*n]
	for j, λ := range eigen.Values() {
		shrink := 1 / math.Sqrt(math.Sqrt(math.Sqrt(math.Max(λ, 0)+eps)))
		row := rows[j*n : (j+1)*n]
		for i, v := range eigen.Vector(j) {
			row[i] = shrink * v
		}
	}
	w.panels.Pack(rows, n, 1, n, n)
	w.panels.Times(s.made, n, rows, 1, n, n, false)
}

func broken(x []float64) {
	for i := range x {
		x[i] = math.NaN()
	}
}
