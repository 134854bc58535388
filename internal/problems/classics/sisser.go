package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "sisser",
		Info: problem("SISSER2", "a homogeneous quartic: not convex, and flat at its minimizer (the corrected SISSER)",
			"3x⁴ − 2x²y² + 3y⁴", "Sisser 1981, Elimination of bounds in optimization problems by transforming variables, Math. Programming 20:110–121"),
		Dims: fixed(2), Sum: sisser,
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 0.1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{0, 0})
			f.Window = window(-1.5, 1.5, -1.5, 1.5)
		},
	})
}

func sisser(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	f += s.Fourth(3, a, first{{0, 1}}, nil)
	f += s.Fourth(3, b, first{{1, 1}}, nil)
	ab := a * b
	f += s.Term(separable.Outer{F: -2 * ab * ab, D: -4 * ab, DD: -4}, first{{0, b}, {1, a}}, second{{0, 1, 1}})
	return f
}
