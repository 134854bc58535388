package data

import (
	"fmt"
	"math"
)

// Layout says how raw features become the columns of a model: as they are or
// standardized, with or without a last column of ones.
type Layout struct {
	Ones bool

	mean, deviation []float64 // nil: as they are; a deviation of 0 marks a constant column
}

// Standardize takes mean and population deviation of each column, over the rows listed.
// Not ok: those of column j overflow.
func (l *Layout) Standardize(x Matrix, rows []int32) (j int, ok bool) {
	_, d := x.Dims()
	m := float64(len(rows))
	l.mean, l.deviation = make([]float64, d), make([]float64, d)
	stored := make([]float64, d) // how many rows store a value of the column
	low, high := make([]float64, d), make([]float64, d)
	eachEntry(x, rows, func(j int, v float64) {
		if stored[j] == 0 {
			low[j], high[j] = v, v
		}
		low[j], high[j] = min(low[j], v), max(high[j], v)
		stored[j]++
		l.mean[j] += v
	})
	for j := range l.mean {
		l.mean[j] /= m
	}
	eachEntry(x, rows, func(j int, v float64) {
		c := v - l.mean[j]
		l.deviation[j] += float64(c * c)
	})
	for j, sum := range l.deviation {
		if stored[j] < m { // the others are zero
			low[j], high[j] = min(low[j], 0), max(high[j], 0)
			sum += float64((m - stored[j]) * float64(l.mean[j]*l.mean[j]))
		}
		l.deviation[j] = math.Sqrt(sum / m)
		if low[j] == high[j] {
			l.deviation[j] = 0
		}
		if math.IsInf(l.deviation[j], 0) || math.IsNaN(l.deviation[j]) {
			return j, false
		}
	}
	return 0, true
}

func eachEntry(x Matrix, rows []int32, visit func(j int, v float64)) {
	for _, i := range rows {
		columns, values := x.Row(int(i))
		for k, v := range values {
			if columns == nil {
				visit(k, v)
			} else {
				visit(int(columns[k]), v)
			}
		}
	}
}

// Constant lists the columns that hold one value only; standardized, they are zero.
func (l *Layout) Constant() []int {
	var list []int
	for j, s := range l.deviation {
		if s == 0 {
			list = append(list, j)
		}
	}
	return list
}

// Apply is the matrix with the rows listed, in that order, laid out. It shares nothing
// with x. Standardized, a sparse matrix becomes a dense one, since its zeros are moved;
// the error says so where that would not fit.
func (l *Layout) Apply(x Matrix, rows []int32) (Matrix, error) {
	_, d := x.Dims()
	if l.Ones {
		d++
	}
	sparse, ok := x.(*Sparse)
	switch {
	case ok && l.mean == nil:
		return l.applySparse(sparse, rows, d)
	case len(rows) > maxValues()/d:
		return nil, fmt.Errorf("%d samples with %d features are too large for a dense matrix; standardize: false keeps sparse data sparse; %s", len(rows), d, tooLarge())
	}
	return l.applyDense(x, rows, d), nil
}

func (l *Layout) applySparse(x *Sparse, rows []int32, d int) (*Sparse, error) {
	offsets := make([]int, 1, len(rows)+1)
	size := 0
	for _, i := range rows {
		columns, _ := x.Row(int(i))
		size += len(columns)
	}
	if l.Ones {
		size += len(rows)
	}
	if size > maxValues() {
		return nil, fmt.Errorf("%d samples have %d numbers that are not zero, which are too many: %s", len(rows), size, tooLarge())
	}
	index, values := make([]int32, 0, size), inLargePages(make([]float64, size))[:0]
	for _, i := range rows {
		columns, entries := x.Row(int(i))
		index, values = append(index, columns...), append(values, entries...)
		if l.Ones {
			index, values = append(index, int32(d-1)), append(values, 1)
		}
		offsets = append(offsets, len(values))
	}
	return NewSparse(len(rows), d, offsets, index, values), nil
}

func (l *Layout) applyDense(x Matrix, rows []int32, d int) *Dense {
	out := NewDense(len(rows), d, inLargePages(make([]float64, len(rows)*d)))
	for k, i := range rows {
		row := out.row(k)
		columns, values := x.Row(int(i))
		if columns != nil { // what is not stored is zero
			for j := range l.mean {
				row[j] = l.place(j, 0)
			}
		}
		for e, v := range values {
			j := e
			if columns != nil {
				j = int(columns[e])
			}
			row[j] = l.place(j, v)
		}
		if l.Ones {
			row[d-1] = 1
		}
	}
	return out
}

// place is a raw value of column j as the model sees it.
func (l *Layout) place(j int, v float64) float64 {
	switch {
	case l.deviation == nil:
		return v
	case l.deviation[j] == 0:
		return 0
	}
	return (v - l.mean[j]) / l.deviation[j]
}
