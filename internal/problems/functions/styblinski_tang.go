package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerSeparable("styblinski-tang", problems.Info{
		Summary: "two unequal minima in each variable: 2ⁿ minima, of which one is global",
		Formula: "½ Σ (xᵢ⁴ − 16xᵢ² + 5xᵢ)",
		Source:  "M. A. Styblinski and T.-S. Tang, Experiments in nonconvex optimization, Neural Networks 3, 1990",
		DOI:     "10.1016/0893-6080(90)90029-K",
	}, separable{
		term: func(_, _ int, t float64) (f, first, second float64) {
			square := float64(t * t)
			return (float64(square*square) - float64(16*square) + float64(5*t)) / 2,
				float64(2*t*square) - float64(16*t) + 2.5,
				float64(6*square) - 16
		},
		describe: func(n int) *problems.Facts {
			// The roots of 4t³ − 32t + 5.
			const low, high, middle = -2.9035340277711783, 2.7468027709908376, 0.15673125678034014
			minimizers, others := product(n, []coordinate{{low, problems.GlobalMinimum}, {high, problems.LocalMinimum}, {middle, problems.Maximum}})
			return &problems.Facts{
				Convexity: problems.Nonconvex,
				Constants: map[string]problems.Constant{
					problems.SmallestCurve: {Value: -16, Scope: problems.Global, Source: "closed form: 6xᵢ² − 16"},
					problems.SmoothnessL:   {Value: 134, Scope: problems.Local, Source: "closed form, where |xᵢ| ≤ 5"},
				},
				Minimum:  &problems.Minimum{Value: -39.16616570377142 * float64(n), Source: problems.Analytic, Points: minimizers},
				Critical: others,
				Starts:   standard("", make([]float64, n)...),
				Window:   planeOnly(n, -5, 5),
			}
		},
	})
}
