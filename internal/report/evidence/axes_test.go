package evidence

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
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

// Halfway between 1 and 0.01 lies 0.1 on a logarithmic scale; after a value that is not positive, and
// after one that is not finite, nothing is in proportion.
func TestBetweenTwoPoints(t *testing.T) {
	c := Curve{X: []float64{0, 2, 4, 6}, Y: []float64{1, 0.01, 0, math.Inf(1)}, Then: 7}
	for x, want := range map[float64]float64{0: 1, 1: 0.1, 2: 0.01, 3: 0.01, 5: 0, 6: math.Inf(1), 8: 7} {
		if got := c.At(x); math.Abs(got-want) > 1e-15 && got != want {
			t.Errorf("at %g it is %g; expected %g", x, got, want)
		}
	}
}

// Two runs with the same points but the last: where only the one has a point, the other counts with
// its last ratio, before its end and after it.
func TestRatiosDoNotJumpWhereARunEnds(t *testing.T) {
	p := Promises{Of: []*results.Theorem{
		{Iteration: []int64{0, 10, 20, 25}, Ratios: results.Series{math.NaN(), 0.8, 0.9, 0.13}},
		{Iteration: []int64{0, 10, 20, 40}, Ratios: results.Series{math.NaN(), 0.7, 0.92, 0.1}},
	}}
	x, y := p.Ratios()
	if want := []float64{0, 10, 20, 25, 40}; !slices.Equal(x, want) {
		t.Fatalf("points %v; expected %v", x, want)
	}
	if want := []float64{0.8, 0.92, 0.92, 0.13}; !math.IsNaN(y[0]) || !slices.Equal(y[1:], want) {
		t.Errorf("ratios %v; expected %v", y, want)
	}
}

// A factor whose digits are those of 1 says what it lacks of it: that of a run that does not fall is 1.
func TestFactorsNearOne(t *testing.T) {
	short := func(i theorem.Interval) string { return text.Short(i.Value) }
	for v, want := range map[float64]string{0.5: "×0.5", 0.9994: "×0.999", 0.99963: "×(1 − 3.7e-4)", 1: "×1"} {
		l := Law{Name: string(results.LinearLaw), Quantity: "gap", Number: theorem.Interval{Value: v, Low: v, High: v}}
		if got := l.Text(short); got != want {
			t.Errorf("%g is %q; expected %q", v, got, want)
		}
	}
	l := Law{Name: string(results.LinearLaw), Quantity: "gap", Number: theorem.Interval{Value: 0.99998, Low: 0.99997, High: 0.99999}}
	if got := l.Text(IntervalText); got != "×(1 − 2e-5 [1e-5, 3e-5])" {
		t.Errorf("with an interval it is %q", got)
	}
}
