package classics

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "cosine",
		Info: problem("COSINE", "a chain of cosines: global minima fill curves",
			"Σᵢ₌₁ⁿ⁻¹ cos(xᵢ² − xᵢ₊₁/2)", gould),
		Dims: from(2), Sum: cosine,
		Convexity: problems.Nonconvex,
		Start:     separable.All(1),
		Facts: func(n int, f *problems.Facts) {
			// One minimizer has equal coordinates t with t² − t/2 = π.
			t := 0.25 + math.Sqrt(1.0/16+math.Pi)
			f.Minimum = separable.Attained(float64(1-n), separable.Constant(n, t))
			f.Notes = []string{"every x with xᵢ² − xᵢ₊₁/2 an odd multiple of π is a minimizer"}
			if n == 2 {
				f.Window = window(-3, 3, -6, 6)
			}
		},
	})
}

func cosine(x []float64, s sum) (f float64) {
	for i := range len(x) - 1 {
		sin, cos := elementary.Sincos(sq(x[i]) - float64(0.5*x[i+1]))
		f += s.Term(separable.Outer{F: cos, D: -sin, DD: -cos},
			first{{i, 2 * x[i]}, {i + 1, -0.5}}, second{{i, i, 2}})
	}
	return f
}
