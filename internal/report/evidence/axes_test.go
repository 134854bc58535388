package evidence

import (
	"slices"
	"testing"
)

// Of a large run values follow from gap and f*.
func TestValueOfALeanTrace(t *testing.T) {
	p := timed(t)
	c := p.Entries[0].Cells[0]
	c.Trace = slim(c.Trace, true)
	if got := c.Curve(p, Iterations, Value).Y; !slices.Equal(got, []float64{9, 7, 6}) || c.Trace.Value != nil {
		t.Errorf("values %v, of the column %v", got, c.Trace.Value)
	}
}

// A long run keeps its points at equal ratios, in whatever unit its cost is counted.
func TestGridOfSeconds(t *testing.T) {
	for _, unit := range []float64{1, 1e-6} {
		c := Curve{}
		for k := range 1001 {
			c.X = append(c.X, unit*float64(k))
		}
		g := grid([]Curve{c}, 0)
		if len(g) < 100 || len(g) > gridPoints || g[0] != 0 || g[1] != unit || g[len(g)-1] != unit*1000 {
			t.Errorf("unit %g: %d points from %g, %g to %g", unit, len(g), g[0], g[1], g[len(g)-1])
		}
		if all := slices.IndexFunc(g, func(x float64) bool { return x > 100*unit }); all < len(g)/2 {
			t.Errorf("unit %g: %d of %d points in the first tenth; expected most", unit, all, len(g))
		}
	}
}
