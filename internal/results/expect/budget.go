package expect

import (
	"strings"

	"github.com/gdbench/gdbench/internal/param"
)

// Budget limits a run; zero is no limit. It may be passed by one iteration.
type Budget struct {
	Iterations  int     `param:"iterations" default:"none" range:"[1,)" doc:"steps of the method; 1000 where no budget is given at all"`
	Evaluations int64   `param:"evaluations" default:"none" range:"[1,)" doc:"calls of the oracle"`
	Gradients   int64   `param:"gradients" default:"none" range:"[1,)" doc:"gradients"`
	Epochs      float64 `param:"epochs" default:"none" range:"(0,1e9]" doc:"passes over the data"`
	Seconds     float64 `param:"seconds" default:"none" range:"(0,1e9]" doc:"wall time; results are then not reproducible to the byte"`
}

// SetDefault gives a budget that limits nothing its default.
func (b *Budget) SetDefault() {
	if *b == (Budget{}) {
		b.Iterations = 1000
	}
}

// String lists the limits: "100 iterations, 3 epochs".
func (b Budget) String() string {
	var parts []string
	for _, l := range []struct {
		name  string
		limit float64
	}{
		{"iterations", float64(b.Iterations)}, {"evaluations", float64(b.Evaluations)}, {"gradients", float64(b.Gradients)},
		{"epochs", b.Epochs}, {"seconds", b.Seconds},
	} {
		if l.limit > 0 {
			parts = append(parts, param.Number(l.limit)+" "+l.name)
		}
	}
	return strings.Join(parts, ", ")
}
