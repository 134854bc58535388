package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "broyden-tridiagonal",
		Info: problem(30, "quadratic equations, each in three neighbours",
			"Σᵢ ((3 − 2xᵢ)xᵢ − xᵢ₋₁ − 2xᵢ₊₁ + 1)², x₀ = xₙ₊₁ = 0"),
		Dims: separable.Dims{Usual: 10, Least: 1}, Sum: broydenTridiagonal, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(-1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0)
		},
	})
	register(separable.Function{
		Name: "broyden-banded",
		Info: problem(31, "cubic equations, each in seven neighbours",
			"Σᵢ (xᵢ(2 + 5xᵢ²) + 1 − Σⱼ xⱼ(1 + xⱼ))², j ≠ i, max(1, i − 5) ≤ j ≤ min(n, i + 1)"),
		Dims: separable.Dims{Usual: 10, Least: 1}, Sum: broydenBanded, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     separable.All(1), StartSource: "CUTEst, BRYBND",
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0)
			if n == 1 {
				f.Convexity = problems.UnknownConvexity
			}
			f.Starts = append(f.Starts, problems.Start{Name: "mgh", X: separable.Constant(n, -1), Source: paper})
		},
	})
}

func broydenTridiagonal(x []float64, s sum) (f float64) {
	n := len(x)
	for i, v := range x {
		u := float64((3-float64(2*v))*v) + 1
		var list [3]separable.Partial
		near := append(list[:0], separable.Partial{At: i, By: 3 - float64(4*v)})
		if i > 0 {
			u -= x[i-1]
			near = append(near, separable.Partial{At: i - 1, By: -1})
		}
		if i < n-1 {
			u -= 2 * x[i+1]
			near = append(near, separable.Partial{At: i + 1, By: -2})
		}
		f += s.Square(1, u, near, second{{i, i, -4}})
	}
	return f
}

func broydenBanded(x []float64, s sum) (f float64) {
	n := len(x)
	for i, v := range x {
		var partials [7]separable.Partial
		var pairs [7]separable.Pair
		u := float64(v*(2+float64(5*v*v))) + 1
		near := append(partials[:0], separable.Partial{At: i, By: 2 + float64(15*v*v)})
		curved := append(pairs[:0], separable.Pair{At: i, And: i, By: 30 * v})
		for j := max(0, i-5); j <= min(n-1, i+1); j++ {
			if j == i {
				continue
			}
			u -= float64(x[j] * (1 + x[j]))
			near = append(near, separable.Partial{At: j, By: -1 - float64(2*x[j])})
			curved = append(curved, separable.Pair{At: j, And: j, By: -2})
		}
		f += s.Square(1, u, near, curved)
	}
	return f
}
