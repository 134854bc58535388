package functions_test

import (
	"slices"
	"testing"
)

// TestWindows: what can be drawn has a window that shows its minimizers and its standard
// start, and what cannot has none.
func TestWindows(t *testing.T) {
	for _, text := range everyFunction() {
		p := build(t, text)
		w := p.Facts().Window
		if drawable := p.Dim() <= 2; (w != nil) != drawable {
			t.Errorf("%s in %d variables has the window %v", text, p.Dim(), w)
			continue
		}
		if w == nil {
			continue
		}
		shown := []([]float64){p.Facts().Starts[0].X}
		if m := p.Facts().Minimum; m != nil {
			shown = slices.Concat(shown, m.Points)
		}
		sides := [][2]float64{w.X, w.Y}[:p.Dim()]
		for _, x := range shown {
			for i, side := range sides {
				if x[i] <= side[0] || x[i] >= side[1] {
					t.Errorf("%s: %v lies outside of the window %v", text, x, *w)
				}
			}
		}
	}
}
