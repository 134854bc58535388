package simd

import (
	"math/rand/v2"
	"testing"
)

// passes runs f with every way to take a pass.
func passes(t *testing.T, f func(t *testing.T)) {
	both(t, f)
	t.Run("from memory", func(t *testing.T) {
		defer func(before int) { cached = before }(cached)
		cached = 0
		f(t)
	})
}

// A pass has the bits of products, losses and sums of one block after the other, at every size, and changes
// nothing beside its gradient.
func TestLogisticPass(t *testing.T) {
	passes(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(15, 16))
		for range 600 {
			m := Matrix{Columns: 1 + rng.IntN(40)}
			count, block, rare := 1+rng.IntN(30), 4*(1+rng.IntN(8)), []int{0, 60}[rng.IntN(2)]
			m.Values = draw(rng, count*m.Columns, rare)
			w, rows, targets := draw(rng, m.Columns, rare), make([]int32, rng.IntN(90)), make([]float64, 90)
			for k := range rows {
				rows[k], targets[k] = int32(rng.IntN(count)), float64(2*rng.IntN(2)-1)
			}
			g := draw(rng, m.Columns+1, rare)
			want, f := append([]float64(nil), g...), 0.0
			for at := 0; at < len(rows); at += block {
				to := min(at+block, len(rows))
				z, slopes := make([]float64, to-at), make([]float64, to-at)
				m.Products(z, w, rows[at:to])
				f += Logistic(z, targets[at:to], slopes)
				m.Combine(want, slopes, rows[at:to])
			}
			if got := m.LogisticPass(w, rows, targets, g, block); !same([]float64{got}, []float64{f}) || !same(g, want) {
				t.Fatalf("%d rows of %d numbers, blocks of %d: f = %v, want %v; g = %v, want %v", len(rows), m.Columns, block, got, f, g, want)
			}
		}
	})
}

// Where the slices are too short, or a row is not there, the pass panics.
func TestLogisticPassPanics(t *testing.T) {
	passes(t, func(t *testing.T) {
		m := Matrix{Values: make([]float64, 40), Columns: 8}
		for what, f := range map[string]func(){
			"w": func() {
				m.LogisticPass(make([]float64, 7), make([]int32, 4), make([]float64, 4), make([]float64, 8), 4)
			},
			"g": func() {
				m.LogisticPass(make([]float64, 8), make([]int32, 4), make([]float64, 4), make([]float64, 7), 4)
			},
			"targets": func() {
				m.LogisticPass(make([]float64, 8), make([]int32, 4), make([]float64, 3), make([]float64, 8), 4)
			},
			"row": func() {
				m.LogisticPass(make([]float64, 8), []int32{0, 1, 2, 5}, make([]float64, 4), make([]float64, 8), 4)
			},
			"row below": func() {
				m.LogisticPass(make([]float64, 8), []int32{0, 1, 2, -1}, make([]float64, 4), make([]float64, 8), 4)
			},
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("a wrong %s does not panic", what)
					}
				}()
				f()
			}()
		}
	})
}
