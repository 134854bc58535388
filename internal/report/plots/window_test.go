package plots

import (
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// In a window of [−2, 2]² a start above it is inside of the picture and not on its
// border, an iterate at −3 widens it, and one at 50 does not.
func TestWindowHoldsStartsAndPaths(t *testing.T) {
	l := &evidence.Landscape{Window: &evidence.Window{X: [2]float64{-2, 2}, Y: [2]float64{-2, 2}}}
	path := figure.Series{Kind: figure.Both, X: []float64{0, -3, 50, 0}, Y: []float64{5, 1, 1, 0}}
	x, y := window([]figure.Series{path}, l)
	if !(x[0] < -3 && x[0] > -6) || !(x[1] >= 2 && x[1] < 6) {
		t.Errorf("x from %g to %g; expected room for −3 and not for 50", x[0], x[1])
	}
	if !(y[1] > 5) {
		t.Errorf("y up to %g; the start at 5 is on the border or outside", y[1])
	}
	if x, _ := window([]figure.Series{{Kind: figure.Both, X: []float64{1}, Y: []float64{1}}}, l); x != [2]float64{-2, 2} {
		t.Errorf("x from %g to %g; a path inside leaves the window as it is", x[0], x[1])
	}
}
