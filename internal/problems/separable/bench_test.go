package separable_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/problems/separable/separabletest"
)

// BenchmarkGradient is the cost of a gradient in 10 000 variables, for chains, arrowheads
// and a term in all variables, beside the same chain written out by hand.
func BenchmarkGradient(b *testing.B) {
	const n = 10_000
	for _, name := range []string{"fletchcr", "arwhead", "cragglvy", "power"} {
		b.Run(name, func(b *testing.B) {
			p, err := separabletest.Make(name, "dim=10000")
			if err != nil {
				b.Fatal(err)
			}
			x, grad := make([]float64, n), make([]float64, n)
			for i := range x {
				x[i] = 0.5
			}
			b.ReportAllocs()
			for b.Loop() {
				p.Evaluate(x, grad)
			}
		})
	}
	b.Run("fletchcr by hand", func(b *testing.B) {
		x, grad := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = 0.5
		}
		for b.Loop() {
			byHand(x, grad)
		}
	})
}

func byHand(x, grad []float64) (f float64) {
	clear(grad)
	for i := range len(x) - 1 {
		a, b := x[i], x[i+1]
		u, v := b-float64(a*a), 1-a
		f += float64(100*u*u) + float64(v*v)
		grad[i] += -float64(400*u*a) - float64(2*v)
		grad[i+1] += 200 * u
	}
	return f
}
