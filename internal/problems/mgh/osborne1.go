package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "osborne1",
		Info: problem(17, "two decaying exponentials and a constant, fitted to 33 data points",
			"Σᵢ₌₁³³ (yᵢ − x₁ − x₂e^−tᵢx₄ − x₃e^−tᵢx₅)², tᵢ = 10(i − 1)", "osborne-1"),
		Dims: fixed(5), Sum: osborne1, Squares: squares(len(osborne1Data)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0.5, 1.5, -1, 0.01, 0.02),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("5.46489e-5", paper,
				[]float64{0.37541005210672546, 1.9358469126859386, -1.4646871365868228, 0.012867534640003696, 0.02212269966177955})
		},
	})
}

var osborne1Data = [...]float64{
	0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751,
	0.718, 0.685, 0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490,
	0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
}

func osborne1(x []float64, s sum) (f float64) {
	for i, y := range osborne1Data {
		t := float64(10 * i)
		a, b := elementary.Exp(-t*x[3]), elementary.Exp(-t*x[4])
		f += s.Square(1, y-x[0]-float64(x[1]*a)-float64(x[2]*b),
			first{{0, -1}, {1, -a}, {2, -b}, {3, t * x[1] * a}, {4, t * x[2] * b}},
			second{{1, 3, t * a}, {2, 4, t * b}, {3, 3, -t * t * x[1] * a}, {4, 4, -t * t * x[2] * b}})
	}
	return f
}
