package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "liarwhd",
		Info: problem("LIARWHD", "quartics whose Hessian is an arrowhead: every variable is tied to the first",
			"Σ 4(xᵢ² − x₁)² + (xᵢ − 1)²", li),
		Dims: from(2), Sum: liarwhd,
		Squares:   func(n int) int { return 2 * n },
		Convexity: problems.Nonconvex,
		Start:     separable.All(4),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
		},
	})
}

func liarwhd(x []float64, s sum) (f float64) {
	a := x[0]
	f += s.Square(4, sq(a)-a, first{{0, float64(2*a) - 1}}, second{{0, 0, 2}})
	f += s.Square(1, a-1, first{{0, 1}}, nil)
	for i := 1; i < len(x); i++ {
		b := x[i]
		f += s.Square(4, sq(b)-a, first{{i, 2 * b}, {0, -1}}, second{{i, i, 2}})
		f += s.Square(1, b-1, first{{i, 1}}, nil)
	}
	return f
}
