package simd

import "fmt"

// Sparse is a matrix whose rows are stored by their non-zeros.
type Sparse struct {
	offsets []int // row i has the entries from offsets[i] to before offsets[i+1]
	index   []int32
	values  []float64
	columns int // number of columns
}

// NewSparse is a matrix of so many columns. Row i has the values from offsets[i] to before offsets[i+1],
// in the columns that index names. It keeps the slices, and panics where they do not fit together,
// for the assembly does not ask again.
func NewSparse(columns int, offsets []int, index []int32, values []float64) Sparse {
	last := 0
	for i, offset := range offsets {
		if offset < last || offset > min(len(index), len(values)) {
			panic(fmt.Sprintf("simd: offset %d of a row is %d, after %d of %d entries", i, offset, last, min(len(index), len(values))))
		}
		last = offset
	}
	for k, j := range index {
		if j < 0 || int(j) >= columns {
			panic(fmt.Sprintf("simd: entry %d is in column %d of %d", k, j, columns))
		}
	}
	return Sparse{offsets, index, values, columns}
}

// Products is zₖ = wᵀ·row rows[k], in four interleaved sums, which do not wait for one another; what is
// left over of the entries goes to the first.
func (m Sparse) Products(z, w []float64, rows []int32) {
	z, w = clip(z, len(rows)), clip(w, m.columns)
	if m.assembly(rows) {
		gatherAVX2(&z[0], &w[0], &m.values[0], &m.index[0], &m.offsets[0], &rows[0], len(rows))
		return
	}
	for k, i := range rows {
		index, values := m.row(i)
		z[k] = gather(index, values, w)
	}
}

// Combine adds Σ sₖ·row rows[k] to g, row after row.
func (m Sparse) Combine(g, s []float64, rows []int32) {
	g, s = clip(g, m.columns), clip(s, len(rows))
	if m.assembly(rows) {
		scatterAVX2(&g[0], &s[0], &m.values[0], &m.index[0], &m.offsets[0], &rows[0], len(rows))
		return
	}
	for k, i := range rows {
		index, values := m.row(i)
		scatter(g, s[k], index, values)
	}
}

// assembly reports whether there is some for a list of rows, and panics where it would read beyond
// the matrix.
func (m Sparse) assembly(rows []int32) bool {
	var most uint32 // of a negative number too
	for _, i := range rows {
		most = max(most, uint32(i))
	}
	if len(rows) > 0 && int(most) >= len(m.offsets)-1 {
		panic(fmt.Sprintf("simd: row %d of %d", int32(most), len(m.offsets)-1))
	}
	return avx2 && len(rows) > 0 && len(m.values) > 0
}

func (m Sparse) row(i int32) (index []int32, values []float64) {
	from, to := m.offsets[i], m.offsets[i+1]
	return m.index[from:to], m.values[from:to]
}

func gather(index []int32, values, w []float64) float64 {
	index = index[:len(values)]
	var s0, s1, s2, s3 float64
	k := 0
	for ; k < len(values)-3; k += 4 {
		s0 += float64(values[k] * w[index[k]])
		s1 += float64(values[k+1] * w[index[k+1]])
		s2 += float64(values[k+2] * w[index[k+2]])
		s3 += float64(values[k+3] * w[index[k+3]])
	}
	for ; k < len(values); k++ {
		s0 += float64(values[k] * w[index[k]])
	}
	return (s0 + s1) + (s2 + s3)
}

func scatter(g []float64, s float64, index []int32, values []float64) {
	index = index[:len(values)]
	for k, v := range values {
		g[index[k]] += float64(s * v)
	}
}
