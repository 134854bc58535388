package classics

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "engval1",
		Info: problem("ENGVAL1", "a convex chain of quartics",
			"Σᵢ₌₁ⁿ⁻¹ (xᵢ² + xᵢ₊₁²)² − 4xᵢ + 3", toint),
		Dims: from(2), Sum: engval1,
		Convexity: problems.Convex,
		Start:     separable.All(2),
		Facts: func(n int, f *problems.Facts) {
			if n == 2 {
				f.Minimum = separable.Attained(0, []float64{1, 0})
				f.Window = window(-1, 3, -1.5, 3)
			}
		},
	})
	register(separable.Function{
		Name: "engval2",
		Info: problem("ENGVAL2", "five equations in three variables",
			"(x² + y² + z² − 1)² + (x² + y² + (z − 2)² − 1)² + (x + y + z − 1)² + (x + y − z + 1)² + (x³ + 3y² + (5z − x + 1)² − 36)²", buckley),
		Dims: fixed(3), Sum: engval2, Squares: squares(5),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 2, 0),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{0, 0, 1})
		},
	})
}

func engval1(x []float64, s sum) (f float64) {
	for i := range len(x) - 1 {
		a, b := x[i], x[i+1]
		f += s.Square(1, sq(a)+sq(b), first{{i, 2 * a}, {i + 1, 2 * b}}, second{{i, i, 2}, {i + 1, i + 1, 2}})
		f += s.Linear(1, 3-float64(4*a), first{{i, -4}}, nil)
	}
	return f
}

func engval2(x []float64, s sum) (f float64) {
	a, b, c := x[0], x[1], x[2]
	round := second{{0, 0, 2}, {1, 1, 2}, {2, 2, 2}}
	f += s.Square(1, sq(a)+sq(b)+sq(c)-1, first{{0, 2 * a}, {1, 2 * b}, {2, 2 * c}}, round)
	f += s.Square(1, sq(a)+sq(b)+sq(c-2)-1, first{{0, 2 * a}, {1, 2 * b}, {2, 2 * (c - 2)}}, round)
	f += s.Square(1, a+b+c-1, first{{0, 1}, {1, 1}, {2, 1}}, nil)
	f += s.Square(1, a+b-c+1, first{{0, 1}, {1, 1}, {2, -1}}, nil)
	d := float64(5*c) - a + 1
	f += s.Square(1, cubed(a)+float64(3*b*b)+sq(d)-36,
		first{{0, float64(3*a*a) - float64(2*d)}, {1, 6 * b}, {2, 10 * d}},
		second{{0, 0, float64(6*a) + 2}, {0, 2, -10}, {1, 1, 6}, {2, 2, 50}})
	return f
}
