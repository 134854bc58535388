package data

import "github.com/gdbench/gdbench/internal/simd"

// Sparse is a matrix stored by its non-zeros, row by row (compressed sparse rows).
type Sparse struct {
	rows, columns int
	offsets       []int     // row i holds the entries offsets[i] to offsets[i+1]
	index         []int32   // column of each entry, rising within a row
	values        []float64 // of each entry
	matrix        simd.Sparse
}

var _ Matrix = (*Sparse)(nil)

// NewSparse is an m×d matrix in compressed sparse rows: row i holds the values from
// offsets[i] to offsets[i+1], in columns that rise. It keeps the slices.
func NewSparse(m, d int, offsets []int, columns []int32, values []float64) *Sparse {
	offsets = offsets[:m+1]
	return &Sparse{rows: m, columns: d, offsets: offsets, index: columns, values: values,
		matrix: simd.NewSparse(d, offsets, columns, values)}
}

// Dims are the numbers m of rows and d of columns.
func (a *Sparse) Dims() (m, d int) { return a.rows, a.columns }

// Entries are the non-zeros.
func (a *Sparse) Entries() int { return a.offsets[a.rows] }

// Row is row i by its non-zeros.
func (a *Sparse) Row(i int) (columns []int32, values []float64) {
	from, to := a.offsets[i], a.offsets[i+1]
	return a.index[from:to:to], a.values[from:to:to]
}

// Products writes xᵢᵀw into z for each row i of the list.
func (a *Sparse) Products(z, w []float64, rows []int32) { a.matrix.Products(z, w, rows) }

// Combine adds Σ sᵢxᵢ to g.
func (a *Sparse) Combine(g, s []float64, rows []int32) { a.matrix.Combine(g, s, rows) }

// Next is Combine, then Products: sparse rows are short.
func (a *Sparse) Next(z, w []float64, rows []int32, g, s []float64, before []int32) {
	a.Combine(g, s, before)
	a.Products(z, w, rows)
}
