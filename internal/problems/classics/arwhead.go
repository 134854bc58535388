package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "arwhead",
		Info: problem("ARWHEAD", "convex; its Hessian is an arrowhead: every variable is tied to the last",
			"Σᵢ₌₁ⁿ⁻¹ ((xᵢ² + xₙ²)² − 4xᵢ + 3)", lescrenier),
		Dims: from(2), Sum: arwhead,
		Convexity: problems.Convex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			x := separable.Constant(n, 1)
			x[n-1] = 0
			f.Minimum = separable.Attained(0, x)
		},
	})
}

func arwhead(x []float64, s sum) (f float64) {
	last := len(x) - 1
	b := x[last]
	for i, a := range x[:last] {
		f += s.Square(1, sq(a)+sq(b), first{{i, 2 * a}, {last, 2 * b}}, second{{i, i, 2}, {last, last, 2}})
		f += s.Linear(1, 3-float64(4*a), first{{i, -4}}, nil)
	}
	return f
}
