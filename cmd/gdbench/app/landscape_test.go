package app

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// kinked is (x − 1)²/2 + |x|, of slope x − 1 + sign x.
type kinked struct{}

func (kinked) Dim() int { return 1 }

func (kinked) Evaluate(x, grad []float64) float64 {
	if grad != nil {
		grad[0] = x[0] - 1
	}
	return (x[0] - 1) * (x[0] - 1) / 2
}

func (kinked) Rest(x []float64) float64 { return math.Abs(x[0]) }

func (kinked) Prox(dst, x []float64, t float64) {
	dst[0] = math.Copysign(math.Max(0, math.Abs(x[0])-t), x[0])
}

var _ problems.Composite = kinked{}

// A picture of a composite objective shows the objective and its slopes, not the smooth part.
func TestLandscapeShowsTheObjective(t *testing.T) {
	l, g := landscape(kinked{}, nil), make([]float64, 1)
	for _, c := range []struct{ x, value, slope float64 }{{2, 2.5, 2}, {-1, 3, -3}, {0.5, 0.625, 0.5}} {
		if f := l.Evaluate([]float64{c.x}, g); f != c.value || math.Abs(g[0]-c.slope) > 1e-8 {
			t.Errorf("at %g: %g with slope %g, want %g with %g", c.x, f, g[0], c.value, c.slope)
		}
		if f := l.Evaluate([]float64{c.x}, nil); f != c.value {
			t.Errorf("at %g: %g without a slope, want %g", c.x, f, c.value)
		}
	}
}
