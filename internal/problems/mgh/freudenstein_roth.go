package mgh

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "freudenstein-roth",
		Info: problem(2, "two cubic curves that cross at a minimum and nearly touch at a worse one; chained",
			"Σᵢ₌₁ⁿ⁻¹ (xᵢ + xᵢ₊₁((5 − xᵢ₊₁)xᵢ₊₁ − 2) − 13)² + (xᵢ + xᵢ₊₁((xᵢ₊₁ + 1)xᵢ₊₁ − 14) − 29)²", "freuroth"),
		Dims: separable.Dims{Usual: 2, Least: 2}, Sum: freudensteinRoth,
		Squares:   func(n int) int { return 2 * (n - 1) },
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.5, -2), StartSource: paper + "; further variables 0 as in CUTEst",
		Facts: func(n int, f *problems.Facts) {
			if n > 2 {
				return
			}
			f.Minimum = separable.Attained(0, []float64{5, 4})
			// Where the curves are parallel, 6y² − 8y − 12 = 0, their residuals are
			// opposite: 2x = 42 + 16y − 6y².
			low, high := (2-math.Sqrt(22))/3, (2+math.Sqrt(22))/3
			across := func(y float64) []float64 { return []float64{21 + float64(8*y) - float64(3*sq(y)), y} }
			f.Critical = []problems.Critical{
				{X: across(low), Kind: problems.LocalMinimum},
				{X: across(high), Kind: problems.Saddle},
			}
			f.Window = &problems.Window{X: [2]float64{-5, 30}, Y: [2]float64{-4, 6}}
		},
	})
}

func freudensteinRoth(x []float64, s sum) (f float64) {
	for i := range len(x) - 1 {
		a, b := x[i], x[i+1]
		f += s.Square(1, a+float64(b*(float64(b*(5-b))-2))-13,
			first{{i, 1}, {i + 1, float64(b*(10-float64(3*b))) - 2}}, second{{i + 1, i + 1, 10 - float64(6*b)}})
		f += s.Square(1, a+float64(b*(float64(b*(b+1))-14))-29,
			first{{i, 1}, {i + 1, float64(b*(float64(3*b)+2)) - 14}}, second{{i + 1, i + 1, float64(6*b) + 2}})
	}
	return f
}
