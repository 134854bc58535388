package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "gaussian",
		Info: problem(9, "a bell curve fitted to fifteen values of the normal density",
			"Σᵢ₌₁¹⁵ (x₁ exp(−x₂(tᵢ − x₃)²/2) − yᵢ)², tᵢ = (8 − i)/2"),
		Dims: fixed(3), Sum: gaussian, Squares: squares(len(gaussianData)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.4, 1, 0),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("1.12793e-8", paper, []float64{0.39895613783875666, 1.0000190844878056, 0})
		},
	})
}

var gaussianData = [...]float64{
	0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989,
	0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009,
}

func gaussian(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	for i, y := range gaussianData {
		d := float64(float64(7-i)/2) - x[2]
		e := elementary.Exp(-b * d * d / 2)
		half := d * d / 2
		f += s.Square(1, float64(a*e)-y, first{{0, e}, {1, -half * a * e}, {2, b * d * a * e}},
			second{
				{0, 1, -half * e}, {0, 2, b * d * e},
				{1, 1, half * half * a * e}, {1, 2, d * (1 - float64(b*half)) * a * e},
				{2, 2, b * (float64(b*d*d) - 1) * a * e},
			})
	}
	return f
}
