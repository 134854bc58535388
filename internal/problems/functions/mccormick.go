package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	const third = math.Pi / 3
	registerPlane("mccormick", problems.Info{
		Summary: "a wavy valley, unbounded below; the usual box holds one minimum",
		Formula: "sin(x + y) + (x − y)² − 1.5x + 2.5y + 1",
		Source:  "G. P. McCormick, Computability of global solutions to factorable nonconvex programs: part I, Math. Program. 10, 1976",
		DOI:     "10.1007/BF01580665",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			sin, cos := elementary.Sincos(x + y)
			d := x - y
			return sin + float64(d*d) - float64(1.5*x) + float64(2.5*y) + 1,
				cos + float64(2*d) - 1.5,
				cos - float64(2*d) + 2.5
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			sin := elementary.Sin(x + y)
			return 2 - sin, -2 - sin, 2 - sin
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Constants: map[string]problems.Constant{
				problems.SmoothnessL:   {Value: 4, Scope: problems.Global, Source: "closed form: eigenvalues 4 and −2sin(x + y)"},
				problems.SmallestCurve: {Value: -2, Scope: problems.Global, Source: "closed form: eigenvalues 4 and −2sin(x + y)"},
				problems.HessianM:      {Value: 2 * math.Sqrt2, Scope: problems.Global, Source: "closed form: third derivatives −cos(x + y)"},
			},
			Critical: append(
				critical(problems.LocalMinimum,
					[]float64{-third + 0.5, -third - 0.5},
					[]float64{2*third + 0.5, 2*third - 0.5}),
				critical(problems.Saddle, []float64{third + 0.5, third - 0.5})...),
			Starts: standard("", 0, 0),
			Window: window(-1.5, 4, -3, 4),
			Notes: []string{
				"unbounded below along x = y → −∞; in the box [−1.5, 4]×[−3, 4] the least value is −1.9132229549810362",
				"the critical points repeat with a shift of (π, π); those in the box are stated",
			},
		},
	})
}
