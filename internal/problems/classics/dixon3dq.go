package classics

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "dixon3dq",
		Info: problem("DIXON3DQ", "a tridiagonal quadratic: information travels one variable per iteration",
			"(x₁ − 1)² + Σᵢ₌₂ⁿ⁻¹ (xᵢ − xᵢ₊₁)² + (xₙ − 1)²", buckley),
		Dims: from(2), Sum: dixon3dq, Squares: same,
		Convexity: problems.StronglyConvex,
		Start:     separable.All(-1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			// The Hessian is 2 on x₁, and on the others twice the matrix of a chain that
			// is held at one end, with eigenvalues 4sin²((2k − 1)π/(4n − 2)), k < n.
			eigenvalue := func(k int) float64 { return 8 * sq(elementary.Sin(float64(2*k-1)*math.Pi/float64(4*n-2))) }
			constant := func(v float64) problems.Constant {
				return problems.Constant{Value: v, Scope: problems.Global, Source: "closed form"}
			}
			f.Constants[problems.ConvexityMu] = constant(min(2, eigenvalue(1)))
			f.Constants[problems.SmoothnessL] = constant(max(2, eigenvalue(n-1)))
			f.Constants[problems.HessianM] = constant(0)
		},
	})
}

func dixon3dq(x []float64, s sum) (f float64) {
	last := len(x) - 1
	f += s.Square(1, x[0]-1, first{{0, 1}}, nil)
	for i := 1; i < last; i++ {
		f += s.Square(1, x[i]-x[i+1], first{{i, 1}, {i + 1, -1}}, nil)
	}
	return f + s.Square(1, x[last]-1, first{{last, 1}}, nil)
}
