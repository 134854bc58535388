package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "brown-dennis",
		Info: problem(16, "convex, with large residuals: Gauss–Newton fails where Newton does not",
			"Σᵢ₌₁²⁰ ((x₁ + tᵢx₂ − e^tᵢ)² + (x₃ + x₄ sin tᵢ − cos tᵢ)²)², tᵢ = i/5"),
		Dims: fixed(4), Sum: brownDennis, Squares: squares(20),
		Convexity: problems.Convex,
		Start:     separable.At(25, 5, -5, -1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("85822.2", paper,
				[]float64{-11.594439904762163, 13.203630051207202, -0.4034394881768595, 0.23677877445573636})
		},
	})
}

func brownDennis(x []float64, s sum) (f float64) {
	for i := 1; i <= 20; i++ {
		t := float64(i) / 5
		sin, cos := elementary.Sincos(t)
		p := x[0] + float64(t*x[1]) - elementary.Exp(t)
		q := x[2] + float64(x[3]*sin) - cos
		f += s.Square(1, sq(p)+sq(q), first{{0, 2 * p}, {1, 2 * p * t}, {2, 2 * q}, {3, 2 * q * sin}},
			second{{0, 0, 2}, {0, 1, 2 * t}, {1, 1, 2 * t * t}, {2, 2, 2}, {2, 3, 2 * sin}, {3, 3, 2 * sin * sin}})
	}
	return f
}
