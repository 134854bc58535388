package classics

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "schmvett",
		Info: problem("SCHMVETT", "a rational function, a sine and a bell of three neighbours",
			"−Σᵢ₌₁ⁿ⁻² 1/(1 + (xᵢ − xᵢ₊₁)²) + sin((πxᵢ₊₁ + xᵢ₊₂)/2) + exp(−((xᵢ + xᵢ₊₂)/xᵢ₊₁ − 2)²)",
			"Schmidt & Vetters 1970, Ableitungsfreie Verfahren für nichtlineare Optimierungsprobleme, Numer. Math. 15:263–282"),
		Dims: from(3), Sum: schmvett,
		Convexity: problems.Nonconvex,
		Start:     separable.All(0.5),
		Facts: func(n int, f *problems.Facts) {
			// All three terms of each triple reach 1 where the coordinates are equal.
			f.Minimum = separable.Attained(float64(-3*(n-2)), separable.Constant(n, math.Pi/(math.Pi+1)))
		},
	})
}

func schmvett(x []float64, s sum) (f float64) {
	for i := range len(x) - 2 {
		a, b, c := x[i], x[i+1], x[i+2]
		d := a - b
		q := 1 + sq(d)
		f += s.Term(separable.Outer{F: -1 / q, D: 2 * d / (q * q), DD: (2 - float64(6*d*d)) / (q * q * q)},
			first{{i, 1}, {i + 1, -1}}, nil)
		sin, cos := elementary.Sincos((float64(math.Pi*b) + c) / 2)
		f += s.Term(separable.Outer{F: -sin, D: -cos, DD: sin}, first{{i + 1, math.Pi / 2}, {i + 2, 0.5}}, nil)
		r := (a + c) / b
		u := r - 2
		e := elementary.Exp(-sq(u))
		f += s.Term(separable.Outer{F: -e, D: 2 * u * e, DD: (2 - float64(4*u*u)) * e},
			first{{i, 1 / b}, {i + 1, -r / b}, {i + 2, 1 / b}},
			second{{i, i + 1, -1 / (b * b)}, {i + 1, i + 2, -1 / (b * b)}, {i + 1, i + 1, 2 * r / (b * b)}})
	}
	return f
}
