package reference

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// epsilon is the distance from 1 to the next number.
const epsilon = 0x1p-52

// basis is an orthonormal basis of the span of some columns, which reveals their rank: Gram
// and Schmidt's process with the longest remainder first, each taken twice (Björck 1994,
// doi:10.1016/0024-3795(94)90493-6). Columns are brought to lengths in [1, 2) by powers of
// two, which costs no digit, so that the rank does not depend on their units.
type basis struct {
	q        [][]float64 // orthonormal, one for each independent column
	order    []int       // the column behind each of them
	r        [][]float64 // column order[k], scaled, is Σ r[k][i]·q[i] over i ≤ k
	exponent []int       // of the power of two that each column was divided by
}

// newBasis overwrites the columns. It stops at a rank of most.
func newBasis(columns [][]float64, most int) *basis {
	b := &basis{exponent: make([]int, len(columns))}
	norms := make([]float64, len(columns))
	shares := make([][]float64, len(columns))
	for j, c := range columns {
		norm := vec.Norm(c)
		if norm == 0 || math.IsInf(norm, 0) || math.IsNaN(norm) {
			continue
		}
		_, e := math.Frexp(norm)
		b.exponent[j] = e - 1
		for i, v := range c {
			c[i] = math.Ldexp(v, 1-e)
		}
		norms[j] = math.Ldexp(norm, 1-e)
	}
	for len(b.q) < most {
		j := longest(norms)
		if j < 0 {
			break
		}
		v := columns[j]
		for i, q := range b.q {
			again := vec.Dot(q, v)
			shares[j][i] += again
			vec.AddScaled(v, v, -again, q)
		}
		norm := vec.Norm(v)
		norms[j] = 0
		if norm <= dependent(len(v)) {
			continue
		}
		vec.Scale(1/norm, v)
		b.q, b.order, b.r = append(b.q, v), append(b.order, j), append(b.r, append(shares[j], norm))
		for k, c := range columns {
			if norms[k] == 0 {
				continue
			}
			share := vec.Dot(v, c)
			vec.AddScaled(c, c, -share, v)
			shares[k] = append(shares[k], share)
			if norms[k] = vec.Norm(c); norms[k] <= dependent(len(c)) {
				norms[k] = 0
			}
		}
	}
	return b
}

// dependent is the length up to which the remainder of a column of so many entries, beside
// its own length of about 1, is rounding. What combinations and indicators leave, rounded and
// standardized, is at most 5ε√rows; a column that leaves more is one of its own, whose large weights
// the accuracy of f* counts.
func dependent(rows int) float64 { return 8 * epsilon * math.Sqrt(float64(rows)) }

// longest is the first of the greatest norms, −1 where none is positive.
func longest(norms []float64) int {
	best := -1
	for j, v := range norms {
		if v > 0 && (best < 0 || v > norms[best]) {
			best = j
		}
	}
	return best
}

// rank is the number of independent columns.
func (b *basis) rank() int { return len(b.q) }

// weights writes into w the combination of the columns as given that is Σ uₖqₖ, and returns
// Σ |wⱼ|·‖column j‖, which multiplies the rounding of the columns. Entries of w that belong
// to dependent columns are zero.
func (b *basis) weights(w, u []float64) (size float64) {
	clear(w)
	scaled := append([]float64(nil), u...)
	for k := len(u) - 1; k >= 0; k-- {
		scaled[k] /= b.r[k][k]
		vec.AddScaled(scaled[:k], scaled[:k], -scaled[k], b.r[k][:k])
		size += float64(math.Abs(scaled[k]) * vec.Norm(b.r[k]))
		w[b.order[k]] = math.Ldexp(scaled[k], -b.exponent[b.order[k]])
	}
	return size
}

// project removes from v what lies in the span.
func (b *basis) project(v []float64) {
	for range 2 {
		for _, q := range b.q {
			vec.AddScaled(v, v, -vec.Dot(q, v), q)
		}
	}
}
