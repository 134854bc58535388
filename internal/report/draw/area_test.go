package draw

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// The signed area of rings is that of what they enclose, holes counted as negative.
func enclosed(rings [][][2]float64) float64 {
	sum := 0.0
	for _, ring := range rings {
		for k, a := range ring {
			b := ring[(k+1)%len(ring)]
			sum += (a[0]*b[1] - a[1]*b[0]) / 2
		}
	}
	return sum
}

func TestAreaAboveALevel(t *testing.T) {
	circle := gallery()[1].Grid
	square := func(z ...float64) *figure.Grid {
		return &figure.Grid{X: []float64{0, 1}, Y: []float64{0, 1}, Z: [][]float64{z[:2], z[2:]}}
	}
	for name, c := range map[string]struct {
		grid  *figure.Grid
		level float64
		area  float64
		rings int
	}{
		"outside the unit circle":     {circle, 1, 16 - math.Pi, 2},
		"the corners":                 {circle, 7, 4 * cornerBeyondCircle(), 4},
		"everything":                  {circle, math.Inf(-1), 16, 1},
		"nothing":                     {circle, 9, 0, 0},
		"a saddle with a low middle":  {square(1, 0, 0, 1), 0.6, 0.16, 2},
		"a saddle with a high middle": {square(1, 0, 0, 1), 0.4, 0.84, 1},
		"half":                        {square(0, 1, 0, 1), 0.5, 0.5, 1},
		"infinity on one side":        {square(0, inf, 0, inf), 1, 1, 1},
		"an undefined corner":         {square(0, 1, nan, 1), 0.5, 0, 0},
	} {
		rings := above(c.grid, c.level)
		if area := enclosed(rings); math.Abs(area-c.area) > 1.2e-2 || len(rings) != c.rings {
			t.Errorf("%s: an area of %g in %d rings; expected %g in %d", name, area, len(rings), c.area, c.rings)
		}
	}
}

// cornerBeyondCircle is the part of a corner of the square [−2, 2]² that lies outside of the circle
// of radius √7, which meets its sides at (2, √3) and (√3, 2).
func cornerBeyondCircle() float64 {
	angle := math.Atan2(2, math.Sqrt(3)) - math.Atan2(math.Sqrt(3), 2)
	segment := 7.0 / 2 * (angle - math.Sin(angle)) // between the circle and its chord
	return math.Pow(2-math.Sqrt(3), 2)/2 - segment
}
