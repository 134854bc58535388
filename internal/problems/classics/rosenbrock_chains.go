package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// Three ways to chain Rosenbrock's valley.
func init() {
	ones := func(value float64) func(int, *problems.Facts) {
		return func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(value, separable.Constant(n, 1))
			if n == 2 {
				f.Window = window(-2, 2, -1, 3)
			}
		}
	}
	register(separable.Function{
		Name: "extrosnb",
		Info: problem("EXTROSNB", "a chain of Rosenbrock valleys held at the first variable only: extremely flat",
			"(x₁ − 1)² + 100 Σᵢ₌₂ⁿ (xᵢ − xᵢ₋₁²)²", toint),
		Dims: from(2), Sum: extrosnb, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(-1),
		Facts:     ones(0),
	})
	register(separable.Function{
		Name: "fletchcr",
		Info: problem("FLETCHCR", "the chained Rosenbrock function from the origin",
			"Σᵢ₌₁ⁿ⁻¹ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²", "Fletcher 1992, An optimal positive definite update for sparse Hessian matrices"),
		Dims: from(2), Sum: fletchcr, Squares: pairs,
		Convexity: problems.Nonconvex,
		Start:     separable.All(0),
		Facts:     ones(0),
	})
	register(separable.Function{
		Name: "genrose",
		Info: problem("GENROSE", "the generalized Rosenbrock function: many local minima on the way along the chain",
			"1 + Σᵢ₌₂ⁿ 100(xᵢ − xᵢ₋₁²)² + (xᵢ − 1)²", "Nash 1984, Newton-type minimization via the Lanczos method, SIAM J. Numer. Anal. 21:770–788"),
		Dims: from(2), Sum: genrose,
		Convexity: problems.Nonconvex,
		Start: func(x []float64) {
			for i := range x {
				x[i] = float64(i+1) / float64(len(x)+1)
			}
		},
		Facts: ones(1),
	})
}

// valley is 100(xᵢ₊₁ − xᵢ²)².
func valley(x []float64, i int, s *sum) float64 {
	return s.Square(100, x[i+1]-sq(x[i]), first{{i, -2 * x[i]}, {i + 1, 1}}, second{{i, i, -2}})
}

func extrosnb(x []float64, s sum) (f float64) {
	f += s.Square(1, x[0]-1, first{{0, 1}}, nil)
	for i := range len(x) - 1 {
		f += valley(x, i, &s)
	}
	return f
}

func fletchcr(x []float64, s sum) (f float64) {
	for i := range len(x) - 1 {
		f += valley(x, i, &s)
		f += s.Square(1, 1-x[i], first{{i, -1}}, nil)
	}
	return f
}

func genrose(x []float64, s sum) float64 {
	f := 1.0
	for i := range len(x) - 1 {
		f += valley(x, i, &s)
		f += s.Square(1, x[i+1]-1, first{{i + 1, 1}}, nil)
	}
	return f
}
