package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Every version takes the step of the formula, entry by entry, at every length, and leaves what is
// beside it alone.
func TestStepByRoots(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(13, 14))
		for n := range 40 {
			for range 50 {
				x, m, v := draw(rng, n+1, 9), draw(rng, n, 9), draw(rng, n, 9)
				lr, root, eps := rng.ExpFloat64(), rng.Float64(), float64(rng.IntN(2))*1e-8
				want := append([]float64(nil), x...)
				for i := range n {
					if step := lr * m[i]; step != 0 {
						want[i] = x[i] - step/(math.Sqrt(v[i])/root+eps)
					}
				}
				StepByRoots(x[:n], lr, m, v, root, eps)
				if !same(x, want) {
					t.Fatalf("got %v, want %v", x, want)
				}
			}
		}
	})
}

func BenchmarkStepByRoots(b *testing.B) {
	for _, n := range []int{4, 1000} {
		x, m, v := make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range m {
			m[i], v[i] = 1e-9*float64(i+1), 1
		}
		for _, c := range []struct {
			name string
			f    func()
		}{
			{"chosen", func() { StepByRoots(x, 1e-3, m, v, 0.5, 1e-8) }},
			{"portable", func() { stepByRootsPortable(x, 1e-3, m, v, 0.5, 1e-8) }},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				for b.Loop() {
					c.f()
				}
			})
		}
	}
}
