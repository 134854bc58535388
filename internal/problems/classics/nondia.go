package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "nondia",
		Info: problem("NONDIA", "a Rosenbrock variant without a diagonal; its last variable does not appear",
			"(x₁ − 1)² + 100 Σᵢ₌₂ⁿ (x₁ − xᵢ₋₁²)²", "Shanno 1978, On variable metric methods for sparse Hessians II"),
		Dims: from(2), Sum: nondia, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(-1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			f.Notes = []string{"xₙ does not appear, and the signs of x₂…xₙ₋₁ do not matter: there are further minimizers"}
		},
	})
}

func nondia(x []float64, s sum) (f float64) {
	a := x[0]
	f += s.Square(1, a-1, first{{0, 1}}, nil)
	f += s.Square(100, a-sq(a), first{{0, 1 - float64(2*a)}}, second{{0, 0, -2}})
	for i := 1; i < len(x)-1; i++ {
		f += s.Square(100, a-sq(x[i]), first{{0, 1}, {i, -2 * x[i]}}, second{{i, i, -2}})
	}
	return f
}
