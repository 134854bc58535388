package report

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
)

// bowl is ½‖x‖² in n variables.
func bowl(n int) *evidence.Landscape {
	return &evidence.Landscape{Dim: n, Evaluate: func(x, gradient []float64) float64 {
		var f float64
		for i, v := range x {
			f += 0.5 * v * v
			if gradient != nil {
				gradient[i] = v
			}
		}
		return f
	}}
}
