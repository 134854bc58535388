package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerSeparable("sum-powers", problems.Info{
		Summary: "a power that grows with the variable: convex, with an ever flatter minimum",
		Formula: "Σ |xᵢ|^(i+1)",
		Source:  "M. Molga and C. Smutnicki, Test functions for optimization needs, 2005",
	}, separable{
		term: func(i, _ int, t float64) (f, first, second float64) {
			power := elementary.Pow(math.Abs(t), float64(i-1))
			return power * t * t, float64(i+1) * power * t, float64(i*(i+1)) * power
		},
		describe: func(n int) *problems.Facts {
			f := &problems.Facts{
				Convexity: problems.Convex,
				Constants: map[string]problems.Constant{
					problems.SmoothnessL: {Value: float64(n * (n + 1)), Scope: problems.Local, Source: "closed form, where |xᵢ| ≤ 1"},
					problems.ConvexityMu: {Value: 0, Scope: problems.Global, Source: "closed form"},
				},
			}
			if n == 1 {
				*f = convexFacts(2, 2, "closed form")
			}
			f.Minimum = zeroAt(make([]float64, n))
			f.Starts = standard("", fill(n, 0.9)...)
			f.Window = planeOnly(n, -1, 1)
			return f
		},
	})
}
