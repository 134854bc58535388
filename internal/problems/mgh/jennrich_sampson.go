package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "jennrich-sampson",
		Info: problem(6, "two exponentials that only fit when they are one",
			"Σᵢ₌₁¹⁰ (2 + 2i − eⁱˣ − eⁱʸ)²"),
		Dims: fixed(2), Sum: jennrichSampson, Squares: squares(10),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.3, 0.4),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("124.362", paper, []float64{0.25782521367036404, 0.25782521367036404})
			f.Window = &problems.Window{X: [2]float64{-0.5, 0.5}, Y: [2]float64{-0.5, 0.5}}
		},
	})
}

func jennrichSampson(x []float64, s sum) (f float64) {
	for i := 1; i <= 10; i++ {
		t := float64(i)
		ea, eb := elementary.Exp(t*x[0]), elementary.Exp(t*x[1])
		f += s.Square(1, 2+float64(2*t)-ea-eb, first{{0, -t * ea}, {1, -t * eb}},
			second{{0, 0, -t * t * ea}, {1, 1, -t * t * eb}})
	}
	return f
}
