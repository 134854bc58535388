package simd

// Products is zₖ = Dot of row rows[k] of a matrix and y. The matrix lies row by row in
// values. Four rows at a time take their turns column by column; it is fastest where they
// are far from one another, for then each is a stream of its own to the memory.
func Products(z, values, y []float64, rows []int32) {
	z = z[:len(rows)]
	by4, from := 0, bulk(len(y))
	if avx2 && from > 0 && len(rows) >= 4 {
		by4 = len(rows) &^ 3
		inside(values, len(y), rows[:by4])
		productsAVX2(&z[0], &values[0], &y[0], &rows[0], by4, len(y), ahead(rows))
		productsRest(z, values, y, rows[:by4], from)
	}
	for k, i := range rows[by4:] {
		z[by4+k] = Dot(row(values, len(y), i), y)
	}
}

// productsRest adds the columns that fill no register.
func productsRest(z, values, y []float64, rows []int32, from int) {
	if from == len(y) {
		return
	}
	for k, i := range rows {
		z[k] = addRest(z[k], row(values, len(y), i)[from:], y[from:])
	}
}

// Combine adds Σ sₖ·row rows[k] to g, by AddFour as long as there are four.
func Combine(g, s, values []float64, rows []int32) {
	k := 0
	for ; k+4 <= len(rows); k += 4 {
		x := four(values, len(g), rows[k:])
		AddFour(g, s[k], s[k+1], s[k+2], s[k+3], x[0], x[1], x[2], x[3])
	}
	for ; k < len(rows); k++ {
		AddOne(g, s[k], row(values, len(g), rows[k]))
	}
}

// Stream is Products for rows, and Combine for the rows before, which are in the cache: it
// adds these while it waits for the memory of those. Both lists are of one length, a multiple
// of four.
func Stream(z, values, y []float64, rows []int32, g, s []float64, before []int32) {
	count, columns, from := len(rows), len(y), bulk(len(y))
	z, g, s, before = z[:count], g[:columns], s[:count], before[:count]
	if !avx2 || count == 0 || from == 0 {
		Combine(g, s, values, before)
		Products(z, values, y, rows)
		return
	}
	inside(values, columns, rows)
	inside(values, columns, before)
	streamAVX2(&z[0], &values[0], &y[0], &rows[0], count, columns, ahead(rows), &g[0], &s[0], &before[0])
	productsRest(z, values, y, rows, from)
	for k := 0; k < count && from < columns; k += 4 {
		x := four(values, columns, before[k:])
		addFourPortable(g[from:], s[k], s[k+1], s[k+2], s[k+3], x[0][from:], x[1][from:], x[2][from:], x[3][from:])
	}
}

// inside panics where the assembly would read beyond the matrix.
func inside(values []float64, columns int, rows []int32) {
	var most uint32 // of a negative number too
	for _, i := range rows {
		most = max(most, uint32(i))
	}
	_ = values[(int(most)+1)*columns-1]
}

// ahead is how far before its use memory is asked for, in bytes: farther where the four
// streams go on in the next rows.
func ahead(rows []int32) int {
	if len(rows) > 4 && rows[4] == rows[0]+1 {
		return 896
	}
	return 320
}

// row is row i of a matrix.
func row(values []float64, columns int, i int32) []float64 {
	return values[int(i)*columns : (int(i)+1)*columns]
}

// four are the first four rows of a list.
func four(values []float64, columns int, rows []int32) (x [4][]float64) {
	for k := range x {
		x[k] = row(values, columns, rows[k])
	}
	return x
}
