package data

import "github.com/gdbench/gdbench/internal/simd"

// Matrix is an m×d matrix of features, stored densely or by its non-zeros. It is never
// modified.
type Matrix interface {
	Dims() (m, d int)
	// Entries are how many numbers are stored.
	Entries() int
	// Row is row i: its values, and their columns; nil columns mean all of
	// them in order. The slices must not be modified.
	Row(i int) (columns []int32, values []float64)
	// Products writes xᵢᵀw into z for each row i of the list. Rows may repeat.
	Products(z, w []float64, rows []int32)
	// Combine adds Σ sᵢxᵢ to g, over the rows of the list.
	Combine(g, s []float64, rows []int32)
	// Next is Combine for the rows before and Products for those of the list, to the bit: a
	// pass over blocks of rows adds those at hand while the next are on their way from memory.
	Next(z, w []float64, rows []int32, g, s []float64, before []int32)
}

// Dense is a matrix stored row by row.
type Dense struct {
	rows, columns int
	values        []float64 // row-major
}

var _ Matrix = (*Dense)(nil)

// NewDense is the m×d matrix with the given entries, row-major. It keeps the slice.
func NewDense(m, d int, values []float64) *Dense {
	return &Dense{rows: m, columns: d, values: values[:m*d]}
}

// Dims are the numbers m of rows and d of columns.
func (a *Dense) Dims() (m, d int) { return a.rows, a.columns }

// Entries are m·d.
func (a *Dense) Entries() int { return len(a.values) }

// Row is row i with all its entries.
func (a *Dense) Row(i int) ([]int32, []float64) { return nil, a.row(i) }

func (a *Dense) row(i int) []float64 {
	return a.values[i*a.columns : (i+1)*a.columns : (i+1)*a.columns]
}

// Rows are those of a list, one after the other: those of the matrix where they are neighbours, else
// copies in room. They must not be modified.
func (a *Dense) Rows(list []int32, room []float64) []float64 {
	if len(list) == 0 {
		return nil
	}
	first := list[0]
	for k, i := range list {
		if i != first+int32(k) {
			return a.copies(list, room)
		}
	}
	return a.values[int(first)*a.columns:][:len(list)*a.columns]
}

func (a *Dense) copies(list []int32, room []float64) []float64 {
	for k, i := range list {
		copy(room[k*a.columns:], a.row(int(i)))
	}
	return room[:len(list)*a.columns]
}

func (a *Dense) matrix() simd.Matrix { return simd.Matrix{Values: a.values, Columns: a.columns} }

// Products writes xᵢᵀw into z for each row i of the list.
func (a *Dense) Products(z, w []float64, rows []int32) { a.matrix().Products(z, w, rows) }

// Combine adds Σ sᵢxᵢ to g, four rows at a time, so that g is read and written a quarter
// as often.
func (a *Dense) Combine(g, s []float64, rows []int32) { a.matrix().Combine(g, s, rows) }

// CombineStrip is Combine for the columns from one to before another, to the bit; it leaves the rest
// of g alone.
func (a *Dense) CombineStrip(g, s []float64, rows []int32, from, to int) {
	a.matrix().CombineStrip(g, s, rows, from, to)
}

// Next adds four rows of one list while it multiplies four of the other.
func (a *Dense) Next(z, w []float64, rows []int32, g, s []float64, before []int32) {
	a.matrix().Next(z, w, rows, g, s, before)
}

// LogisticPass is the sum of the logistic loss over the rows of a list, block by block, with its gradient added to g:
// to the bit that of Products, the losses of a block and Combine.
func (a *Dense) LogisticPass(w []float64, rows []int32, targets, g []float64, block int) float64 {
	return a.matrix().LogisticPass(w, rows, targets, g, block)
}
