package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "biggs-exp6",
		Info: problem(18, "three exponentials; from the standard start every gradient method ends in a saddle",
			"Σᵢ₌₁¹³ (x₃e^−tᵢx₁ − x₄e^−tᵢx₂ + x₆e^−tᵢx₅ − yᵢ)², tᵢ = i/10, yᵢ = e^−tᵢ − 5e^−10tᵢ + 3e^−4tᵢ"),
		Dims: fixed(6), Sum: biggs, Squares: squares(13),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 2, 1, 1, 1, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{1, 10, 1, 5, 4, 3}, []float64{4, 10, 3, 5, 1, 1})
			f.Critical = []problems.Critical{{Kind: problems.Saddle, X: []float64{1.711415994719588, 17.683198180949056,
				1.1631436609188928, 5.186561551993449, 1.711415994719588, 1.1631436609188928}}}
			f.Notes = []string{"the paper's local minimum 5.65565e-3 is a saddle on the line x₁ = x₅, x₃ + x₆ constant;" +
				" the standard start lies in the subspace x₁ = x₅, x₃ = x₆, which every gradient method keeps to"}
		},
	})
}

func biggs(x []float64, s sum) (f float64) {
	for i := 1; i <= 13; i++ {
		t := float64(i) / 10
		y := elementary.Exp(-t) - float64(5*elementary.Exp(-10*t)) + float64(3*elementary.Exp(-4*t))
		a, b, c := elementary.Exp(-t*x[0]), elementary.Exp(-t*x[1]), elementary.Exp(-t*x[4])
		f += s.Square(1, float64(x[2]*a)-float64(x[3]*b)+float64(x[5]*c)-y,
			first{{0, -t * x[2] * a}, {1, t * x[3] * b}, {2, a}, {3, -b}, {4, -t * x[5] * c}, {5, c}},
			second{
				{0, 0, t * t * x[2] * a}, {0, 2, -t * a},
				{1, 1, -t * t * x[3] * b}, {1, 3, t * b},
				{4, 4, t * t * x[5] * c}, {4, 5, -t * c},
			})
	}
	return f
}
