package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerPlane("xy-factor", problems.Info{
		Summary: "factorization of the number 1: every minimizer has its own sharpness x² + y², and gradient descent settles only where that is below 2/lr",
		Formula: "(xy − 1)²/2",
		Source:  "J. Cohen et al., Gradient descent on neural networks typically occurs at the edge of stability, ICLR 2021, arXiv:2103.00065",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			r := float64(x*y) - 1
			return r * r / 2, r * y, r * x
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			return y * y, float64(2*x*y) - 1, x * x
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum:   zeroAt([]float64{1, 1}, []float64{-1, -1}),
			Critical:  critical(problems.Saddle, []float64{0, 0}),
			Starts:    standard("a sharp valley: x² + y² = 9 nearby", 3, 0.2),
			Window:    window(-4, 4, -4, 4),
			Notes:     []string{"the minimizers are the hyperbola xy = 1; the stated ones are the flattest, and distances are to them"},
		},
	})
}
