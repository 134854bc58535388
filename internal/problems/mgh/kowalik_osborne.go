package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "kowalik-osborne",
		Info: problem(15, "the kinetics of an enzyme: a rational function fitted to eleven data points",
			"Σᵢ₌₁¹¹ (yᵢ − x₁(uᵢ² + uᵢx₂)/(uᵢ² + uᵢx₃ + x₄))²", "kowalik"),
		Dims: fixed(4), Sum: kowalikOsborne, Squares: squares(len(kowalikData)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.25, 0.39, 0.415, 0.39),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("3.07505e-4", paper,
				[]float64{0.1928069345790378, 0.19128232873436793, 0.1230565069263209, 0.13606233068379525})
			f.Notes = []string{"f tends to 1.02734e-3 as x → (∞, −14.07…, −∞, −∞)"}
		},
	})
}

var kowalikData = [...]struct{ y, u float64 }{
	{0.1957, 4}, {0.1947, 2}, {0.1735, 1}, {0.1600, 0.5}, {0.0844, 0.25}, {0.0627, 0.167},
	{0.0456, 0.125}, {0.0342, 0.1}, {0.0323, 0.0833}, {0.0235, 0.0714}, {0.0246, 0.0625},
}

func kowalikOsborne(x []float64, s sum) (f float64) {
	for _, p := range kowalikData {
		u := p.u
		over := sq(u) + float64(u*x[1])
		under := sq(u) + float64(u*x[2]) + x[3]
		a, b := x[0]/under, over/under // the model is a·over = x₁·b
		f += s.Square(1, p.y-float64(a*over),
			first{{0, -b}, {1, -a * u}, {2, a * b * u}, {3, a * b}},
			second{
				{0, 1, -u / under}, {0, 2, u * b / under}, {0, 3, b / under},
				{1, 2, a * u * u / under}, {1, 3, a * u / under},
				{2, 2, -2 * a * b * u * u / under}, {2, 3, -2 * a * b * u / under}, {3, 3, -2 * a * b / under},
			})
	}
	return f
}
