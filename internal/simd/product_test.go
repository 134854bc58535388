package simd

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"golang.org/x/sys/cpu"
)

// versions runs a test on every version of the products that this processor has, chosen or not.
func versions(t testing.TB, f func(name string)) {
	defer func(before, wider bool) { avx2, avx512 = before, wider }(avx2, avx512)
	if avx512 = avx2 && cpu.X86.HasAVX512F; avx512 {
		f("AVX-512")
	}
	if avx512 = false; avx2 {
		f("AVX2")
	}
	avx2 = false
	f("portable")
}

// A product has the bits of three nested loops, whatever its size, its strides and its version,
// from zero and from what is there, and changes nothing beside its entries.
func TestProductIsThreeLoops(t *testing.T) {
	versions(t, func(name string) {
		rng := rand.New(rand.NewPCG(5, 6))
		var b Panels
		for round := range 1500 {
			m, n, k := 1+rng.IntN(40), 1+rng.IntN(50), 1+rng.IntN(30)
			if round%100 == 0 {
				m, n, k = m+span, n+64, k+depth
			}
			stride, across := n+rng.IntN(3), rng.IntN(2) == 0
			row, column := k+rng.IntN(3), 1
			if across {
				row, column = 1, m+rng.IntN(3)
			}
			brow, bcolumn := n+rng.IntN(3), 1
			if rng.IntN(2) == 0 {
				brow, bcolumn = 1, k+rng.IntN(3)
			}
			rare, add := []int{0, 40}[round%2], rng.IntN(2) == 0
			a, v := draw(rng, m*k+3*(m+k), rare), draw(rng, n*k+3*(n+k), rare)
			got := draw(rng, m*stride+1, rare)
			want := append([]float64(nil), got...)
			for i := range m {
				for j := range n {
					sum := 0.0
					if add {
						sum = want[i*stride+j]
					}
					for l := range k {
						sum += float64(a[i*row+l*column] * v[l*brow+j*bcolumn])
					}
					want[i*stride+j] = sum
				}
			}
			b.Pack(v, brow, bcolumn, k, n)
			b.Times(got, stride, a, row, column, m, add)
			if !same(got, want) {
				t.Fatalf("%s: round %d: %d×%d·%d×%d, strides %d, %d/%d, %d/%d, add %t differs", name, round, m, k, k, n, stride, row, column, brow, bcolumn, add)
			}
		}
	})
}

// Where the slices are too short the product panics instead of reading beyond them.
func TestProductPanics(t *testing.T) {
	versions(t, func(name string) {
		for what, f := range map[string]func(b *Panels){
			"C":          func(b *Panels) { b.Times(make([]float64, 11), 4, make([]float64, 12), 4, 1, 3, false) },
			"A":          func(b *Panels) { b.Times(make([]float64, 12), 4, make([]float64, 11), 4, 1, 3, false) },
			"B's row":    func(b *Panels) { b.Pack(make([]float64, 99)[9:], -1, 1, 2, 16) },
			"B's column": func(b *Panels) { b.Pack(make([]float64, 99)[9:], 1, -1, 8, 4) },
			"stride":     func(b *Panels) { b.Times(make([]float64, 12), 3, make([]float64, 12), 4, 1, 3, false) },
		} {
			var b Panels
			b.Pack(make([]float64, 16), 4, 1, 4, 4)
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s: a wrong %s does not panic", name, what)
					}
				}()
				f(&b)
			}()
		}
	})
}

func BenchmarkProduct(b *testing.B) {
	versions(b, func(name string) {
		for _, size := range [][3]int{{512, 512, 512}, {64, 64, 128}, {64, 128, 64}, {128, 784, 256}, {64, 64, 10}} {
			m, k, n := size[0], size[1], size[2]
			x, y, c := make([]float64, m*k), make([]float64, k*n), make([]float64, m*n)
			for i := range x {
				x[i] = float64(i%7) - 3
			}
			for i := range y {
				y[i] = float64(i%5) - 2
			}
			b.Run(fmt.Sprintf("%s/%dx%dx%d", name, m, k, n), func(b *testing.B) {
				var p Panels
				p.Reserve(k, n)
				b.ReportAllocs()
				for b.Loop() {
					p.Pack(y, n, 1, k, n)
					p.Times(c, n, x, k, 1, m, false)
				}
				b.ReportMetric(2*float64(m*n*k)*float64(b.N)/1e9/b.Elapsed().Seconds(), "GFlop/s")
			})
		}
	})
}
