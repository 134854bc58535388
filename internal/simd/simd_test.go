package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/cpu"
)

// portably runs f with the portable versions of the inner loops.
func portably(f func()) {
	defer func(before, wider bool) { avx2, avx512 = before, wider }(avx2, avx512)
	avx2, avx512 = false, false
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

// same reports whether two results have the same bits. NaNs are equal to each other, since
// no result depends on their payload.
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
		// Twelve rows; the lists name some of them twice, in sequence and at random.
		s, matrix, long := draw(rng, 8, rare), draw(rng, 12*n, rare), draw(rng, 21*n, rare)
		rows, before := []int32{0, 3, 6, 9, 1, 4, 7, 10, 2}, draws(rng, 8, 12)
		if round%2 == 0 {
			rows, before = before, rows
		}
		all := func() []float64 {
			one, four, combined := slices.Clone(v[0]), slices.Clone(v[0]), slices.Clone(v[0])
			abs := slices.Clone(v[0])
			size := AddAbs(abs, v[1])
			AddOne(one, s[0], v[1])
			added := slices.Clone(v[0])
			after := AddDot(added, s[0], v[1], v[2])
			if !same([]float64{after, AddDot(slices.Clone(v[0]), s[0], v[1], v[2])}, []float64{Dot(one, v[2]), after}) || !same(added, one) {
				t.Fatalf("n = %d: AddDot is not AddOne and Dot", n)
			}
			AddFour(four, s[0], s[1], s[2], s[3], v[1], v[2], v[3], v[4])
			m := Matrix{matrix, n}
			m.Combine(combined, s, before[:7])
			products, dots, fused := make([]float64, len(rows)), make([]float64, len(rows)), slices.Clone(v[0])
			m.Products(products, v[1], rows)
			m.Next(dots, v[1], rows, fused, s, before[:8])
			columns := make([]float64, n-n/3) // of up to 21 rows
			Matrix{long, n}.ColumnProducts(columns, v[5][:min(n, 21)], n/3)
			slopes := make([]float64, n)
			loss := Logistic(v[4], v[5], slopes)
			return slices.Concat([]float64{Dot(v[0], v[1]), size, after, loss}, abs, one, four, combined, products, dots, fused, columns, slopes)
		}
		var want []float64
		portably(func() { want = all() })
		if got := all(); !same(got, want) {
			t.Fatalf("round %d, n = %d:\nAVX2     %v\nportable %v\nof s = %v, v = %v", round, n, got, want, s, v)
		}
	}
}

// AddAbs is exact where no sum is rounded.
// A sum of zeros is +0 whatever their signs, at every length.
func TestSumOfNegativeZeros(t *testing.T) {
	zero, one := slices.Repeat([]float64{math.Copysign(0, -1)}, 41), slices.Repeat([]float64{1}, 41)
	all := func() {
		for n := range zero {
			z, x := zero[:n], one[:n]
			for name, sum := range map[string]float64{"Dot": Dot(z, x), "AddDot": AddDot(slices.Clone(z), math.Copysign(0, -1), x, x)} {
				if math.Float64bits(sum) != 0 {
					t.Errorf("%s of %d numbers −0 is %g (sign %t); expected +0", name, n, sum, math.Signbit(sum))
				}
			}
		}
	}
	all()
	portably(all)
}

func TestAddAbs(t *testing.T) {
	both(t, func(t *testing.T) {
		for n := range 100 {
			g, x, want := make([]float64, n), make([]float64, n), 0.0
			for i := range x {
				g[i], x[i] = float64(i), float64(3*i-50)
				want += math.Abs(x[i])
			}
			if got := AddAbs(g, x); got != want {
				t.Fatalf("n = %d: the sum is %v, want %v", n, got, want)
			}
			for i := range g {
				if g[i] != float64(i)+math.Abs(x[i]) {
					t.Fatalf("n = %d: entry %d is %v, want %v", n, i, g[i], float64(i)+math.Abs(x[i]))
				}
			}
		}
	})
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
			if got := Dot(x, y); !(math.Abs(got-want) <= float64(n)*0x1p-53*size) {
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
			m := Matrix{matrix, n}
			m.Combine(combined, s, []int32{0, 1, 2, 3})
			m.Products(products, g, []int32{3, 1, 2, 0, 2})
			m.Next(z, slices.Clone(g), []int32{2, 0, 3, 1}, fused, s, []int32{0, 1, 2, 3})
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

// The products with columns are added up row after row, whatever the rows and the columns.
func TestColumnProductsAreRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(11, 12))
		for columns := range 90 {
			for _, rows := range []int{0, 1, 2, tile - 1, tile, tile + 1, 3 * tile} {
				m, x := Matrix{draw(rng, rows*columns, 0), columns}, draw(rng, rows, 0)
				from := rng.IntN(columns + 1)
				got, want := draw(rng, columns-from, 0), make([]float64, columns-from)
				for i, v := range x {
					for k := range want {
						want[k] += float64(v * m.Values[i*columns+from+k])
					}
				}
				if m.ColumnProducts(got, x, from); !same(got, want) {
					t.Fatalf("%d×%d from column %d on: %v, want %v", rows, columns, from, got, want)
				}
			}
		}
	})
}

// A kernel writes nothing beyond the length it was given.
func TestKernelsStayInside(t *testing.T) {
	both(t, func(t *testing.T) {
		for n := range 40 {
			x := make([]float64, 9*n+8)
			for i := range x {
				x[i] = 1
			}
			m := Matrix{x, n}
			rows := []int32{0, 2, 4, 6, 1, 3, 5, 7, 8}
			for name, c := range map[string]struct {
				length int
				write  func(dst []float64)
			}{
				"AddOne":         {n, func(dst []float64) { AddOne(dst, 1, x) }},
				"AddFour":        {n, func(dst []float64) { AddFour(dst, 1, 1, 1, 1, x, x, x, x) }},
				"Logistic":       {n, func(dst []float64) { Logistic(x[:n], x, dst) }},
				"Products":       {9, func(dst []float64) { m.Products(dst, x, rows) }},
				"Combine":        {n, func(dst []float64) { m.Combine(dst, x[:8], rows[:8]) }},
				"ColumnProducts": {n, func(dst []float64) { m.ColumnProducts(dst, x[:min(9, len(x))], 0) }},
				"Next, products": {8, func(dst []float64) { m.Next(dst, x, rows[:8], make([]float64, n), x, rows[:8]) }},
				"Next, sum":      {n, func(dst []float64) { m.Next(make([]float64, 8), x, rows[:8], dst, x, rows[:8]) }},
			} {
				if strings.HasPrefix(name, "Next") && n == 0 {
					continue // x has no eight numbers for s
				}
				dst := make([]float64, c.length+8)
				for i := range dst {
					dst[i] = 7
				}
				c.write(dst[:c.length])
				for i, v := range dst[c.length:] {
					if v != 7 {
						t.Fatalf("%s, n = %d: entry %d became %v", name, n, c.length+i, v)
					}
				}
			}
		}
	})
}

// What the matrix does not have is found before the assembly reads it, though there be room.
func TestOutside(t *testing.T) {
	both(t, func(t *testing.T) {
		m := Matrix{make([]float64, 4*8, 99), 8}
		z, y, g, s := make([]float64, 4, 99), make([]float64, 8, 99), make([]float64, 8, 99), make([]float64, 4, 99)
		rows := []int32{0, 1, 2, 3}
		panics := func(name string, f func()) {
			t.Helper()
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", name)
				}
			}()
			f()
		}
		for _, outside := range [][]int32{{0, 1, 2, 4}, {0, -1, 2, 3}, {math.MaxInt32, 1, 2, 3}, {math.MinInt32, 1, 2, 3}} {
			panics("a row in Products", func() { m.Products(z, y, outside) })
			panics("a row in Combine", func() { m.Combine(g, s, outside) })
			panics("a row in Next", func() { m.Next(z, y, outside, g, s, rows) })
			panics("a row before in Next", func() { m.Next(z, y, rows, g, s, outside) })
		}
		panics("a column in ColumnProducts", func() { m.ColumnProducts(y[:5], s, 4) })
		panics("a column before the first in ColumnProducts", func() { m.ColumnProducts(y[:5], s, -1) })
		panics("a row in ColumnProducts", func() { m.ColumnProducts(y, make([]float64, 5), 0) })
		panics("a short z", func() { m.Products(z[:3], y, rows) })
		panics("a short y", func() { m.Products(z, y[:7], rows) })
		panics("a short g", func() { m.Combine(g[:7], s, rows) })
		panics("a short s", func() { m.Combine(g, s[:3], rows) })
		panics("a short z in Next", func() { m.Next(z[:3], y, rows, g, s, rows) })
		panics("a short y in Next", func() { m.Next(z, y[:7], rows, g, s, rows) })
		panics("a short g in Next", func() { m.Next(z, y, rows, g[:7], s, rows) })
		panics("a short s in Next", func() { m.Next(z, y, rows, g, s[:3], rows) })
	})
}

// Vendors and signatures as AMD's and Intel's lists of processors give them.
func TestHalved(t *testing.T) {
	const amd, intel = 0x444d4163, 0x6c65746e
	for _, c := range []struct {
		name              string
		vendor, signature uint32
		want              bool
	}{
		{"Genoa (Zen 4)", amd, 0xa10f11, true},
		{"Raphael (Zen 4)", amd, 0xa60f12, true},
		{"Turin (Zen 5)", amd, 0xb00f21, false},
		{"Ice Lake", intel, 0x606a6, false},
		{"Sapphire Rapids", intel, 0x806f8, false},
		{"another vendor's of this family", intel, 0xa10f11, false},
	} {
		if got := halved(c.vendor, c.signature); got != c.want {
			t.Errorf("halved(%s) = %t", c.name, got)
		}
	}
}
