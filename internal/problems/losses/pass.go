package losses

import (
	"slices"

	"github.com/gdbench/gdbench/internal/problems/data"
)

// pass is the order in which rows are taken, with their targets. Of dense rows, four after one
// another come from the four quarters of a list: where it is that of all rows, the memory
// answers in four streams, which is faster than one. Sparse rows are short, and follow the list:
// most of their time goes to the weights that they name.
type pass struct {
	rows    []int32
	targets []float64
}

// over lays out a pass over a list of rows of x; y are the targets of all rows.
func (p *pass) over(x data.Matrix, list []int32, y []float64) {
	p.rows = slices.Grow(p.rows[:0], len(list))
	quarter := 0
	if _, dense := x.(*data.Dense); dense {
		quarter = len(list) / 4
	}
	for k := range quarter {
		p.rows = append(p.rows, list[k], list[quarter+k], list[2*quarter+k], list[3*quarter+k])
	}
	p.rows = append(p.rows, list[4*quarter:]...)
	p.targets = slices.Grow(p.targets[:0], len(list))
	for _, i := range p.rows {
		p.targets = append(p.targets, y[i])
	}
}

// from is the block of so many rows that begins at the k-th; the last may be shorter.
func (p *pass) from(k, size int) (rows []int32, targets []float64) {
	to := min(k+size, len(p.rows))
	return p.rows[k:to], p.targets[k:to]
}
