package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "rosenbrock-ext",
		Info: problem(21, "n/2 independent Rosenbrock valleys",
			"Σᵢ₌₁ⁿᐟ² 100(x₂ᵢ − x₂ᵢ₋₁²)² + (1 − x₂ᵢ₋₁)²", "rosenbrock-extended"),
		Dims: separable.Dims{Usual: 10, Least: 2, Multiple: 2}, Sum: rosenbrockExtended, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.Blocks(-1.2, 1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			if n == 2 {
				f.Window = &problems.Window{X: [2]float64{-2, 2}, Y: [2]float64{-1, 3}}
			}
		},
	})
}

func rosenbrockExtended(x []float64, s sum) (f float64) {
	for i := 0; i < len(x); i += 2 {
		a, b := x[i], x[i+1]
		f += s.Square(100, b-sq(a), first{{i, -2 * a}, {i + 1, 1}}, second{{i, i, -2}})
		f += s.Square(1, 1-a, first{{i, -1}}, nil)
	}
	return f
}
