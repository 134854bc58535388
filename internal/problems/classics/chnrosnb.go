package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "chnrosnb",
		Info: problem("CHNROSNB", "a chain of Rosenbrock valleys, each with its own slope",
			"Σᵢ₌₂ⁿ 16αᵢ²(xᵢ₋₁ − xᵢ²)² + (xᵢ − 1)², α tabulated for n ≤ 50", toint),
		Dims: separable.Dims{Usual: 10, Least: 2, Most: len(slopes)}, Sum: chnrosnb, Squares: pairs,
		Convexity: problems.Nonconvex,
		Start:     separable.All(-1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
		},
	})
	register(separable.Function{
		Name: "errinros",
		Info: problem("ERRINROS", "chnrosnb with the weight, by mistake, inside the square",
			"Σᵢ₌₂ⁿ (xᵢ₋₁ − 16αᵢ²xᵢ²)² + (xᵢ − 1)², α tabulated for n ≤ 50", "an error in specifying CHNROSNB"),
		Dims: separable.Dims{Usual: 10, Least: 2, Most: len(slopes)}, Sum: errinros, Squares: pairs,
		Convexity: problems.Nonconvex,
		Start:     separable.All(-1),
		Facts: func(n int, f *problems.Facts) {
			switch n {
			case 10:
				f.Minimum = separable.Published("6.69463214", cutest)
			case 25:
				f.Minimum = separable.Published("18.4609060", cutest)
			case 50:
				f.Minimum = separable.Published("39.9041540", cutest)
			}
		},
	})
}

// slopes is α₁…α₅₀.
var slopes = [...]float64{
	1.25, 1.40, 2.40, 1.40, 1.75, 1.20, 2.25, 1.20, 1.00, 1.10, 1.50, 1.60, 1.25, 1.25, 1.20, 1.20, 1.40,
	0.50, 0.50, 1.25, 1.80, 0.75, 1.25, 1.40, 1.60, 2.00, 1.00, 1.60, 1.25, 2.75, 1.25, 1.25, 1.25, 3.00,
	1.50, 2.00, 1.25, 1.40, 1.80, 1.50, 2.20, 1.40, 1.50, 1.25, 2.00, 1.50, 1.25, 1.40, 0.60, 1.50,
}

func chnrosnb(x []float64, s sum) (f float64) {
	for i := 1; i < len(x); i++ {
		a, b := x[i-1], x[i]
		f += s.Square(16*sq(slopes[i]), a-sq(b), first{{i - 1, 1}, {i, -2 * b}}, second{{i, i, -2}})
		f += s.Square(1, b-1, first{{i, 1}}, nil)
	}
	return f
}

func errinros(x []float64, s sum) (f float64) {
	for i := 1; i < len(x); i++ {
		a, b, w := x[i-1], x[i], 16*sq(slopes[i])
		f += s.Square(1, a-float64(w*b*b), first{{i - 1, 1}, {i, -2 * w * b}}, second{{i, i, -2 * w}})
		f += s.Square(1, b-1, first{{i, 1}}, nil)
	}
	return f
}
