package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "edensch",
		Info: problem("EDENSCH", "the extended Dennis–Schnabel function",
			"16 + Σᵢ₌₁ⁿ⁻¹ (xᵢ − 2)⁴ + (xᵢxᵢ₊₁ − 2xᵢ₊₁)² + (xᵢ₊₁ + 1)²", li),
		Dims: separable.Dims{Usual: 36, Least: 2}, Sum: edensch,
		Convexity: problems.Nonconvex,
		Start:     separable.All(8),
		Facts: func(n int, f *problems.Facts) {
			switch n {
			case 2:
				f.Minimum = separable.Attained(16, []float64{2, -1})
			case 36:
				f.Minimum = separable.Published("219.28", cutest)
			}
		},
	})
}

func edensch(x []float64, s sum) float64 {
	f := 16.0
	for i := range len(x) - 1 {
		a, b := x[i]-2, x[i+1]
		f += s.Fourth(1, a, first{{i, 1}}, nil)
		f += s.Square(1, float64(a*b), first{{i, b}, {i + 1, a}}, second{{i, i + 1, 1}})
		f += s.Square(1, b+1, first{{i + 1, 1}}, nil)
	}
	return f
}
