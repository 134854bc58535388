package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerSeparable("rastrigin", problems.Info{
		Summary: "a bowl with a minimum in every cell of a grid",
		Formula: "10n + Σ (xᵢ² − 10cos 2πxᵢ)",
		Source:  "H. Mühlenbein, M. Schomisch and J. Born, The parallel genetic algorithm as function optimizer, Parallel Comput. 17, 1991, after L. A. Rastrigin, 1974",
		DOI:     "10.1016/S0167-8191(05)80052-3",
	}, separable{
		term: func(_, _ int, t float64) (f, first, second float64) {
			// 10 − 10cos 2πt = 20sin² πt keeps its digits where it is small.
			half := elementary.Sin(math.Pi * t)
			sin, cos := elementary.Sincos(2 * math.Pi * t)
			return float64(t*t) + float64(20*half*half),
				float64(2*t) + float64(20*math.Pi*sin),
				2 + float64(40*math.Pi*math.Pi*cos)
		},
		describe: func(n int) *problems.Facts {
			minimizers, others := product(n, []coordinate{
				{0, problems.GlobalMinimum},
				{-0.9949586376523352, problems.LocalMinimum}, {0.9949586376523352, problems.LocalMinimum},
				{-0.5025460365546747, problems.Maximum}, {0.5025460365546747, problems.Maximum},
			})
			const swing = 40 * math.Pi * math.Pi
			return &problems.Facts{
				Convexity: problems.Nonconvex,
				Constants: map[string]problems.Constant{
					problems.SmoothnessL:   {Value: 2 + swing, Scope: problems.Global, Source: "closed form: 2 + 40π²cos 2πxᵢ"},
					problems.SmallestCurve: {Value: 2 - swing, Scope: problems.Global, Source: "closed form: 2 + 40π²cos 2πxᵢ"},
					problems.HessianM:      {Value: 80 * math.Pi * math.Pi * math.Pi, Scope: problems.Global, Source: "closed form: −80π³sin 2πxᵢ"},
				},
				Minimum:  zeroAt(minimizers...),
				Critical: others,
				Starts:   standard("", fill(n, 2.2, -1.7)...),
				Window:   planeOnly(n, -3, 3),
				Notes:    []string{"the stated critical points are those with |xᵢ| ≤ 1; more lie in every cell up to |xᵢ| = 10π"},
			}
		},
	})
}
