package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "power",
		Info: problem("POWER", "the square of a badly conditioned quadratic: the Hessian vanishes at the minimizer",
			"(Σ ixᵢ²)²", "Oren 1974, Self-scaling variable metric algorithms II, Management Science 20:863–874"),
		Dims: from(1), Sum: power, Squares: squares(1),
		Convexity: problems.Convex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, make([]float64, n))
		},
	})
}

func power(x []float64, s sum) float64 {
	w := separable.Borrow(len(x), len(x), 0)
	defer w.Return()
	var u float64
	for i, v := range x {
		c := float64(i + 1)
		u += float64(c * v * v)
		w.First[i] = separable.Partial{At: i, By: 2 * c * v}
		w.Second[i] = separable.Pair{At: i, And: i, By: 2 * c}
	}
	return s.Square(1, u, w.First, w.Second)
}
