package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerPlane("himmelblau", problems.Info{
		Summary: "four equal minima, four saddles and a maximum",
		Formula: "(x² + y − 11)² + (x + y² − 7)²",
		Source:  "D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			a := float64(x*x) + y - 11
			b := x + float64(y*y) - 7
			return float64(a*a) + float64(b*b),
				float64(4*x*a) + float64(2*b),
				float64(2*a) + float64(4*y*b)
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			return float64(12*x*x) + float64(4*y) - 42, 4 * (x + y), float64(12*y*y) + float64(4*x) - 26
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum: zeroAt(
				[]float64{3, 2},
				[]float64{-2.805118086952745, 3.131312518250573},
				[]float64{-3.779310253377747, -3.2831859912861696},
				[]float64{3.5844283403304917, -1.8481265269644036},
			),
			Critical: append(critical(problems.Saddle,
				[]float64{-0.1279613467306768, -1.953714980244599},
				[]float64{0.08667750455539634, 2.8842547011747763},
				[]float64{-3.0730257507643897, -0.0813530442879675},
				[]float64{3.385154183607021, 0.07385187983774928},
			), critical(problems.Maximum, []float64{-0.27084459066734756, -0.9230385564799817})...),
			Starts: []problems.Start{
				{Name: "standard", X: []float64{0, 0}},
				{Name: "left", X: []float64{-4, 0}},
				{Name: "right", X: []float64{5, -1}},
			},
			Window: window(-5.5, 5.5, -5.5, 5.5),
		},
	})
}
