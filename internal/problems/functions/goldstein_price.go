package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	registerPlane("goldstein-price", problems.Info{
		Summary: "values over six orders of magnitude, four minima",
		Formula: "[1 + (x+y+1)²(19 − 14x + 3x² − 14y + 6xy + 3y²)]·[30 + (2x−3y)²(18 − 32x + 12x² + 48y − 36xy + 27y²)]",
		Source:  "A. A. Goldstein and J. F. Price, On descent from local minima, Math. Comput. 25, 1971",
		DOI:     "10.1090/S0025-5718-1971-0312365-X",
	}, plane{
		first: func(x, y float64) (f, fx, fy float64) {
			p, p1, _ := goldsteinP(x + y)
			q, q1, _ := goldsteinQ(float64(2*x) - float64(3*y))
			return p * q, float64(p1*q) + float64(2*p*q1), float64(p1*q) - float64(3*p*q1)
		},
		second: func(x, y float64) (fxx, fxy, fyy float64) {
			p, p1, p2 := goldsteinP(x + y)
			q, q1, q2 := goldsteinQ(float64(2*x) - float64(3*y))
			a, b, c := p2*q, p1*q1, p*q2
			return float64(a) + float64(4*b) + float64(4*c),
				float64(a) - float64(b) - float64(6*c),
				float64(a) - float64(6*b) + float64(9*c)
		},
		known: problems.Facts{
			Convexity: problems.Nonconvex,
			Minimum:   &problems.Minimum{Value: 3, Source: problems.Analytic, Points: [][]float64{{0, -1}}},
			Critical: append(append(
				critical(problems.LocalMinimum, []float64{-0.6, -0.4}, []float64{1.8, 0.2}, []float64{1.2, 0.8}),
				critical(problems.Saddle, []float64{-0.4, -0.6}, []float64{0.6, 0.4}, []float64{1.4, 0.6}, []float64{1.2, -0.2})...),
				critical(problems.Maximum, []float64{0.8, 0.2})...),
			Starts: standard("", -1, -1.5),
			Window: window(-2, 2, -3, 1),
		},
	})
}

// goldsteinP is the first factor, a polynomial in s = x + y, with two derivatives:
// P = 3s⁴ − 8s³ − 6s² + 24s + 20, P′ = 12(s − 2)(s² − 1).
func goldsteinP(s float64) (p, first, second float64) {
	return horner(s, 3, -8, -6, 24, 20), 12 * (s - 2) * (s - 1) * (s + 1), horner(s, 36, -48, -12)
}

// goldsteinQ is the second factor, a polynomial in t = 2x − 3y, with two derivatives:
// Q = 3t⁴ − 16t³ + 18t² + 30, Q′ = 12t(t − 1)(t − 3).
func goldsteinQ(t float64) (q, first, second float64) {
	return horner(t, 3, -16, 18, 0, 30), 12 * t * (t - 1) * (t - 3), horner(t, 36, -96, 36)
}

// horner is the polynomial with the given coefficients, highest power first.
func horner(x float64, coefficients ...float64) float64 {
	var sum float64
	for _, c := range coefficients {
		sum = float64(sum*x) + c
	}
	return sum
}
