package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "discrete-integral-equation",
		Info: problem(29, "the boundary value problem as an integral equation: dense and well conditioned",
			"Σᵢ (xᵢ + h((1 − tᵢ)Σⱼ₌₁ⁱ tⱼcⱼ + tᵢΣⱼ₌ᵢ₊₁ⁿ (1 − tⱼ)cⱼ)/2)², cⱼ = (xⱼ + tⱼ + 1)³, tᵢ = ih, h = 1/(n + 1)"),
		Dims: separable.Dims{Usual: 10, Least: 1, Most: dense}, Sum: discreteIntegralEquation, Squares: same,
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

func discreteIntegralEquation(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n, 0)
	defer w.Return()
	h := 1 / float64(n+1)
	for i, v := range x {
		t := float64(float64(i+1) * h)
		u := v
		for j := range x {
			r := float64(float64(j+1) * h)
			kernel := h * min(r, t) * (1 - max(r, t)) / 2
			d := x[j] + r + 1
			u += float64(kernel * d * d * d)
			w.First[j] = separable.Partial{At: j, By: 3 * kernel * d * d}
			w.Second[j] = separable.Pair{At: j, And: j, By: 6 * kernel * d}
		}
		w.First[i].By++
		f += s.Square(1, u, w.First, w.Second)
	}
	return f
}
