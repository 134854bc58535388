package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	trigonometric := separable.Function{
		Name: "trigonometric",
		Info: problem(26, "periodic, with many local minima",
			"Σᵢ (n − Σⱼ cos xⱼ + i(1 − cos xᵢ) − sin xᵢ)²"),
		Dims:      separable.Dims{Usual: 10, Least: 1, Most: dense},
		Squares:   same,
		Sum:       func(x []float64, s sum) float64 { return trigonometricSum(x, s, false) },
		Convexity: problems.Nonconvex,
		Start:     func(x []float64) { separable.Fill(x, 1/float64(len(x))) },
		Facts: func(n int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, make([]float64, n))
		},
	}
	register(trigonometric)

	variant := trigonometric
	variant.Name = "trigon1"
	variant.Summary = "the variant of the trigonometric function with i inside the bracket, as in CUTEst"
	variant.Formula = "Σᵢ (n − Σⱼ cos xⱼ + i(1 − cos xᵢ − sin xᵢ))²"
	variant.Sum = func(x []float64, s sum) float64 { return trigonometricSum(x, s, true) }
	register(variant)
}

// trigonometricSum multiplies the sine by i where scaled.
func trigonometricSum(x []float64, s sum, scaled bool) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n, 2*n)
	defer w.Return()
	sin, cos := w.Floats[:n], w.Floats[n:]
	var shared float64 // n − Σ cos xⱼ
	for j, v := range x {
		sin[j], cos[j] = elementary.Sincos(v)
		shared += 1 - cos[j]
		w.First[j] = separable.Partial{At: j, By: sin[j]}
		w.Second[j] = separable.Pair{At: j, And: j, By: cos[j]}
	}
	for i := range x {
		c, a := float64(i+1), 1.0
		if scaled {
			a = c
		}
		w.First[i].By = float64((1+c)*sin[i]) - float64(a*cos[i])
		w.Second[i].By = float64((1+c)*cos[i]) + float64(a*sin[i])
		f += s.Square(1, shared+float64(c*(1-cos[i]))-float64(a*sin[i]), w.First, w.Second)
		w.First[i].By, w.Second[i].By = sin[i], cos[i]
	}
	return f
}
