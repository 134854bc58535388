package functions

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	value := func(x, y float64) (f, fx, fy float64) {
		xx, yy := float64(x*x), float64(y*y)
		return float64(xx/2) + float64(yy*(yy-2)/4), x, y * (yy - 1)
	}
	standard := []float64{1, 1e-3}
	f0, _, _ := value(standard[0], standard[1])
	registerPlane("saddle-quartic", problems.Info{
		Summary: "a saddle between two minima; gradient descent from the x axis converges to it",
		Formula: "x²/2 + y⁴/4 − y²/2",
		Source:  "Yu. Nesterov, Introductory Lectures on Convex Optimization, 2004, section 1.2.3",
		DOI:     "10.1007/978-1-4419-8853-9",
	}, plane{
		first: value,
		second: func(_, y float64) (fxx, fxy, fyy float64) {
			return 1, 0, float64(3*y*y) - 1
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Constants: map[string]problems.Constant{
				problems.SmoothnessL:   {Value: 2 + float64(3*math.Sqrt(1+float64(4*f0))), Scope: problems.Sublevel, Source: "closed form: 3y² − 1 where y⁴/4 − y²/2 ≤ f(x0)"},
				problems.SmallestCurve: {Value: -1, Scope: problems.Global, Source: "closed form: 3y² − 1"},
			},
			Minimum:  &problems.Minimum{Value: -0.25, Source: problems.Analytic, Points: [][]float64{{0, -1}, {0, 1}}},
			Critical: critical(problems.Saddle, []float64{0, 0}),
			Starts: []problems.Start{
				{Name: "standard", X: standard, Source: "close to the stable manifold of the saddle"},
				{Name: "stable-manifold", X: []float64{1, 0}, Source: "y = 0: gradient descent ends at the saddle"},
			},
			Window: window(-1.5, 1.5, -1.6, 1.6),
		},
	})
}
