package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "tquartic",
		Info: problem("TQUARTIC", "a quartic whose Hessian is an arrowhead, nearly singular at the start",
			"(x₁ − 1)² + Σᵢ₌₂ⁿ (x₁² − xᵢ²)²", "Toint, private communication in CUTEst"),
		Dims: from(2), Sum: tquartic, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(0.1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			f.Notes = []string{"the signs of x₂…xₙ do not matter: there are 2ⁿ⁻¹ minimizers"}
			if n == 2 {
				f.Window = window(-0.5, 2, -2, 2)
			}
		},
	})
}

func tquartic(x []float64, s sum) (f float64) {
	a := x[0]
	f += s.Square(1, a-1, first{{0, 1}}, nil)
	for i := 1; i < len(x); i++ {
		f += s.Square(1, sq(a)-sq(x[i]), first{{0, 2 * a}, {i, -2 * x[i]}}, second{{0, 0, 2}, {i, i, -2}})
	}
	return f
}
