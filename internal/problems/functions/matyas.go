package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	known := convexFacts(0.04, 1, "closed form")
	known.Minimum = zeroAt([]float64{0, 0})
	known.Starts = standard("", 10, -7)
	known.Window = window(-11, 11, -11, 11)
	registerPlane("matyas", problems.Info{
		Summary: "quadratic in two variables with condition number 25",
		Formula: "0.26(x² + y²) − 0.48xy",
		Source:  surveySource,
		DOI:     "10.1504/IJMMNO.2013.055204",
		Family:  "quadratic",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			fx = float64(0.52*x) - float64(0.48*y)
			fy = float64(0.52*y) - float64(0.48*x)
			return float64(x*fx/2) + float64(y*fy/2), fx, fy
		},
		second: func(_, _ float64) (fxx, fxy, fyy float64) { return 0.52, -0.48, 0.52 },
		known:  known,

		quadratic: true,
	})
}
