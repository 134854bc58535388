package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "sinquad",
		Info: problem("SINQUAD2", "sines and squares that tie every variable to the first and the last (the corrected SINQUAD)",
			"(x₁ − 1)⁴ + Σᵢ₌₂ⁿ⁻¹ (sin(xᵢ − xₙ) + xᵢ² − x₁²)² + (xₙ² − x₁²)²", gould),
		Dims: from(3), Sum: sinquad, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(0.1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
		},
	})
}

func sinquad(x []float64, s sum) (f float64) {
	last := len(x) - 1
	a, z := x[0], x[last]
	f += s.Fourth(1, a-1, first{{0, 1}}, nil)
	for i := 1; i < last; i++ {
		b := x[i]
		sin, cos := elementary.Sincos(b - z)
		f += s.Square(1, sin+sq(b)-sq(a), first{{0, -2 * a}, {i, cos + float64(2*b)}, {last, -cos}},
			second{{0, 0, -2}, {i, i, 2 - sin}, {i, last, sin}, {last, last, -sin}})
	}
	return f + s.Square(1, sq(z)-sq(a), first{{0, -2 * a}, {last, 2 * z}}, second{{0, 0, -2}, {last, last, 2}})
}
