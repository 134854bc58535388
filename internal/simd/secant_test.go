package simd

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A secant pair is two differences and their products, at every length and with special numbers.
func TestSecant(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 5))
		for round := range 1000 {
			n := round % 41
			var v [7][]float64
			for k := range v {
				v[k] = draw(rng, n, []int{0, 4}[round%2])
			}
			s, y, last, next, x, before, g := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
			wantS, wantY := make([]float64, n), make([]float64, n)
			for i := range n {
				wantS[i], wantY[i] = x[i]-last[i], g[i]-before[i]
			}
			constant := slices.Concat(x, before, g)
			ss, sy, yy := Secant(s, y, last, next, x, before, g)
			got, want := []float64{ss, sy, yy}, []float64{Dot(wantS, wantS), Dot(wantS, wantY), Dot(wantY, wantY)}
			if !same(s, wantS) || !same(y, wantY) || !same(got, want) {
				t.Fatalf("n = %d: the pair %v, %v with products %v; expected %v, %v with %v", n, s, y, got, wantS, wantY, want)
			}
			if !same(last, x) || !same(next, g) || !same(slices.Concat(x, before, g), constant) {
				t.Fatalf("n = %d: x and g are not left for the next step, or a list has changed that is only read", n)
			}
		}
	})
}

func BenchmarkSecant(b *testing.B) {
	versions(b, func(name string) {
		for _, n := range []int{2, 10, 1000} {
			var v [7][]float64
			for k := range v {
				v[k] = draw(rand.New(rand.NewPCG(3, 5)), n, 0)
			}
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					Secant(v[0], v[1], v[2], v[3], v[4], v[5], v[6])
				}
			})
		}
	})
}
