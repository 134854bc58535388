package functions

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerPlane("monkey-confined", problems.Info{
		Summary: "degenerate saddle of three valleys between three minima: the Hessian there is zero",
		Formula: "x³ − 3xy² + (x² + y²)²",
		Source:  "the monkey saddle of D. Hilbert and S. Cohn-Vossen, Geometry and the Imagination, 1952, §29, with a quartic that confines it",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			u, v := float64(x*x), float64(y*y)
			r := u + v
			return float64(x*(u-float64(3*v))) + float64(r*r),
				float64(3*(u-v)) + float64(4*x*r),
				float64(4*y*r) - float64(6*x*y)
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			u, v := float64(x*x), float64(y*y)
			return float64(12*u) + float64(4*v) + float64(6*x),
				float64(8*x*y) - float64(6*y),
				float64(4*u) + float64(12*v) - float64(6*x)
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum: &problems.Minimum{Value: -27. / 256, Source: problems.Analytic, Points: [][]float64{
				{-0.75, 0}, {0.375, 0.375 * math.Sqrt(3)}, {0.375, -0.375 * math.Sqrt(3)},
			}},
			Critical: critical(problems.Degenerate, []float64{0, 0}),
			Starts:   standard("", 0.3, 0.1),
			Window:   window(-1.2, 1.2, -1.2, 1.2),
		},
	})
}
