package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// f15
func rotatedRastrigin(i instanceOf) *function {
	x := i.optimum()
	return &function{
		stages: []stage{shift{x}, linear{i.first()}, oscillating{}, newAsymmetric(0.2, i.n), i.conditioned(10)},
		raw:    waves{1}, at: x,
	}
}

// rough is 10·(Σᵢₖ 2⁻ᵏ cos(2π3ᵏ(zᵢ + ½))/n − f₀)³, k from 0 to 11, f₀ = Σₖ 2⁻ᵏ cos π3ᵏ.
type rough struct{ amplitude, frequency [12]float64 }

func newRough() *rough {
	r := new(rough)
	for k := range r.amplitude {
		r.amplitude[k], r.frequency[k] = elementary.Pow(0.5, float64(k)), elementary.Pow(3, float64(k))
	}
	return r
}

func (r *rough) evaluate(z, g, _ []float64) float64 {
	var sum, least float64
	for i, v := range z {
		var slope float64
		for k, a := range r.amplitude {
			ω := 2 * math.Pi * r.frequency[k]
			sin, cos := elementary.Sincos(ω * (v + 0.5))
			sum += float64(cos * a)
			slope -= float64(sin * a * ω)
		}
		if g != nil {
			g[i] = slope
		}
	}
	for k, a := range r.amplitude {
		least += float64(a * elementary.Cos(math.Pi*r.frequency[k]))
	}
	n := float64(len(z))
	c := sum/n - least
	for i := range g {
		g[i] *= 30 * c * c / n
	}
	return 10 * c * c * c
}

// f16
func weierstrass(i instanceOf) *function {
	x := i.optimum()
	return &function{
		stages: []stage{shift{x}, linear{i.first()}, oscillating{}, i.conditioned(0.01)},
		raw:    newRough(), penalty: 10 / float64(i.n), at: x,
	}
}

// rings is (Σᵢ √sᵢ(1 + sin²(50·sᵢ^⅕))/(n−1))², sᵢ = √(zᵢ² + zᵢ₊₁²).
type rings struct{}

func (rings) evaluate(z, g, _ []float64) float64 {
	clear(g)
	var sum float64
	for i := range len(z) - 1 {
		s := math.Sqrt(float64(z[i]*z[i]) + float64(z[i+1]*z[i+1]))
		root, fifth := math.Sqrt(s), elementary.Pow(s, 0.2)
		sin, cos := elementary.Sincos(50 * fifth)
		sum += root + float64(root*sin*sin)
		if g != nil && s > 0 {
			slope := (1+float64(sin*sin))/(2*root) + float64(root*20*sin*cos*fifth)/s // d/ds, 2·50/5 = 20
			g[i] += slope * z[i] / s
			g[i+1] += slope * z[i+1] / s
		}
	}
	sum /= float64(len(z) - 1)
	for i := range g {
		g[i] *= 2 * sum / float64(len(z)-1)
	}
	return sum * sum
}

// f17 and f18
func schaffer(condition float64) func(instanceOf) *function {
	return func(i instanceOf) *function {
		x := i.optimum()
		return &function{
			stages: []stage{shift{x}, linear{i.first()}, newAsymmetric(0.5, i.n), linear{i.second().scaled(powers(math.Sqrt(condition), i.n))}},
			raw:    rings{}, penalty: 10, at: x,
		}
	}
}

// foldedValley is 10 + 10/(n−1)·Σ sᵢ/4000 − cos sᵢ, sᵢ the terms of Rosenbrock's function.
type foldedValley struct{}

func (foldedValley) evaluate(z, g, _ []float64) float64 {
	clear(g)
	var sum float64
	n1 := float64(len(z) - 1)
	for i := range len(z) - 1 {
		a, b := float64(z[i]*z[i])-z[i+1], 1-z[i]
		s := float64(100*a*a) + float64(b*b)
		sin, cos := elementary.Sincos(s)
		sum += s/4000 - cos
		if g != nil {
			slope := 10 / n1 * (1.0/4000 + sin)
			g[i] += float64(slope * (float64(400*a*z[i]) - float64(2*b)))
			g[i+1] -= float64(slope * 200 * a)
		}
	}
	return 10 + float64(10*sum)/n1
}

// f19
func griewankRosenbrock(i instanceOf) *function {
	stages, x := i.turned()
	return &function{stages: stages, raw: foldedValley{}, at: x}
}
