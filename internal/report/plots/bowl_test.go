package plots

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
)

// knownBowl has the facts of a bowl, and a saddle that is none.
func knownBowl() *evidence.Landscape {
	l := evidencetest.Bowl(2)
	l.L, l.Minimizers = 4, [][]float64{{0, 0}}
	l.Critical = []evidence.CriticalPoint{{Kind: evidence.GlobalMinimum, X: []float64{0, 0}}, {Kind: evidence.Saddle, X: []float64{1, 1}}}
	return l
}
