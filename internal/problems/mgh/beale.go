package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "beale",
		Info: problem(5, "a curved valley between steep walls, with two saddles",
			"Σᵢ₌₁³ (cᵢ − x(1 − yⁱ))², c = (1.5, 2.25, 2.625)"),
		Dims: fixed(2), Sum: beale, Squares: squares(3),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1, 1),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{3, 0.5})
			f.Critical = []problems.Critical{
				{X: []float64{0, 1}, Kind: problems.Saddle},
				{X: []float64{0.10053793732415842, -2.6445135850231245}, Kind: problems.Saddle},
			}
			f.Window = &problems.Window{X: [2]float64{-4.5, 4.5}, Y: [2]float64{-4.5, 4.5}}
		},
	})
}

func beale(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	before, power := 0.0, 1.0 // yⁱ⁻², yⁱ⁻¹
	for i, c := range [...]float64{1.5, 2.25, 2.625} {
		k := float64(i + 1)
		u := 1 - float64(b*power)
		f += s.Square(1, c-float64(a*u), first{{0, -u}, {1, a * k * power}},
			second{{0, 1, k * power}, {1, 1, a * k * (k - 1) * before}})
		before, power = power, b*power
	}
	return f
}
