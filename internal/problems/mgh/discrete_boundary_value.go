package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "discrete-boundary-value",
		Info: problem(28, "u″ = (u + t + 1)³/2 with u(0) = u(1) = 0 by finite differences: worse conditioned as n grows",
			"Σᵢ (2xᵢ − xᵢ₋₁ − xᵢ₊₁ + h²(xᵢ + tᵢ + 1)³/2)², tᵢ = ih, h = 1/(n + 1), x₀ = xₙ₊₁ = 0", "morebv"),
		Dims: separable.Dims{Usual: 10, Least: 1}, Sum: discreteBoundaryValue, Squares: same,
		Convexity: problems.Nonconvex,
		Start:     parabola,
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0)
			if n == 1 {
				f.Convexity = problems.UnknownConvexity
			}
		},
	})
}

// parabola is the start tᵢ(tᵢ − 1) of problems 28 and 29.
func parabola(x []float64) {
	h := 1 / float64(len(x)+1)
	for i := range x {
		t := float64(float64(i+1) * h)
		x[i] = t * (t - 1)
	}
}

func discreteBoundaryValue(x []float64, s sum) (f float64) {
	n := len(x)
	h := 1 / float64(n+1)
	for i, v := range x {
		d := v + float64(float64(i+1)*h) + 1
		u := float64(2*v) + float64(h*h*d*d*d/2)
		var list [3]separable.Partial
		near := append(list[:0], separable.Partial{At: i, By: 2 + float64(1.5*h*h*d*d)})
		if i > 0 {
			u -= x[i-1]
			near = append(near, separable.Partial{At: i - 1, By: -1})
		}
		if i < n-1 {
			u -= x[i+1]
			near = append(near, separable.Partial{At: i + 1, By: -1})
		}
		f += s.Square(1, u, near, second{{i, i, 3 * h * h * d}})
	}
	return f
}
