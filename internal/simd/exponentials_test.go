package simd

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary"
)

// Exponentials have the bits of elementary.Exp at every length, in every lane, and leave what is beside
// them alone.
func TestExponentialsAreExp(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(11, 12))
		edges := []float64{0, math.Copysign(0, -1), math.Inf(-1), math.NaN(), -math.MaxFloat64, -math.SmallestNonzeroFloat64,
			-750, -745.2, -744, -708.5, -0.5 * math.Ln2}
		for n := range 3 * lanes {
			for range 500 {
				x := make([]float64, n+1)
				for k := range x {
					x[k] = -math.Ldexp(rng.ExpFloat64(), rng.IntN(14)-4)
					if rng.IntN(4) == 0 {
						x[k] = edges[rng.IntN(len(edges))]
					}
				}
				got := append([]float64(nil), x...)
				Exponentials(got[:n])
				for k, v := range x[:n] {
					x[k] = elementary.Exp(v)
				}
				if !same(got, x) {
					t.Fatalf("got %v, want %v", got, x)
				}
			}
		}
	})
}
