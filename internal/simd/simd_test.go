package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/sys/cpu"
)

// portably runs f with the portable versions of the inner loops.
func portably(f func()) {
	defer func(before bool) { avx2 = before }(avx2)
	avx2 = false
	f()
}

// special are numbers that break what is nearly right.
var special = []float64{0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(),
	math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 0x1p-1030, -0x1.8p-1025, 0x1p-540, 0x1.fp-538,
	math.MaxFloat64, -math.MaxFloat64, 0x1p512, 1 + 0x1p-30, -745.2, -708.4, 709.7, 709.8}

// draw is n random numbers of many sizes; where rare > 0, about one in rare is special.
func draw(rng *rand.Rand, n, rare int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Ldexp(rng.NormFloat64(), rng.IntN(20)-10)
		if rare > 0 && rng.IntN(rare) == 0 {
			x[i] = special[rng.IntN(len(special))]
		}
	}
	return x
}

// same tells whether two results have the same bits. Any NaN is as good as any other: no
// result depends on its payload.
func same(a, b []float64) bool {
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) && !(math.IsNaN(a[i]) && math.IsNaN(b[i])) {
			return false
		}
	}
	return len(a) == len(b)
}

// The assembly and the portable version give the same bits: for every length up to ten
// registers, some longer, at every alignment, with and without special numbers.
func TestSameBits(t *testing.T) {
	if !cpu.X86.HasAVX2 {
		t.Skip("this processor has no AVX2, and so no second version to compare with")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 4000 {
		n := round % 41
		if round%10 == 0 {
			n = rng.IntN(600)
		}
		rare := []int{0, 0, 3, 50}[round/41%4]
		var v [6][]float64
		for k := range v {
			v[k] = draw(rng, n+4, rare)[rng.IntN(4):][:n]
		}
		// Twelve rows, of which the lists take some twice, in streams and at random.
		s, matrix := draw(rng, 8, rare), draw(rng, 12*n, rare)
		rows, before := []int32{0, 3, 6, 9, 1, 4, 7, 10, 2}, draws(rng, 8, 12)
		if round%2 == 0 {
			rows, before = before, rows[:8]
		}
		all := func() []float64 {
			one, four, combined := slices.Clone(v[0]), slices.Clone(v[0]), slices.Clone(v[0])
			AddOne(one, s[0], v[1])
			AddFour(four, s[0], s[1], s[2], s[3], v[1], v[2], v[3], v[4])
			Combine(combined, s, matrix, before[:7])
			products, dots, fused := make([]float64, len(rows)), make([]float64, 8), slices.Clone(v[0])
			Products(products, matrix, v[1], rows)
			Stream(dots, matrix, v[1], rows[:8], fused, s, before)
			slopes := make([]float64, n)
			loss := Logistic(v[4], v[5], slopes)
			return slices.Concat([]float64{Dot(v[0], v[1]), loss}, one, four, combined, products, dots, fused, slopes)
		}
		var want []float64
		portably(func() { want = all() })
		if got := all(); !same(got, want) {
			t.Fatalf("round %d, n = %d:\nAVX2     %v\nportable %v\nof s = %v, v = %v", round, n, got, want, s, v)
		}
	}
}

// draws is n random numbers below a bound.
func draws(rng *rand.Rand, n, below int) []int32 {
	x := make([]int32, n)
	for i := range x {
		x[i] = int32(rng.IntN(below))
	}
	return x
}

// both runs a test on either version.
func both(t *testing.T, f func(t *testing.T)) {
	t.Run("chosen", f)
	t.Run("portable", func(t *testing.T) { portably(func() { f(t) }) })
}

// Sums of products agree with exact arithmetic to what rounding allows, at every length.
func TestDotIsRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(3, 4))
		for n := range 100 {
			x, y := draw(rng, n, 0), draw(rng, n, 0)
			exact, size := new(big.Float).SetPrec(300), 0.0
			for i := range x {
				product := new(big.Float).SetPrec(300).SetFloat64(x[i])
				exact.Add(exact, product.Mul(product, big.NewFloat(y[i])))
				size += math.Abs(x[i] * y[i])
			}
			want, _ := exact.Float64()
			if got := Dot(x, y); math.Abs(got-want) > float64(n)*0x1p-53*size {
				t.Errorf("n = %d: %v, want %v", n, got, want)
			}
		}
	})
}

// The combinations of rows are the plain loop's to the bit, at every length.
func TestCombinationsAreRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(5, 6))
		for n := range 100 {
			g, x, s := draw(rng, n, 0), [4][]float64{}, draw(rng, 4, 0)
			for k := range x {
				x[k] = draw(rng, n, 0)
			}
			four, one := make([]float64, n), make([]float64, n)
			for j := range g {
				one[j] = g[j] + float64(s[0]*x[0][j])
				four[j] = g[j] + ((float64(s[0]*x[0][j]) + float64(s[1]*x[1][j])) + (float64(s[2]*x[2][j]) + float64(s[3]*x[3][j])))
			}
			matrix, h := slices.Concat(x[0], x[1], x[2], x[3]), slices.Clone(g)
			combined, fused, products, z := slices.Clone(g), slices.Clone(g), make([]float64, 5), make([]float64, 4)
			Combine(combined, s, matrix, []int32{0, 1, 2, 3})
			Products(products, matrix, g, []int32{3, 1, 2, 0, 2})
			Stream(z, matrix, g, []int32{2, 0, 3, 1}, fused, s, []int32{0, 1, 2, 3})
			dot := func(r int) float64 { return Dot(x[r], g) }
			if !same(products, []float64{dot(3), dot(1), dot(2), dot(0), dot(2)}) || !same(z, []float64{dot(2), dot(0), dot(3), dot(1)}) {
				t.Fatalf("n = %d: products %v and %v are not those of Dot", n, products, z)
			}
			if !same(fused, four) || !same(combined, four) {
				t.Fatalf("n = %d: at once %v and %v, want %v", n, fused, combined, four)
			}
			AddOne(h, s[0], x[0])
			AddFour(g, s[0], s[1], s[2], s[3], x[0], x[1], x[2], x[3])
			if !same(h, one) || !same(g, four) {
				t.Fatalf("n = %d: %v and %v, want %v and %v", n, h, g, one, four)
			}
		}
	})
}

// A kernel writes nothing beyond the length it was given.
func TestKernelsStayInside(t *testing.T) {
	both(t, func(t *testing.T) {
		for n := range 40 {
			x, dst := make([]float64, n+8), make([]float64, n+8)
			for i := range dst {
				x[i], dst[i] = 1, 7
			}
			AddOne(dst[:n], 1, x)
			AddFour(dst[:n], 1, 1, 1, 1, x, x, x, x)
			Logistic(x[:n], x, dst[:n])
			Stream(make([]float64, 4), x, x[:n/4], []int32{0, 1, 2, 3}, dst[:n/4], x, []int32{0, 1, 2, 3})
			Products(dst[:min(n, 4)], x, x[:n/4], []int32{0, 1, 2, 3}[:min(n, 4)])
			for i, v := range dst[n:] {
				if v != 7 {
					t.Fatalf("n = %d: entry %d became %v", n, n+i, v)
				}
			}
		}
	})
}

// A row that the matrix does not have is found before the assembly reads it.
func TestRowsOutside(t *testing.T) {
	both(t, func(t *testing.T) {
		x := make([]float64, 4*8)
		inside := []int32{0, 1, 2, 3}
		for _, outside := range [][]int32{{0, 1, 2, 4}, {0, -1, 2, 3}, {math.MaxInt32, 1, 2, 3}, {math.MinInt32, 1, 2, 3}} {
			for name, f := range map[string]func(){
				"Products":         func() { Products(make([]float64, 4), x, x[:8], outside) },
				"Stream":           func() { Stream(make([]float64, 4), x, x[:8], outside, make([]float64, 8), x[:4], inside) },
				"Stream of before": func() { Stream(make([]float64, 4), x, x[:8], inside, make([]float64, 8), x[:4], outside) },
				"Combine":          func() { Combine(make([]float64, 8), x[:4], x, outside) },
			} {
				func() {
					defer func() {
						if recover() == nil {
							t.Errorf("%s takes rows %d of 4", name, outside)
						}
					}()
					f()
				}()
			}
		}
	})
}
