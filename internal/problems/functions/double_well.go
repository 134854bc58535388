package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerSeparable("double-well", problems.Info{
		Summary: "two minima in each variable: 2ⁿ minima, a maximum and 3ⁿ − 2ⁿ − 1 saddles of every index",
		Formula: "Σ (xᵢ² − 1)²/4",
		Source:  "Yu. Nesterov, Introductory Lectures on Convex Optimization, 2004, section 1.2.3",
		DOI:     "10.1007/978-1-4419-8853-9",
	}, separable{
		term: func(_, _ int, t float64) (f, first, second float64) {
			square := float64(t * t)
			return (square - 1) * (square - 1) / 4, t * (square - 1), float64(3*square) - 1
		},
		describe: func(n int) *problems.Facts {
			minimizers, saddles := product(n, []coordinate{{-1, problems.GlobalMinimum}, {1, problems.GlobalMinimum}, {0, problems.Maximum}})
			return &problems.Facts{
				Convexity: problems.Nonconvex,
				Constants: map[string]problems.Constant{
					problems.SmallestCurve: {Value: -1, Scope: problems.Global, Source: "closed form: 3xᵢ² − 1"},
				},
				Minimum:  zeroAt(minimizers...),
				Critical: saddles,
				Starts: append(standard("close to a saddle in the first variables", fill(n, 0.01, -0.02, 0.5, -0.7)...),
					problems.Start{Name: "origin", X: make([]float64, n), Source: "the maximum"}),
				Window: planeOnly(n, -1.8, 1.8),
			}
		},
	})
}
