package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// RAdam is Adam that divides by the root of v only once its variance is known to be finite, and
// then by a rectified one (Liu, Jiang, He, Chen, Liu, Gao & Han 2020, arXiv:1908.03265), with
// ρ∞ = 2/(1 − β₂) − 1 and ρₖ = ρ∞ − 2kβ₂ᵏ/(1 − β₂ᵏ):
//
//	ρₖ > 5: x ← x − lr·m/(1 − β₁ᵏ)·rₖ·√(1 − β₂ᵏ)/(√v + ε),
//	        rₖ² = (ρₖ − 4)(ρₖ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρₖ);
//	otherwise x ← x − lr·m/(1 − β₁ᵏ).
//
// The threshold is PyTorch's; the paper has 4.
type RAdam struct {
	LR length `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	WeightDecay
	methods.FirstOrder

	k float64
}

var _ methods.Method = (*RAdam)(nil)

func init() {
	methods.Register("radam", methods.Info{
		Summary: "Adam with a rectified variance: a warm-up by itself",
		Formula: "x ← x − lr·rₖ·m/(1−β₁ᵏ)·√(1−β₂ᵏ)/(√v + ε) where ρₖ > 5, before x ← x − lr·m/(1−β₁ᵏ)",
		Source:  "Liu, Jiang, He, Chen, Liu, Gao & Han 2020, On the variance of the adaptive learning rate and beyond, ICLR; as in PyTorch",
		DOI:     "10.48550/arXiv.1908.03265",
		Family:  "adam",
	}, func() methods.Method { return new(RAdam) })
}

// Init sets the moments to zero.
func (a *RAdam) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	a.k = 0
	return a.Begin(o, at)
}

// Step makes one update.
func (a *RAdam) Step(at *iterate) error { return a.Advance(at, a) }

// Update is the rule.
func (a *RAdam) Update(x, g []float64) float64 {
	a.k++
	c1, c2 := a.next()
	last := 2/(1-a.Betas[1]) - 1
	now := last - float64(2*a.k*a.power2)/c2
	lr, rectified := a.LR.Value/c1, now > 5
	if rectified {
		lr *= math.Sqrt((now-4)*(now-2)*last/((last-4)*(last-2)*now)) * math.Sqrt(c2)
	}
	for i := range x {
		m, v := a.absorb(i, a.decayed(g[i], x[i]))
		if rectified {
			x[i] -= scaled(lr*m, math.Sqrt(v)+a.Eps)
		} else {
			x[i] -= float64(lr * m)
		}
	}
	return math.NaN()
}

// Units do not exist: the first steps have those of a gradient, the others none.
func (*RAdam) Units() methods.Units { return absolute }
