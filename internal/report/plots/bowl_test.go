package plots

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

// knownBowl has the facts of a bowl, and a saddle that is none.
func knownBowl() *evidence.Landscape {
	l := bowl(2)
	l.L, l.Minimizers = 4, [][]float64{{0, 0}}
	l.Critical = []evidence.CriticalPoint{{Kind: evidence.GlobalMinimum, X: []float64{0, 0}}, {Kind: evidence.Saddle, X: []float64{1, 1}}}
	return l
}
