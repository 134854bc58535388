package constrained

import (
	"math"
	"testing"
)

// pair is a step and the change of the gradient.
type pair struct{ s, y []float64 }

// bfgs is the matrix of BFGS after some pairs, from the scaled identity: B⁺ = B − BssᵀB/sᵀBs + yyᵀ/sᵀy
// (Nocedal & Wright 2006, equation 6.19).
func bfgs(n int, pairs []pair) [][]float64 {
	last := pairs[len(pairs)-1]
	b := make([][]float64, n)
	for i := range b {
		b[i] = make([]float64, n)
		b[i][i] = dot(last.y, last.y) / dot(last.s, last.y)
	}
	for _, p := range pairs {
		bs := make([]float64, n)
		for i := range bs {
			bs[i] = dot(b[i], p.s)
		}
		sbs, sy := dot(p.s, bs), dot(p.s, p.y)
		for i := range b {
			for j := range b[i] {
				b[i][j] += p.y[i]*p.y[j]/sy - bs[i]*bs[j]/sbs
			}
		}
	}
	return b
}

// matrix is B of the model, column by column.
func (m *model) matrix(n int) [][]float64 {
	k := 2 * m.count
	w := make([][]float64, n)
	for i := range w {
		w[i] = make([]float64, k)
		m.row(w[i], i)
	}
	b, mw := make([][]float64, n), make([]float64, k)
	for i := range b {
		b[i] = make([]float64, n)
		m.times(mw, w[i])
		for j := range b[i] {
			b[i][j] = -dot(w[j], mw)
		}
		b[i][i] += m.theta
	}
	return b
}

// A full memory has the last pairs with curvature: one without does not cost it the oldest.
func TestPairWithoutCurvature(t *testing.T) {
	pairs := []pair{
		{[]float64{1, 0, 0.5}, []float64{2, 0.1, 0.5}},
		{[]float64{0.2, 1, 0}, []float64{0.3, 3, 0.4}},
		{[]float64{0, 0.5, 1}, []float64{-0.2, 1, 2}},
	}
	next := pair{[]float64{0.7, -0.1, 0.3}, []float64{1, -0.3, 0.6}}
	m := newModel(2, 3)
	feed := func(p pair) bool {
		kept := m.take(p.s, p.y, make([]float64, 3), -1)
		if kept {
			m.factorize()
		}
		return kept
	}
	same := func(when string, want [][]float64) {
		t.Helper()
		for i, row := range m.matrix(3) {
			for j, v := range row {
				if math.Abs(v-want[i][j]) > 1e-12 {
					t.Errorf("%s: B[%d][%d] = %v; expected %v", when, i, j, v, want[i][j])
				}
			}
		}
	}
	for _, p := range pairs {
		if !feed(p) {
			t.Fatal("a pair with curvature is refused")
		}
	}
	same("full", bfgs(3, pairs[1:]))
	for range 3 {
		if feed(pair{[]float64{1, 1, 1}, []float64{-1, 0.5, 0}}) {
			t.Error("a pair without curvature is kept")
		}
	}
	same("after pairs without curvature", bfgs(3, pairs[1:]))
	feed(next)
	same("after another", bfgs(3, []pair{pairs[2], next}))
}
