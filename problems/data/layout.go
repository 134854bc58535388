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
func (l *Layout) Standardize(x Matrix, rows []int32) {
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
	}
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
// with x.
func (l *Layout) Apply(x Matrix, rows []int32) Matrix {
	switch x := x.(type) {
	case *Dense:
		return l.applyDense(x, rows)
	}
	panic(fmt.Sprintf("data: no layout of a %T", x))
}

func (l *Layout) applyDense(x *Dense, rows []int32) *Dense {
	_, d := x.Dims()
	if l.Ones {
		d++
	}
	values := make([]float64, 0, len(rows)*d)
	for _, i := range rows {
		for j, v := range x.row(int(i)) {
			values = append(values, l.place(j, v))
		}
		if l.Ones {
			values = append(values, 1)
		}
	}
	return NewDense(len(rows), d, values)
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
