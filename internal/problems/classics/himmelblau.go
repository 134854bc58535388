package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// Problems of Himmelblau's book.
func init() {
	register(separable.Function{
		Name: "himmelbb",
		Info: problem("HIMMELBB", "zero along whole lines and a curve",
			"(xy(1 − x)(1 − y − x(1 − x)⁵))²", himmelblau+", problem 27"),
		Dims: fixed(2), Sum: himmelbb, Squares: squares(1),
		Convexity: problems.Nonconvex,
		Start:     separable.At(-1.2, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{0, 1}, []float64{1, 0}, []float64{0, 0}, []float64{1, 1})
			f.Notes = []string{"every point with x = 0, x = 1, y = 0 or y = 1 − x(1 − x)⁵ is a minimizer; four are given"}
			f.Window = window(-1.5, 1.5, -0.5, 1.5)
		},
	})
	register(separable.Function{
		Name: "himmelbf",
		Info: problem("HIMMELBF", "a rational function fitted to seven data points",
			"10⁴ Σᵢ₌₁⁷ ((x₁² + aᵢx₂² + aᵢ²x₃²)/(bᵢ(1 + aᵢx₄²)) − 1)²", himmelblau+", problem 32"),
		Dims: fixed(4), Sum: himmelbf, Squares: squares(7),
		Convexity: problems.Nonconvex,
		Start:     separable.At(2.7, 90, 1500, 10),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("318.572", cutest,
				[]float64{2.7143660598692927, 140.43580597030376, 1707.515616647079, 31.512869272316504})
		},
	})
	register(separable.Function{
		Name: "himmelbg",
		Info: problem("HIMMELBG", "a bowl that fades away on one side",
			"e^(−x−y)(2x² + 3y²)", himmelblau),
		Dims: fixed(2), Sum: himmelbg,
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.5, 0.5),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{0, 0})
			f.Critical = []problems.Critical{{X: []float64{1.2, 0.8}, Kind: problems.Saddle}}
			f.Window = window(-1, 3, -1, 3)
		},
	})
	register(separable.Function{
		Name: "himmelbh",
		Info: problem("HIMMELBH", "a cubic: a local minimum next to a saddle, unbounded below beyond it",
			"x³ − 3x + y² − 2y + 2", himmelblau),
		Dims: fixed(2), Sum: himmelbh,
		Convexity: problems.Nonconvex,
		Start:     separable.At(0, 2),
		Facts: func(_ int, f *problems.Facts) {
			f.Critical = []problems.Critical{
				{X: []float64{1, 1}, Kind: problems.LocalMinimum},
				{X: []float64{-1, 1}, Kind: problems.Saddle},
			}
			f.Notes = []string{"unbounded below for x → −∞; the local minimum at (1, 1) is −1"}
			f.Window = window(-2.5, 2.5, -1, 3)
		},
	})
}

func himmelbb(x []float64, s sum) float64 {
	a, b := x[0], x[1]
	c := 1 - a
	m, slope := a*c, 1-float64(2*a) // a(1 − a)
	// p = a(1 − a)⁵ and its derivatives
	p, dp, ddp := float64(a*c*c*c*c*c), c*c*c*c*(1-float64(6*a)), -10*c*c*c*(1-float64(3*a))
	d := 1 - b - p
	return s.Square(1, m*b*d,
		first{{0, b * (float64(slope*d) - float64(m*dp))}, {1, m * (d - b)}},
		second{
			{0, 0, b * (-float64(2*d) - float64(2*slope*dp) - float64(m*ddp))},
			{0, 1, float64(slope*(d-b)) - float64(m*dp)},
			{1, 1, -2 * m},
		})
}

var himmelbfData = [...]struct{ a, b float64 }{
	{0, 7.391}, {0.000428, 11.18}, {0.001, 16.44}, {0.00161, 16.20}, {0.00209, 22.20}, {0.00348, 24.02}, {0.00525, 31.32},
}

func himmelbf(x []float64, s sum) (f float64) {
	for _, p := range himmelbfData {
		a, aa := p.a, sq(p.a)
		under := p.b * (1 + float64(a*x[3]*x[3]))
		grow := 2 * p.b * a * x[3] // ∂under/∂x₄
		r := (sq(x[0]) + float64(a*x[1]*x[1]) + float64(aa*x[2]*x[2])) / under
		q := grow / under
		d0, d1, d2 := 2*x[0]/under, 2*a*x[1]/under, 2*aa*x[2]/under
		f += s.Square(1e4, r-1, first{{0, d0}, {1, d1}, {2, d2}, {3, -r * q}},
			second{
				{0, 0, 2 / under}, {1, 1, 2 * a / under}, {2, 2, 2 * aa / under},
				{0, 3, -d0 * q}, {1, 3, -d1 * q}, {2, 3, -d2 * q},
				{3, 3, r * (float64(2*q*q) - 2*p.b*a/under)},
			})
	}
	return f
}

func himmelbg(x []float64, s sum) float64 {
	a, b := x[0], x[1]
	e := elementary.Exp(-a - b)
	u := float64(2*a*a) + float64(3*b*b)
	return s.Linear(1, e*u, first{{0, e * (float64(4*a) - u)}, {1, e * (float64(6*b) - u)}},
		second{
			{0, 0, e * (4 - float64(8*a) + u)},
			{0, 1, e * (u - float64(4*a) - float64(6*b))},
			{1, 1, e * (6 - float64(12*b) + u)},
		})
}

func himmelbh(x []float64, s sum) float64 {
	a := x[0]
	f := 1 + s.Linear(1, cubed(a)-float64(3*a), first{{0, float64(3*a*a) - 3}}, second{{0, 0, 6 * a}})
	return f + s.Square(1, x[1]-1, first{{1, 1}}, nil)
}
