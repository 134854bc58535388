package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerPlane("logsumexp-bv", problems.Info{
		Summary: "the convex example of Boyd and Vandenberghe's chapter on unconstrained minimization",
		Formula: "e^(x+3y−0.1) + e^(x−3y−0.1) + e^(−x−0.1)",
		Source:  "S. Boyd and L. Vandenberghe, Convex Optimization, 2004, equation (9.20)",
		DOI:     "10.1017/CBO9780511804441",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			up, down, back := threeExps(x, y)
			return up + down + back, up + down - back, 3 * (up - down)
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			up, down, back := threeExps(x, y)
			return up + down + back, 3 * (up - down), 9 * (up + down)
		},
		known: problems.Facts{
			Convexity: problems.Convex,
			Minimum: &problems.Minimum{
				Value: 2 * math.Sqrt2 * elementary.Exp(-0.1), Source: problems.Analytic,
				Points: [][]float64{{-math.Ln2 / 2, 0}},
			},
			Starts: standard("", -1, 0.7),
			Window: window(-2.2, 1, -1, 1),
			Notes:  []string{"strictly convex; neither smooth nor strongly convex on the whole plane"},
		},
	})
}

func threeExps(x, y float64) (up, down, back float64) {
	y = float64(3 * y)
	return elementary.Exp(x + y - 0.1), elementary.Exp(x - y - 0.1), elementary.Exp(-x - 0.1)
}
