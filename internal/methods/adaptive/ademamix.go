package adaptive

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// AdEMAMix adds to Adam's mean of the gradient a second one with a long memory (Pagliardini,
// Ablin & Grangier 2024, arXiv:2409.03137):
//
//	m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,  l ← β₃l + (1 − β₃)g,
//	x ← x − lr·((m/(1 − β₁ᵏ) + αl)/(√(v/(1 − β₂ᵏ)) + ε) + λx).
//
// In the first `warmup` iterations α grows linearly from 0, and 1/ln β₃ from 1/ln β₁. Names and
// defaults are those of the authors' code, which warms up only where it is asked to.
type AdEMAMix struct {
	LR     length    `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Betas  []float64 `param:"betas" default:"[0.9, 0.999, 0.9999]" range:"(0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁, β₂, β₃: decay rates of the means of gradient, squared gradient, and of the gradient with a long memory"`
	Alpha  float64   `param:"alpha" default:"2" range:"[0,)" doc:"α: weight of the mean with the long memory"`
	Eps    float64   `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the denominator"`
	Decay  float64   `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the decoupled weight decay"`
	Warmup int       `param:"warmup" default:"0" range:"[0,)" doc:"iterations in which α and β₃ grow; 0: none"`
	methods.FirstOrder

	fast Moments
	slow []float64
	k    int
}

var _ methods.Method = (*AdEMAMix)(nil)

func init() {
	methods.Register("ademamix", methods.Info{
		Summary: "Adam with a second running mean of the gradient, of a long memory",
		Formula: "l ← β₃l + (1−β₃)g, x ← x − lr((m/(1−β₁ᵏ) + αl)/(√(v/(1−β₂ᵏ)) + ε) + λx), m and v as in Adam",
		Source:  "Pagliardini, Ablin & Grangier 2024, The AdEMAMix optimizer: better, faster, older",
		DOI:     "10.48550/arXiv.2409.03137",
		Family:  "adam",
	}, func() methods.Method { return new(AdEMAMix) })
}

// Validate asks for three betas.
func (a *AdEMAMix) Validate() error {
	if len(a.Betas) != 3 {
		return fmt.Errorf("betas has %d entries; expected 3, such as [0.9, 0.999, 0.9999]", len(a.Betas))
	}
	return nil
}

// Init sets the means to zero.
func (a *AdEMAMix) Init(o *oracle, at *iterate) error {
	a.fast = Moments{Betas: a.Betas[:2]}
	a.fast.reset(len(at.X))
	a.slow, a.k = make([]float64, len(at.X)), 0
	return a.Begin(o, at)
}

// Step makes one update.
func (a *AdEMAMix) Step(at *iterate) error { return a.Advance(at, a) }

// Update is the rule.
func (a *AdEMAMix) Update(x, g []float64) float64 {
	a.k++
	c1, c2 := a.fast.next()
	alpha, beta := a.warm()
	lr := a.LR.Value
	for i := range x {
		m, v := a.fast.absorb(i, g[i])
		a.slow[i] = blend(beta, a.slow[i], g[i])
		step := scaled(m/c1+float64(alpha*a.slow[i]), math.Sqrt(v/c2)+a.Eps)
		x[i] -= float64(lr * (step + float64(a.Decay*x[i])))
	}
	return math.NaN()
}

// warm is α and β₃ of this iteration.
func (a *AdEMAMix) warm() (alpha, beta float64) {
	if a.k >= a.Warmup {
		return a.Alpha, a.Betas[2]
	}
	share := float64(a.k) / float64(a.Warmup)
	first, last := elementary.Log(a.Betas[0]), elementary.Log(a.Betas[2])
	beta = elementary.Exp(float64(first*last) / (float64((1-share)*last) + float64(share*first)))
	return share * a.Alpha, min(beta, a.Betas[2])
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *AdEMAMix) Units() methods.Units { return ratio(a.LR, a.Eps, a.Decay) }
