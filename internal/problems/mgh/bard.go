package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "bard",
		Info: problem(8, "a rational function fitted to fifteen data points",
			"Σᵢ₌₁¹⁵ (yᵢ − x₁ − uᵢ/(vᵢx₂ + wᵢx₃))², uᵢ = i, vᵢ = 16 − i, wᵢ = min(uᵢ, vᵢ)"),
		Dims: fixed(3), Sum: bard, Squares: squares(len(bardData)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 1, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("8.21487e-3", paper, []float64{0.08241055974978878, 1.133036092029721, 2.3436951786425375})
			f.Notes = []string{"f tends to 17.4286 as x → (0.8406…, −∞, −∞)"}
		},
	})
}

var bardData = [...]float64{
	0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
}

func bard(x []float64, s sum) (f float64) {
	for i, y := range bardData {
		u := float64(i + 1)
		v := 16 - u
		w := min(u, v)
		d := float64(v*x[1]) + float64(w*x[2])
		q := u / (d * d)
		f += s.Square(1, y-x[0]-u/d, first{{0, -1}, {1, v * q}, {2, w * q}},
			second{{1, 1, -2 * v * v * q / d}, {1, 2, -2 * v * w * q / d}, {2, 2, -2 * w * w * q / d}})
	}
	return f
}
