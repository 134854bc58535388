package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// The examples of Dennis and Schnabel's book.
func init() {
	small := func(name, cutestName, summary, formula string, residuals int, start []float64,
		sum func([]float64, sum) float64, picture *problems.Window, minimizers ...[]float64) {
		register(separable.Function{
			Name: name, Info: problem(cutestName, summary, formula, schnabel),
			Dims: fixed(len(start)), Sum: sum, Squares: squares(residuals),
			Convexity: problems.Nonconvex,
			Start:     separable.At(start...),
			Facts: func(_ int, f *problems.Facts) {
				f.Minimum = separable.Attained(0, minimizers...)
				f.Window = picture
			},
		})
	}
	small("denschna", "DENSCHNA", "a quartic and an exponential",
		"x⁴ + (x + y)² + (eʸ − 1)²", 3, []float64{1, 1}, denschna, window(-2, 2, -2, 2), []float64{0, 0})
	small("denschnb", "DENSCHNB", "a coupling that vanishes at the minimizer",
		"(x − 2)² + (x − 2)²y² + (y + 1)²", 3, []float64{1, 1}, denschnb, window(-1, 5, -4, 4), []float64{2, -1})
	small("denschnc", "DENSCHNC", "a circle and an exponential curve",
		"(x² + y² − 2)² + (eˣ⁻¹ + y³ − 2)²", 2, []float64{2, 3}, denschnc, window(-1, 3, -1, 4), []float64{1, 1})
	small("denschnd", "DENSCHND", "the Hessian is zero at the minimizer",
		"(x² + y³ − z⁴)² + (2xyz)² + (2xy − 3yz + xz)²", 3, []float64{10, 10, 10}, denschnd, nil, []float64{0, 0, 0})
	small("denschne", "DENSCHNE", "two minimizers, and an exponential that is flat on one side",
		"x² + (y + y²)² + (eᶻ − 1)²", 3, []float64{2, 3, -8}, denschne, nil, []float64{0, 0, 0}, []float64{0, -1, 0})
	small("denschnf", "DENSCHNF", "two ellipses that cross",
		"(2(x + y)² + (x − y)² − 8)² + (5x² + (y − 3)² − 9)²", 2, []float64{2, 0}, denschnf, window(-3, 3, -3, 4), []float64{1, 1})
}

func denschna(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	e := elementary.Exp(b)
	f += s.Square(1, sq(a), first{{0, 2 * a}}, second{{0, 0, 2}})
	f += s.Square(1, a+b, first{{0, 1}, {1, 1}}, nil)
	f += s.Square(1, e-1, first{{1, e}}, second{{1, 1, e}})
	return f
}

func denschnb(x []float64, s sum) (f float64) {
	a, b := x[0]-2, x[1]
	f += s.Square(1, a, first{{0, 1}}, nil)
	f += s.Square(1, float64(a*b), first{{0, b}, {1, a}}, second{{0, 1, 1}})
	f += s.Square(1, b+1, first{{1, 1}}, nil)
	return f
}

func denschnc(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	e := elementary.Exp(a - 1)
	f += s.Square(1, sq(a)+sq(b)-2, first{{0, 2 * a}, {1, 2 * b}}, second{{0, 0, 2}, {1, 1, 2}})
	f += s.Square(1, e+cubed(b)-2, first{{0, e}, {1, 3 * b * b}}, second{{0, 0, e}, {1, 1, 6 * b}})
	return f
}

func denschnd(x []float64, s sum) (f float64) {
	a, b, c := x[0], x[1], x[2]
	f += s.Square(1, sq(a)+cubed(b)-sq(sq(c)), first{{0, 2 * a}, {1, 3 * b * b}, {2, -4 * cubed(c)}},
		second{{0, 0, 2}, {1, 1, 6 * b}, {2, 2, -12 * c * c}})
	f += s.Square(4, float64(a*b*c), first{{0, b * c}, {1, a * c}, {2, a * b}}, second{{0, 1, c}, {0, 2, b}, {1, 2, a}})
	f += s.Square(1, float64(2*a*b)-float64(3*b*c)+float64(a*c),
		first{{0, float64(2*b) + c}, {1, float64(2*a) - float64(3*c)}, {2, a - float64(3*b)}},
		second{{0, 1, 2}, {0, 2, 1}, {1, 2, -3}})
	return f
}

func denschne(x []float64, s sum) (f float64) {
	b, e := x[1], elementary.Exp(x[2])
	f += s.Square(1, x[0], first{{0, 1}}, nil)
	f += s.Square(1, b+sq(b), first{{1, 1 + float64(2*b)}}, second{{1, 1, 2}})
	f += s.Square(1, e-1, first{{2, e}}, second{{2, 2, e}})
	return f
}

func denschnf(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	f += s.Square(1, float64(2*sq(a+b))+sq(a-b)-8,
		first{{0, float64(6*a) + float64(2*b)}, {1, float64(2*a) + float64(6*b)}}, second{{0, 0, 6}, {0, 1, 2}, {1, 1, 6}})
	f += s.Square(1, float64(5*a*a)+sq(b-3)-9, first{{0, 10 * a}, {1, 2 * (b - 3)}}, second{{0, 0, 10}, {1, 1, 2}})
	return f
}
