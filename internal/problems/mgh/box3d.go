package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "box3d",
		Info: problem(12, "two exponentials in three variables (Box 1966)",
			"Σᵢ₌₁¹⁰ (e^−tᵢx₁ − e^−tᵢx₂ − x₃(e^−tᵢ − e^−10tᵢ))², tᵢ = i/10", "box-3d"),
		Dims: fixed(3), Sum: box, Squares: squares(10),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0, 10, 20),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{1, 10, 1}, []float64{10, 1, -1}, []float64{0, 0, 0})
			f.Starts = append(f.Starts, problems.Start{Name: "cutest", X: []float64{0, 10, 1}, Source: "CUTEst, BOX3"})
			f.Notes = []string{"every point of the line x₁ = x₂, x₃ = 0 is a minimizer"}
		},
	})
}

func box(x []float64, s sum) (f float64) {
	for i := 1; i <= 10; i++ {
		t := float64(i) / 10
		a, b, c := elementary.Exp(-t*x[0]), elementary.Exp(-t*x[1]), elementary.Exp(-t)-elementary.Exp(-10*t)
		f += s.Square(1, a-b-float64(x[2]*c), first{{0, -t * a}, {1, t * b}, {2, -c}},
			second{{0, 0, t * t * a}, {1, 1, -t * t * b}})
	}
	return f
}
