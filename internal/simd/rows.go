package simd

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
func (m Matrix) Combine(g, s []float64, rows []int32) {
	g = clip(g, m.Columns)
	k := 0
	for ; k+4 <= len(rows); k += 4 {
		x := m.four(rows[k:])
		AddFour(g, s[k], s[k+1], s[k+2], s[k+3], x[0], x[1], x[2], x[3])
	}
	for ; k < len(rows); k++ {
		AddOne(g, s[k], m.row(rows[k]))
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

// ahead is how far before its use memory is asked for, in bytes: farther where the four
// streams go on in the next rows, where nothing is asked for in vain. Both distances are
// measured, on rows of 200 numbers on an AMD processor; they are flat optima.
func ahead(rows []int32) int {
	if len(rows) > 4 && rows[4] == rows[0]+1 {
		return 896
	}
	return 320
}

// row is row i.
func (m Matrix) row(i int32) []float64 {
	from := int(i) * m.Columns
	return m.Values[from : from+m.Columns : len(m.Values)]
}

// four are the first four rows of a list.
func (m Matrix) four(rows []int32) (x [4][]float64) {
	for k := range x {
		x[k] = m.row(rows[k])
	}
	return x
}
