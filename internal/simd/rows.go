package simd

import "fmt"

// Matrix is a matrix of so many columns, whose values lie row by row. Vectors that are
// longer than it has columns are clipped; shorter ones, and rows that it does not have,
// panic.
type Matrix struct {
	Values  []float64
	Columns int
}

// Products is zₖ = Dot of row rows[k] and y. Four rows at a time take their turns column by
// column; it is fastest where they are far from one another, for then each is a stream of
// its own to the memory.
func (m Matrix) Products(z, y []float64, rows []int32) {
	z, y = clip(z, len(rows)), clip(y, m.Columns)
	by4 := 0
	if avx2 && bulk(m.Columns) > 0 && len(rows) >= 4 {
		by4 = len(rows) &^ 3
		m.inside(rows[:by4])
		productsAVX2(&z[0], &m.Values[0], &y[0], &rows[0], by4, m.Columns, ahead(rows))
		m.productsRest(z, y, rows[:by4])
	}
	for k, i := range rows[by4:] {
		z[by4+k] = Dot(m.row(i), y)
	}
}

// productsRest adds the columns that fill no register.
func (m Matrix) productsRest(z, y []float64, rows []int32) {
	from := bulk(m.Columns)
	if from == m.Columns {
		return
	}
	for k, i := range rows {
		z[k] = addRest(z[k], m.row(i)[from:], y[from:])
	}
}

// Combine adds Σ sₖ·row rows[k] to g, by AddFour as long as there are four.
func (m Matrix) Combine(g, s []float64, rows []int32) { m.CombineStrip(g, s, rows, 0, m.Columns) }

// CombineStrip is Combine for the columns from one to before another; it leaves the rest of g alone.
func (m Matrix) CombineStrip(g, s []float64, rows []int32, from, to int) {
	g = clip(g, m.Columns)[from:to]
	k := 0
	for ; k+4 <= len(rows); k += 4 {
		x := m.four(rows[k:])
		AddFour(g, s[k], s[k+1], s[k+2], s[k+3], x[0][from:], x[1][from:], x[2][from:], x[3][from:])
	}
	for ; k < len(rows); k++ {
		AddOne(g, s[k], m.row(rows[k])[from:])
	}
}

// Next is Combine for the rows before, which are in the cache, and Products for rows: it adds
// the ones while it waits for the memory of the others. The bits are those of the two.
func (m Matrix) Next(z, y []float64, rows []int32, g, s []float64, before []int32) {
	z, y, g, s = clip(z, len(rows)), clip(y, m.Columns), clip(g, m.Columns), clip(s, len(before))
	k := 0
	if avx2 && bulk(m.Columns) > 0 {
		k = min(len(rows), len(before)) &^ 3
		m.nextByFours(z, y, rows[:k], g, s, before[:k])
	}
	m.Combine(g, s[k:], before[k:])
	m.Products(z[k:], y, rows[k:])
}

// nextByFours is Next for two lists of one length, a multiple of four.
func (m Matrix) nextByFours(z, y []float64, rows []int32, g, s []float64, before []int32) {
	if len(rows) == 0 {
		return
	}
	m.inside(rows)
	m.inside(before)
	nextAVX2(&z[0], &m.Values[0], &y[0], &rows[0], len(rows), m.Columns, ahead(rows), &g[0], &s[0], &before[0])
	m.productsRest(z, y, rows)
	from := bulk(m.Columns)
	for k := 0; k < len(before) && from < m.Columns; k += 4 {
		x := m.four(before[k:])
		addFourPortable(g[from:], s[k], s[k+1], s[k+2], s[k+3], x[0][from:], x[1][from:], x[2][from:], x[3][from:])
	}
}

// tile is the number of rows added up at a time in all columns, small enough that their
// memory pages stay in the TLB. Measured; the optimum is flat.
const tile = 12

// ColumnProducts is zₖ = Σᵢ xᵢ·A[i, from+k], added up in the order of the rows; the matrix has
// one row for each number in x.
func (m Matrix) ColumnProducts(z, x []float64, from int) {
	if from+len(z) > m.Columns {
		panic(fmt.Sprintf("simd: columns %d to %d of %d", from, from+len(z), m.Columns))
	}
	if !avx2 || len(z) < lanes || len(x) == 0 {
		m.columnProductsPortable(z, x, from)
		return
	}
	clip(m.Values[from:], (len(x)-1)*m.Columns+len(z))
	for i := 0; i < len(x); i += tile {
		columnProductsAVX2(&z[0], &m.Values[i*m.Columns+from], &x[i], len(z), min(tile, len(x)-i), m.Columns, i > 0)
	}
}

func (m Matrix) columnProductsPortable(z, x []float64, from int) {
	k := 0
	for ; k+4 <= len(z); k += 4 {
		var s, t, u, v float64
		at := from + k
		for _, p := range x {
			a := (*[4]float64)(m.Values[at:])
			s, t, u, v = s+float64(p*a[0]), t+float64(p*a[1]), u+float64(p*a[2]), v+float64(p*a[3])
			at += m.Columns
		}
		z[k], z[k+1], z[k+2], z[k+3] = s, t, u, v
	}
	for ; k < len(z); k++ {
		var s float64
		at := from + k
		for _, p := range x {
			s += float64(p * m.Values[at])
			at += m.Columns
		}
		z[k] = s
	}
}

// clip is the first n numbers of x, and panics where there are fewer, room or not.
func clip(x []float64, n int) []float64 { return x[:n:len(x)] }

// inside panics where the assembly would read beyond the matrix.
func (m Matrix) inside(rows []int32) {
	var most uint32 // of a negative number too
	for _, i := range rows {
		most = max(most, uint32(i))
	}
	clip(m.Values, (int(most)+1)*m.Columns)
}

// near and far are prefetch distances in bytes. Both were measured on rows of 200 numbers on an AMD
// processor; the optima are flat.
const near, far = 320, 896

// ahead is far where the four streams continue in the next rows, since then every prefetched line is used.
func ahead(rows []int32) int {
	if len(rows) > 4 && rows[4] == rows[0]+1 {
		return far
	}
	return near
}

// row is row i. In 32 bits the place of a row that the matrix does not have could be one that it has.
func (m Matrix) row(i int32) []float64 {
	from := int64(i) * int64(m.Columns)
	return m.Values[from : from+int64(m.Columns) : len(m.Values)]
}

// four are the first four rows of a list.
func (m Matrix) four(rows []int32) (x [4][]float64) {
	for k := range x {
		x[k] = m.row(rows[k])
	}
	return x
}
