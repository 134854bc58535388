package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "brown-badly-scaled",
		Info: problem(4, "the minimizer's coordinates differ by a factor 5·10¹¹",
			"(x − 10⁶)² + (y − 2·10⁻⁶)² + (xy − 2)²"),
		Dims: fixed(2), Sum: brownBadlyScaled, Squares: squares(3),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{1e6, 2e-6})
		},
	})
}

func brownBadlyScaled(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	f += s.Square(1, a-1e6, first{{0, 1}}, nil)
	f += s.Square(1, b-2e-6, first{{1, 1}}, nil)
	f += s.Square(1, float64(a*b)-2, first{{0, b}, {1, a}}, second{{0, 1, 1}})
	return f
}
