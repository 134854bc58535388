package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "variably-dim",
		Info: problem(25, "a sphere with a quartic trough: one eigenvalue runs away from the others",
			"Σ (xᵢ − 1)² + s² + s⁴, s = Σ i(xᵢ − 1)", "variably-dimensioned"),
		Dims: separable.Dims{Usual: 6, Least: 1}, Sum: variablyDimensioned,
		Squares:   func(n int) int { return n + 2 },
		Convexity: problems.StronglyConvex,
		Start: func(x []float64) {
			for i := range x {
				x[i] = 1 - float64(i+1)/float64(len(x))
			}
		},
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			// The Hessian is 2I plus a matrix of rank one, and exactly that for n > 1 in
			// n − 1 directions.
			f.Constants[problems.ConvexityMu] = problems.Constant{Value: 2, Scope: problems.Global, Source: "closed form"}
		},
	})
}

func variablyDimensioned(x []float64, s sum) (f float64) {
	w := separable.Borrow(len(x), 0, 0)
	defer w.Return()
	var u float64
	for i, v := range x {
		f += s.Square(1, v-1, first{{i, 1}}, nil)
		u += float64(float64(i+1) * (v - 1))
		w.First[i] = separable.Partial{At: i, By: float64(i + 1)}
	}
	f += s.Square(1, u, w.First, nil)
	return f + s.Fourth(1, u, w.First, nil)
}
