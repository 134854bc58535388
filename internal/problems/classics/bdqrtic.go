package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "bdqrtic",
		Info: problem("BDQRTIC", "convex quartics of four neighbours and the last variable",
			"Σᵢ₌₁ⁿ⁻⁴ (3 − 4xᵢ)² + (xᵢ² + 2xᵢ₊₁² + 3xᵢ₊₂² + 4xᵢ₊₃² + 5xₙ²)²", lescrenier),
		Dims: from(5), Sum: bdqrtic,
		Squares:   func(n int) int { return 2 * (n - 4) },
		Convexity: problems.Convex,
		Start:     separable.All(1),
	})
}

func bdqrtic(x []float64, s sum) (f float64) {
	last := len(x) - 1
	e := x[last]
	for i := range len(x) - 4 {
		a, b, c, d := x[i], x[i+1], x[i+2], x[i+3]
		f += s.Square(1, 3-float64(4*a), first{{i, -4}}, nil)
		u := sq(a) + float64(2*b*b) + float64(3*c*c) + float64(4*d*d) + float64(5*e*e)
		f += s.Square(1, u, first{{i, 2 * a}, {i + 1, 4 * b}, {i + 2, 6 * c}, {i + 3, 8 * d}, {last, 10 * e}},
			second{{i, i, 2}, {i + 1, i + 1, 4}, {i + 2, i + 2, 6}, {i + 3, i + 3, 8}, {last, last, 10}})
	}
	return f
}
