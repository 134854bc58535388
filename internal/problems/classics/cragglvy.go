package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "cragglvy",
		Info: problem("CRAGGLVY", "powers up to the eighth, an exponential and a tangent (Cragg & Levy 1969), extended",
			"Σ over a, b, c, d = x₂ᵢ₋₁…x₂ᵢ₊₂, i ≤ (n − 2)/2: (eᵃ − b)⁴ + 100(b − c)⁶ + (tan(c − d) + c − d)⁴ + a⁸ + (d − 1)²", toint),
		Dims: separable.Dims{Usual: 10, Least: 4, Multiple: 2}, Sum: cragglvy,
		Convexity: problems.Nonconvex,
		Start: func(x []float64) {
			separable.Fill(x, 2)
			x[0] = 1
		},
		Facts: func(n int, f *problems.Facts) {
			if n == 4 {
				f.Minimum = separable.Attained(0, []float64{0, 1, 1, 1})
			}
		},
	})
}

func cragglvy(x []float64, s sum) (f float64) {
	for i := 0; i+3 < len(x); i += 2 {
		a, b, c, d := x[i], x[i+1], x[i+2], x[i+3]
		e, t := elementary.Exp(a), elementary.Tan(c-d)
		slope, bend := 2+sq(t), 2*t*(1+sq(t)) // of tan(u) + u
		f += s.Fourth(1, e-b, first{{i, e}, {i + 1, -1}}, second{{i, i, e}})
		f += s.Term(powered(100, b-c, 6), first{{i + 1, 1}, {i + 2, -1}}, nil)
		f += s.Fourth(1, t+c-d, first{{i + 2, slope}, {i + 3, -slope}},
			second{{i + 2, i + 2, bend}, {i + 2, i + 3, -bend}, {i + 3, i + 3, bend}})
		f += s.Term(powered(1, a, 8), first{{i, 1}}, nil)
		f += s.Square(1, d-1, first{{i + 3, 1}}, nil)
	}
	return f
}
