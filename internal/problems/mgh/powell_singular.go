package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "powell-singular",
		Info: problem(13, "convex with a singular Hessian at the minimizer: Newton's method converges only linearly; 22 extended",
			"Σ over blocks of four: (x₁ + 10x₂)² + 5(x₃ − x₄)² + (x₂ − 2x₃)⁴ + 10(x₁ − x₄)⁴"),
		Dims: separable.Dims{Usual: 4, Least: 4, Multiple: 4}, Sum: powellSingular, Squares: same,
		Convexity: problems.Convex,
		Start:     separable.Blocks(3, -1, 0, 1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, make([]float64, n))
		},
	})
}

func powellSingular(x []float64, s sum) (f float64) {
	for i := 0; i < len(x); i += 4 {
		a, b, c, d := x[i], x[i+1], x[i+2], x[i+3]
		f += s.Square(1, a+float64(10*b), first{{i, 1}, {i + 1, 10}}, nil)
		f += s.Square(5, c-d, first{{i + 2, 1}, {i + 3, -1}}, nil)
		f += s.Fourth(1, b-float64(2*c), first{{i + 1, 1}, {i + 2, -2}}, nil)
		f += s.Fourth(10, a-d, first{{i, 1}, {i + 3, -1}}, nil)
	}
	return f
}
