package data

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// The same samples laid out from dense and from sparse storage are the same.
func TestLayoutOfSparse(t *testing.T) {
	full := NewDense(3, 3, []float64{1, 0, 7, 0, 0, 7, 5, 0, 7})
	thin := NewSparse(3, 3, []int{0, 2, 3, 5}, []int32{0, 2, 2, 0, 2}, []float64{1, 7, 7, 5, 7})
	rows := []int32{2, 0, 1, 0}
	for _, standardize := range []bool{false, true} {
		l := Layout{Ones: true}
		k := Layout{Ones: true}
		if standardize {
			l.Standardize(full, []int32{0, 1, 2})
			k.Standardize(thin, []int32{0, 1, 2})
			if !slices.Equal(l.Constant(), []int{1, 2}) || !slices.Equal(k.Constant(), []int{1, 2}) {
				t.Errorf("constant columns %v and %v, want 1 and 2", l.Constant(), k.Constant())
			}
		}
		a, err := l.Apply(full, rows)
		if err != nil {
			t.Fatal(err)
		}
		b, err := k.Apply(thin, rows)
		if err != nil {
			t.Fatal(err)
		}
		if _, kept := b.(*Sparse); kept == standardize {
			t.Errorf("standardize %v gives a %T", standardize, b)
		}
		for i, row := range dense(a) {
			for j, v := range row {
				if w := dense(b)[i][j]; math.Abs(v-w) > 1e-15 {
					t.Errorf("standardize %v: entry (%d, %d) is %g densely, %g sparsely", standardize, i, j, v, w)
				}
			}
		}
		if standardize { // column 0 is 1, 0, 5: mean 2, population variance 14/3
			if got, want := dense(a)[0][0], 3/math.Sqrt(14.0/3); math.Abs(got-want) > 1e-15 {
				t.Errorf("5 becomes %g, want %g", got, want)
			}
		}
	}
}

func TestLayoutTooLarge(t *testing.T) {
	wide := NewSparse(8, maxFeatures, make([]int, 9), nil, nil)
	l := Layout{}
	l.mean, l.deviation = []float64{}, []float64{}
	if _, err := l.Apply(wide, []int32{0, 1, 2, 3, 4, 5, 6, 7}); err == nil || !strings.Contains(err.Error(), "standardize: false keeps sparse data sparse") {
		t.Errorf("error %v", err)
	}
}

// Products and sums of rows against plain loops, for every remainder of the unrolled ones.
func TestKernels(t *testing.T) {
	for m := 1; m <= 9; m++ {
		for d := 1; d <= 9; d++ {
			values, w := make([]float64, m*d), make([]float64, d)
			for k := range values {
				values[k] = float64((k*37+11)%19) - 9
			}
			for j := range w {
				w[j] = float64(j*5%7) - 3
			}
			rows, s := make([]int32, m), make([]float64, m)
			for i := range rows {
				rows[i], s[i] = int32((i*2)%m), float64(i)-1
			}
			full := NewDense(m, d, values)
			thin := sparsify(full)
			for _, x := range []Matrix{full, thin} {
				z, g := make([]float64, m), make([]float64, d)
				x.Products(z, w, rows)
				x.Combine(g, s, rows)
				want := make([]float64, d)
				for k, i := range rows {
					var sum float64
					for j := range d {
						sum += values[int(i)*d+j] * w[j]
						want[j] += s[k] * values[int(i)*d+j]
					}
					if z[k] != sum { // whole numbers: exact in any order
						t.Fatalf("%T %d×%d: product %g, want %g", x, m, d, z[k], sum)
					}
				}
				if !slices.Equal(g, want) {
					t.Fatalf("%T %d×%d: combination %v, want %v", x, m, d, g, want)
				}
			}
		}
	}
}

func sparsify(x *Dense) *Sparse {
	m, d := x.Dims()
	offsets := []int{0}
	var columns []int32
	var values []float64
	for i := range m {
		for j, v := range x.row(i) {
			if v != 0 {
				columns, values = append(columns, int32(j)), append(values, v)
			}
		}
		offsets = append(offsets, len(values))
	}
	return NewSparse(m, d, offsets, columns, values)
}
