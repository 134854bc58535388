package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "meyer",
		Info: problem(10, "the resistance of a thermistor: sixteen data points, and a valley so flat that descent crawls",
			"Σᵢ₌₁¹⁶ (x₁ exp(x₂/(tᵢ + x₃)) − yᵢ)², tᵢ = 45 + 5i"),
		Dims: fixed(3), Sum: meyer, Squares: squares(len(meyerData)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.02, 4000, 250),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("87.9458", paper, []float64{0.0056096367492455314, 6181.3463049369748, 345.22363323218468})
		},
	})
}

var meyerData = [...]float64{
	34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
}

func meyer(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	for i, y := range meyerData {
		d := float64(50+5*i) + x[2]
		e := elementary.Exp(b / d)
		q := b / (d * d) // −∂(b/d)/∂x₃
		f += s.Square(1, float64(a*e)-y, first{{0, e}, {1, a * e / d}, {2, -a * e * q}},
			second{
				{0, 1, e / d}, {0, 2, -e * q},
				{1, 1, a * e / (d * d)}, {1, 2, -a * e * (1 + b/d) / (d * d)},
				{2, 2, a * e * q * (q + 2/d)},
			})
	}
	return f
}
