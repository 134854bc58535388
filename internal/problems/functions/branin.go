package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	const (
		b = 5.1 / (4 * math.Pi * math.Pi)
		c = 5 / math.Pi
		s = 10 * (1 - 1/(8*math.Pi))
	)
	registerPlane("branin", problems.Info{
		Summary: "three equal minima in the usual box, infinitely many in the plane",
		Formula: "(y − 5.1x²/(4π²) + 5x/π − 6)² + 10(1 − 1/(8π))cos x + 10",
		Source:  "F. H. Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations, IBM J. Res. Dev. 16, 1972",
		DOI:     "10.1147/rd.165.0504",
		Aliases: []string{"branin-hoo"},
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			a := y - float64(b*x*x) + float64(c*x) - 6
			sin, cos := elementary.Sincos(x)
			return float64(a*a) + float64(s*cos) + 10,
				float64(2*a*(c-float64(2*b*x))) - float64(s*sin),
				2 * a
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			a := y - float64(b*x*x) + float64(c*x) - 6
			slope := c - float64(2*b*x)
			return float64(2*slope*slope) - float64(4*b*a) - float64(s*elementary.Cos(x)), 2 * slope, 2
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum: &problems.Minimum{Value: 10 - s, Source: problems.Analytic, Points: [][]float64{
				{-math.Pi, 12.275}, {math.Pi, 2.275}, {3 * math.Pi, 2.475},
			}},
			Critical: critical(problems.Saddle, []float64{0, 6}, []float64{2 * math.Pi, 1.1}),
			Starts:   standard("centre of the usual box", 2.5, 7.5),
			Window:   window(-5, 10, 0, 15),
			Notes:    []string{"the stated points are those in the usual box; in the plane every x = kπ has one, a minimum for odd k, a saddle for even k"},
		},
	})
}
