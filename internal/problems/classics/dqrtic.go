package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "dqrtic",
		Info: problem("DQRTIC", "a diagonal quartic: convex, with a zero Hessian at the minimizer",
			"Σ (xᵢ − i)⁴", buckley, "quartc"),
		Dims: from(1), Sum: dqrtic, Squares: same,
		Convexity: problems.Convex,
		Start:     separable.All(2),
		Facts: func(n int, f *problems.Facts) {
			x := make([]float64, n)
			for i := range x {
				x[i] = float64(i + 1)
			}
			f.Minimum = separable.Attained(0, x)
		},
	})
}

func dqrtic(x []float64, s sum) (f float64) {
	for i, v := range x {
		f += s.Fourth(1, v-float64(i+1), first{{i, 1}}, nil)
	}
	return f
}
