package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "cube",
		Info: problem("CUBE", "Rosenbrock's valley along a cubic",
			"(x − 1)² + 100(y − x³)²", buckley),
		Dims: fixed(2), Sum: cube, Squares: squares(2),
		Convexity: problems.Nonconvex,
		Start:     separable.At(-1.2, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{1, 1})
			f.Window = window(-1.5, 1.5, -2, 2)
		},
	})
}

func cube(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	f += s.Square(1, a-1, first{{0, 1}}, nil)
	f += s.Square(100, b-cubed(a), first{{0, -3 * a * a}, {1, 1}}, second{{0, 0, -6 * a}})
	return f
}
