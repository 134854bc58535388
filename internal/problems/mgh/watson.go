package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "watson",
		Info: problem(20, "a polynomial that should solve a differential equation; ever worse conditioned as n grows",
			"Σᵢ₌₁²⁹ (p′(tᵢ) − p(tᵢ)² − 1)² + x₁² + (x₂ − x₁² − 1)², p(t) = Σⱼ xⱼtʲ⁻¹, tᵢ = i/29"),
		Dims: separable.Dims{Usual: 6, Least: 2, Most: 31}, Sum: watson, Squares: squares(31),
		Convexity: problems.Nonconvex,
		Start:     separable.All(0),
		Facts: func(n int, f *problems.Facts) {
			switch n {
			case 2:
				f.Convexity = problems.UnknownConvexity
			case 6:
				f.Minimum = separable.Published("2.28767e-3", paper, []float64{-0.015725086401458317, 1.0124348693691099,
					-0.23299162595673695, 1.2604300877996055, -1.5137289227222754, 0.9929964324311327})
			case 9:
				f.Minimum = separable.Published("1.39976e-6", paper, []float64{-1.5307036523803944e-05, 0.99978970393198696,
					0.014763963691827564, 0.14634232831623631, 1.0008211029329741, -2.617731140361184, 4.1044031642909484,
					-3.1436122784414509, 1.0526264079817957})
			case 12:
				f.Minimum = separable.Published("4.72238e-10", paper, []float64{-6.6380602681270781e-09, 1.0000016441178621,
					-0.00056393221034254845, 0.34782054050397493, -0.15673150409446879, 1.0528151771922922, -3.2472711533931355,
					7.2884348977670497, -10.271848241058581, 9.074113646835972, -4.5413754665738768, 1.0120118885281171})
			}
		},
	})
}

func watson(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n*(n+1)/2, n)
	defer w.Return()
	powers := w.Floats // tʲ⁻¹
	for i := 1; i <= 29; i++ {
		t := float64(i) / 29
		var p, slope float64
		power, below := 1.0, 0.0
		for j, v := range x {
			powers[j] = power
			p += float64(v * power)
			slope += float64(float64(j) * v * below)
			below, power = power, power*t
		}
		pairs := w.Second[:0]
		for j := range n {
			w.First[j] = separable.Partial{At: j, By: float64(float64(j)*powers[max(j-1, 0)]) - float64(2*p*powers[j])}
			for k := j; k < n && s.Order() == 2; k++ {
				pairs = append(pairs, separable.Pair{At: j, And: k, By: -2 * powers[j] * powers[k]})
			}
		}
		f += s.Square(1, slope-sq(p)-1, w.First, pairs)
	}
	f += s.Square(1, x[0], first{{0, 1}}, nil)
	f += s.Square(1, x[1]-sq(x[0])-1, first{{0, -2 * x[0]}, {1, 1}}, second{{0, 0, -2}})
	return f
}
