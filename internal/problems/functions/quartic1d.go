package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerLine("quartic1d", problems.Info{
		Summary: "degenerate minimum: Newton's method is only linear here, with factor 2/3, and gradient descent sublinear",
		Formula: "x⁴/4",
		Source:  "S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 9.5.3",
		DOI:     "10.1017/CBO9780511804441",
	}, line{
		at: func(x float64) (f, first, second float64) {
			square := float64(x * x)
			return square * square / 4, x * square, 3 * square
		},
		known: problems.Facts{
			Convexity: problems.Convex,
			Constants: map[string]problems.Constant{
				problems.SmoothnessL: {Value: 3, Scope: problems.Sublevel, Source: "closed form: 3x² where |x| ≤ 1"},
				problems.ConvexityMu: {Value: 0, Scope: problems.Global, Source: "closed form"},
			},
			Minimum: zeroAt([]float64{0}),
			Starts:  standard("", 1),
			Window:  windowAround([]float64{0}, 1.5),
		},
	})
}
