package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "tridia",
		Info: problem("TRIDIA", "a tridiagonal quadratic with growing weights",
			"(x₁ − 1)² + Σᵢ₌₂ⁿ i(2xᵢ − xᵢ₋₁)²", toint),
		Dims: from(1), Sum: tridia, Squares: same,
		Convexity: problems.StronglyConvex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			x := make([]float64, n)
			for i, v := 0, 1.0; i < n; i, v = i+1, v/2 {
				x[i] = v
			}
			f.Minimum = separable.Attained(0, x)
			f.Constants[problems.HessianM] = problems.Constant{Value: 0, Scope: problems.Global, Source: "closed form"}
		},
	})
}

func tridia(x []float64, s sum) (f float64) {
	f += s.Square(1, x[0]-1, first{{0, 1}}, nil)
	for i := 1; i < len(x); i++ {
		f += s.Square(float64(i+1), float64(2*x[i])-x[i-1], first{{i, 2}, {i - 1, -1}}, nil)
	}
	return f
}
