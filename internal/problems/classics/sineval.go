package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "sineval",
		Info: problem("SINEVAL", "a steep valley along a sine",
			"10³(y − sin x)² + x²/4", "Xiao & Zhou 1992, Non-monotone trust region methods with curvilinear path, Computing 48:303–317"),
		Dims: fixed(2), Sum: sineval, Squares: squares(2),
		Convexity: problems.Nonconvex,
		Start:     separable.At(4.712389, -1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{0, 0})
			f.Window = window(-2, 6, -2, 2)
		},
	})
}

func sineval(x []float64, s sum) (f float64) {
	sin, cos := elementary.Sincos(x[0])
	f += s.Square(1e3, x[1]-sin, first{{0, -cos}, {1, 1}}, second{{0, 0, sin}})
	f += s.Square(0.25, x[0], first{{0, 1}}, nil)
	return f
}
