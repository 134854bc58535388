package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "powell-badly-scaled",
		Info: problem(3, "a hyperbola and an exponential: the minimizer's coordinates differ by a factor 10⁶",
			"(10⁴xy − 1)² + (e⁻ˣ + e⁻ʸ − 1.0001)²"),
		Dims: fixed(2), Sum: powellBadlyScaled, Squares: squares(2),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0, 1),
		Facts: func(_ int, f *problems.Facts) {
			// The two equations have a root: y = 10⁻⁴/x leaves one with a change of sign.
			x, y := 1.098159329699759e-05, 9.106146739867016
			f.Minimum = separable.Attained(0, []float64{x, y}, []float64{y, x})
			f.Window = &problems.Window{X: [2]float64{-1, 10}, Y: [2]float64{-1, 10}}
		},
	})
}

func powellBadlyScaled(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	ea, eb := elementary.Exp(-a), elementary.Exp(-b)
	f += s.Square(1, float64(1e4*a*b)-1, first{{0, 1e4 * b}, {1, 1e4 * a}}, second{{0, 1, 1e4}})
	f += s.Square(1, ea+eb-1.0001, first{{0, -ea}, {1, -eb}}, second{{0, 0, ea}, {1, 1, eb}})
	return f
}
