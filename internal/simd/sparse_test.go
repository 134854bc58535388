package simd

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawSparse draws rows of 0 to 13 entries in so many columns, beside one another.
func drawSparse(rng *rand.Rand, rows, columns, rare int) (offsets []int, index []int32, values []float64) {
	offsets = []int{0}
	for range rows {
		row := rng.Perm(columns)[:rng.IntN(min(14, columns+1))]
		slices.Sort(row)
		for _, j := range row {
			index = append(index, int32(j))
		}
		offsets = append(offsets, len(index))
	}
	return offsets, index, draw(rng, len(index), rare)
}

// The assembly gives the bits of the portable version, in lists with rows that repeat.
func TestSparseSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for round := range 2000 {
		columns, rare := 1+rng.IntN(30), []int{0, 0, 4, 40}[round%4]
		offsets, index, values := drawSparse(rng, 9, columns, rare)
		m := NewSparse(columns, offsets, index, values)
		w, g, s := draw(rng, columns, rare), draw(rng, columns, rare), draw(rng, 12, rare)
		rows := draws(rng, rng.IntN(13), 9)
		all := func() []float64 {
			z, sum := make([]float64, len(rows)), slices.Clone(g)
			m.Products(z, w, rows)
			m.Combine(sum, s, rows)
			return append(z, sum...)
		}
		var want []float64
		portably(func() { want = all() })
		if got := all(); !same(got, want) {
			t.Fatalf("round %d:\nAVX2     %v\nportable %v", round, got, want)
		}
	}
}

// Products and sums are those of the same matrix with its zeros, but for rounding.
func TestSparseIsRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(9, 8))
		for range 200 {
			const rows = 9
			columns := 1 + rng.IntN(40)
			offsets, index, values := drawSparse(rng, rows, columns, 0)
			for k := range values {
				values[k] = rng.NormFloat64()
			}
			m, list := NewSparse(columns, offsets, index, values), draws(rng, 7, rows)
			w, s, z, g := make([]float64, columns), make([]float64, 7), make([]float64, 7), make([]float64, columns)
			for j := range w {
				w[j] = rng.NormFloat64()
			}
			for k := range s {
				s[k] = rng.NormFloat64()
			}
			m.Products(z, w, list)
			m.Combine(g, s, list)
			sum := make([]float64, columns)
			for k, i := range list {
				dense := make([]float64, columns)
				for e := offsets[i]; e < offsets[i+1]; e++ {
					dense[index[e]] = values[e]
				}
				var product float64
				for j, v := range dense {
					product += float64(v * w[j])
					sum[j] += float64(s[k] * v)
				}
				if math.Abs(z[k]-product) > 1e-12 {
					t.Fatalf("product %d is %v, want %v", k, z[k], product)
				}
			}
			for j := range g {
				if math.Abs(g[j]-sum[j]) > 1e-12 {
					t.Fatalf("entry %d of the sum is %v, want %v", j, g[j], sum[j])
				}
			}
		}
	})
}

// What would have the assembly read or write beyond its slices panics.
func TestSparseInside(t *testing.T) {
	both(t, func(t *testing.T) {
		panics := func(name string, f func()) {
			t.Helper()
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}
		one, two := []float64{1}, []float64{1, 2}
		for name, c := range map[string]struct {
			offsets []int
			index   []int32
		}{
			"a column too many":        {[]int{0, 2}, []int32{0, 2}},
			"a negative column":        {[]int{0, 2}, []int32{0, -1}},
			"offsets that fall":        {[]int{0, 2, 1}, []int32{0, 1}},
			"an offset beyond the end": {[]int{0, 3}, []int32{0, 1}},
			"a negative offset":        {[]int{-1, 2}, []int32{0, 1}},
		} {
			panics(name, func() { NewSparse(2, c.offsets, c.index, two) })
		}
		m := NewSparse(2, []int{0, 1, 2}, []int32{0, 1}, two)
		panics("a row too many", func() { m.Products(one, two, []int32{2}) })
		panics("a negative row", func() { m.Combine(two, one, []int32{-1}) })
		panics("a short z", func() { m.Products(one, two, []int32{0, 1}) })
		panics("a short w", func() { m.Products(two, one, []int32{0, 1}) })
		panics("a short s", func() { m.Combine(two, one, []int32{0, 1}) })
		panics("a short g", func() { m.Combine(one, two, []int32{0, 1}) })
		m.Products(nil, two, nil)
		m.Combine(two, nil, nil)
	})
}
