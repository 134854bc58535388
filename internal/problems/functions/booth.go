package functions

import "github.com/gdbench/gdbench/problems"

const surveySource = "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global optimisation problems, 2013"

func init() {
	known := convexFacts(2, 18, "closed form")
	known.Minimum = zeroAt([]float64{1, 3})
	known.Starts = standard("in a corner region of the usual box", -5, 5)
	known.Window = window(-10, 10, -10, 10)
	registerPlane("booth", problems.Info{
		Summary: "quadratic in two variables with condition number 9",
		Formula: "(x + 2y − 7)² + (2x + y − 5)²",
		Source:  surveySource,
		DOI:     "10.1504/IJMMNO.2013.055204",
		Family:  "quadratic",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			a := x + float64(2*y) - 7
			b := float64(2*x) + y - 5
			return float64(a*a) + float64(b*b), float64(2*a) + float64(4*b), float64(4*a) + float64(2*b)
		},
		second: func(_, _ float64) (fxx, fxy, fyy float64) { return 10, 8, 10 },
		known:  known,

		quadratic: true,
	})
}
