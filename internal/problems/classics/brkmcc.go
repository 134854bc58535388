package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "brkmcc",
		Info: problem("BRKMCC", "a quadratic and a pole: the objective is a barrier inside an ellipse and unbounded below outside",
			"(x − 2)² + (y − 1)² + 1/(25(1 − x²/4 − y²)) + 5(x − 2y + 1)²", buckley),
		Dims: fixed(2), Sum: brkmcc,
		Convexity: problems.Nonconvex,
		Start:     separable.At(2, 2),
		Facts: func(_ int, f *problems.Facts) {
			f.Critical = []problems.Critical{{X: []float64{1.795402849554812, 1.3778597780529329}, Kind: problems.LocalMinimum}}
			f.Window = window(0, 3, 0, 3)
			f.Notes = []string{"unbounded below: f → −∞ at the ellipse x²/4 + y² = 1 from outside; 0.16904 is a local minimum"}
		},
	})
}

func brkmcc(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	f += s.Square(1, a-2, first{{0, 1}}, nil)
	f += s.Square(1, b-1, first{{1, 1}}, nil)
	u := 1 - float64(a*a/4) - sq(b)
	f += s.Term(separable.Outer{F: 1 / (25 * u), D: -1 / (25 * u * u), DD: 2 / (25 * u * u * u)},
		first{{0, -a / 2}, {1, -2 * b}}, second{{0, 0, -0.5}, {1, 1, -2}})
	f += s.Square(5, a-float64(2*b)+1, first{{0, 1}, {1, -2}}, nil)
	return f
}
