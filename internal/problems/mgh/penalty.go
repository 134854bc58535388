package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// weight is a of problems 23 and 24.
const weight = 1e-5

func init() {
	register(separable.Function{
		Name: "penalty1",
		Info: problem(23, "a weak pull towards (1, …, 1), penalized off a sphere",
			"10⁻⁵ Σ (xᵢ − 1)² + (Σ xᵢ² − ¼)²"),
		Dims: separable.Dims{Usual: 10, Least: 1}, Sum: penalty1,
		Squares:   func(n int) int { return n + 1 },
		Convexity: problems.Nonconvex,
		Start: func(x []float64) {
			for i := range x {
				x[i] = float64(i + 1)
			}
		},
		Facts: func(n int, f *problems.Facts) {
			// Every critical point has equal coordinates c with 2nc³ + (a − ½)c − a = 0, and
			// the one positive root has the least value. Newton's method falls towards it.
			m := float64(n)
			c, before := 1.0, 2.0
			for c < before {
				before = c
				c -= (float64(2*m*cube(c)) + float64((weight-0.5)*c) - weight) / (float64(6*m*sq(c)) + weight - 0.5)
			}
			value := float64(weight*m*sq(before-1)) + sq(float64(m*sq(before))-0.25)
			f.Minimum = separable.Attained(value, separable.Constant(n, before))
		},
	})
	register(separable.Function{
		Name: "penalty2",
		Info: problem(24, "exponentials with a tiny weight, penalized off an ellipsoid: very badly conditioned",
			"(x₁ − ⅕)² + 10⁻⁵ Σᵢ₌₂ⁿ ((e^(xᵢ/10) + e^(xᵢ₋₁/10) − yᵢ)² + (e^(xᵢ/10) − e^(−1/10))²) + (Σ (n − j + 1)xⱼ² − 1)², "+
				"yᵢ = e^(i/10) + e^((i−1)/10)"),
		Dims: separable.Dims{Usual: 4, Least: 1, Most: 1000}, Sum: penalty2,
		Squares:   func(n int) int { return 2 * n },
		Convexity: problems.Nonconvex,
		Start:     separable.All(0.5),
		Facts: func(n int, f *problems.Facts) {
			switch n {
			case 4:
				f.Minimum = separable.Published("9.37629e-6", paper,
					[]float64{0.1999993333503804, 0.19131670099277248, 0.48010148533262326, 0.5188454043902003})
			case 10:
				f.Minimum = separable.Published("2.93660e-4", paper, []float64{0.1999836051978236, 0.010350648471292303,
					0.019604934480438405, 0.032089067220685656, 0.049932677399641294, 0.076513995153993611,
					0.11862407286950419, 0.19214487233557676, 0.34732058694184359, 0.36916437415935077})
			}
		},
	})
}

func penalty1(x []float64, s sum) (f float64) {
	w := separable.Borrow(len(x), len(x), 0)
	defer w.Return()
	u := -0.25
	for i, v := range x {
		f += s.Square(weight, v-1, first{{i, 1}}, nil)
		u += sq(v)
		w.First[i] = separable.Partial{At: i, By: 2 * v}
		w.Second[i] = separable.Pair{At: i, And: i, By: 2}
	}
	return f + s.Square(1, u, w.First, w.Second)
}

func penalty2(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n, 0)
	defer w.Return()
	f += s.Square(1, x[0]-0.2, first{{0, 1}}, nil)
	u := -1.0
	below, yBelow := elementary.Exp(x[0]/10), elementary.Exp(0.1)
	for i, v := range x {
		c := float64(n - i)
		u += float64(c * v * v)
		w.First[i] = separable.Partial{At: i, By: 2 * c * v}
		w.Second[i] = separable.Pair{At: i, And: i, By: 2 * c}
		if i == 0 {
			continue
		}
		e, y := elementary.Exp(v/10), elementary.Exp(float64(i+1)/10)
		f += s.Square(weight, e+below-y-yBelow, first{{i, e / 10}, {i - 1, below / 10}},
			second{{i, i, e / 100}, {i - 1, i - 1, below / 100}})
		f += s.Square(weight, e-elementary.Exp(-0.1), first{{i, e / 10}}, second{{i, i, e / 100}})
		below, yBelow = e, y
	}
	return f + s.Square(1, u, w.First, w.Second)
}
