package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	registerSeparable("schwefel", problems.Info{
		Summary: "deceptive: the deepest minimum of the usual box lies near its corner, and outside the box the function is unbounded below",
		Formula: "418.98288727243369n − Σ xᵢ sin √|xᵢ|",
		Source:  "H.-P. Schwefel, Numerical Optimization of Computer Models, 1981 (problem 2.26)",
	}, separable{
		offset: 418.98288727243369,
		term: func(_, _ int, t float64) (f, first, second float64) {
			root := math.Sqrt(math.Abs(t))
			sin, cos := elementary.Sincos(root)
			second = (float64(root*sin) - float64(3*cos)) / (4 * root)
			if t < 0 {
				second = -second
			}
			return -t * sin, -sin - float64(root*cos/2), second
		},
		describe: func(n int) *problems.Facts {
			return &problems.Facts{
				Convexity: problems.Nonconvex,
				Critical:  critical(problems.LocalMinimum, fill(n, 420.968746359982)),
				Starts:    standard("", fill(n, 300)...),
				Window:    planeOnly(n, -500, 500),
				Notes: []string{
					"unbounded below on ℝⁿ; in the box |xᵢ| ≤ 500 the least value is 0, at xᵢ = 420.968746359982",
					"not twice differentiable where a variable is 0",
				},
			}
		},
	})
}
