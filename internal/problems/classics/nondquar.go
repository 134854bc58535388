package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "nondquar",
		Info: problem("NONDQUAR", "convex and degenerate: quartics of neighbours and the last variable",
			"(x₁ − x₂)² + Σᵢ₌₁ⁿ⁻² (xᵢ + xᵢ₊₁ + xₙ)⁴ + (xₙ₋₁ − xₙ)²", lescrenier),
		Dims: from(3), Sum: nondquar, Squares: same,
		Convexity: problems.Convex,
		Start:     separable.Blocks(1, -1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, make([]float64, n))
		},
	})
}

func nondquar(x []float64, s sum) (f float64) {
	last := len(x) - 1
	f += s.Square(1, x[0]-x[1], first{{0, 1}, {1, -1}}, nil)
	for i := range len(x) - 2 {
		f += s.Fourth(1, x[i]+x[i+1]+x[last], first{{i, 1}, {i + 1, 1}, {last, 1}}, nil)
	}
	return f + s.Square(1, x[last-1]-x[last], first{{last - 1, 1}, {last, -1}}, nil)
}
