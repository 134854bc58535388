package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "wood",
		Info: problem(14, "two coupled Rosenbrock valleys with a saddle that stalls descent (Colville 1968); in blocks of four",
			"Σ over blocks of four: 100(x₂ − x₁²)² + (1 − x₁)² + 90(x₄ − x₃²)² + (1 − x₃)² + 10(x₂ + x₄ − 2)² + (x₂ − x₄)²/10",
			"woods", "colville"),
		Dims: separable.Dims{Usual: 4, Least: 4, Multiple: 4}, Sum: wood,
		Squares:   func(n int) int { return 6 * n / 4 },
		Convexity: problems.Nonconvex,
		Start:     separable.Blocks(-3, -1, -3, -1),
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, separable.Constant(n, 1))
			saddle := make([]float64, n)
			separable.Repeat(saddle, -0.9679740249375931, 0.9471391408178418, -0.9695163103315911, 0.9512476657923252)
			f.Critical = []problems.Critical{{X: saddle, Kind: problems.Saddle}}
		},
	})
}

func wood(x []float64, s sum) (f float64) {
	for i := 0; i < len(x); i += 4 {
		a, b, c, d := x[i], x[i+1], x[i+2], x[i+3]
		f += s.Square(100, b-sq(a), first{{i, -2 * a}, {i + 1, 1}}, second{{i, i, -2}})
		f += s.Square(1, 1-a, first{{i, -1}}, nil)
		f += s.Square(90, d-sq(c), first{{i + 2, -2 * c}, {i + 3, 1}}, second{{i + 2, i + 2, -2}})
		f += s.Square(1, 1-c, first{{i + 2, -1}}, nil)
		f += s.Square(10, b+d-2, first{{i + 1, 1}, {i + 3, 1}}, nil)
		f += s.Square(0.1, b-d, first{{i + 1, 1}, {i + 3, -1}}, nil)
	}
	return f
}
