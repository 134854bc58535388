package data

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Rows are the entries of a list in its order, where the matrix has them if they are neighbours, and the room is for no
// others.
func TestRows(t *testing.T) {
	a := NewDense(5, 2, []float64{0, 1, 10, 11, 20, 21, 30, 31, 40, 41})
	for _, c := range []struct {
		list   []int32
		copied bool
	}{
		{nil, false}, {[]int32{3}, false}, {[]int32{2, 3, 4}, false}, {[]int32{0, 1, 2, 3, 4}, false},
		{[]int32{1, 1}, true}, {[]int32{4, 3}, true}, {[]int32{0, 2}, true}, {[]int32{1, 3, 3}, true}, {[]int32{0, 2, 1, 3}, true},
	} {
		var want []float64
		for _, i := range c.list {
			want = append(want, float64(10*i), float64(10*i+1))
		}
		room := make([]float64, 10)
		got := a.Rows(c.list, room)
		if !slices.Equal(got, want) {
			t.Errorf("rows %v are %v", c.list, got)
		}
		if copied := len(got) > 0 && &got[0] == &room[0]; copied != c.copied {
			t.Errorf("rows %v: copied is %t", c.list, copied)
		}
	}
}

// Next is Combine and Products to the bit, for lists of every length, with rows that repeat,
// and the same on either storage but for the order of summation.
func TestNext(t *testing.T) {
	const m, d = 23, 37
	rng := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, m*d)
	offsets, index := []int{0}, []int32(nil)
	for k := range values {
		values[k] = rng.NormFloat64()
		index = append(index, int32(k%d))
	}
	for i := range m {
		offsets = append(offsets, (i+1)*d)
	}
	dense, sparse := NewDense(m, d, values), NewSparse(m, d, offsets, index, values)
	if dense.Entries() != m*d || sparse.Entries() != m*d {
		t.Errorf("%d and %d entries", dense.Entries(), sparse.Entries())
	}
	random := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		return x
	}
	some := func(n int) []int32 {
		rows := make([]int32, n)
		for i := range rows {
			rows[i] = int32(rng.IntN(m))
		}
		return rows
	}
	for first := range 14 {
		for second := range 14 {
			before, rows, w, s, start := some(first), some(second), random(d), random(first), random(d)
			var gradients, products [2][]float64
			for k, x := range []Matrix{dense, sparse} {
				g, z := slices.Clone(start), make([]float64, second)
				x.Combine(g, s, before)
				x.Products(z, w, rows)
				gradients[k], products[k] = slices.Clone(start), make([]float64, second)
				x.Next(products[k], w, rows, gradients[k], s, before)
				if !slices.Equal(g, gradients[k]) || !slices.Equal(z, products[k]) {
					t.Fatalf("%T, %d rows before %d: not the bits of Combine and Products", x, first, second)
				}
			}
			for j, v := range slices.Concat(gradients[0], products[0]) {
				if off := v - slices.Concat(gradients[1], products[1])[j]; off > 1e-12 || off < -1e-12 {
					t.Fatalf("%d rows before %d: dense and sparse differ by %g", first, second, off)
				}
			}
		}
	}
}
