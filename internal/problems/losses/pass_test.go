package losses

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/data"
)

// A pass takes dense rows from four quarters of its list, and sparse ones in its order, each with its own target.
func TestPass(t *testing.T) {
	list, y := []int32{9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	for _, c := range []struct {
		x    data.Matrix
		want []int32
	}{
		{data.NewDense(10, 0, nil), []int32{9, 7, 5, 3, 8, 6, 4, 2, 1, 0}},
		{data.NewSparse(10, 0, make([]int, 11), nil, nil), list},
	} {
		var p pass
		p.over(c.x, list, y)
		if !slices.Equal(p.rows, c.want) {
			t.Errorf("%T: the rows are %v; want %v", c.x, p.rows, c.want)
		}
		for k, i := range p.rows {
			if p.targets[k] != y[i] {
				t.Errorf("%T: the target of row %d is %g", c.x, i, p.targets[k])
			}
		}
	}
}
