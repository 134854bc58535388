package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Adamax is Adam in the maximum norm (Kingma & Ba 2015, section 7.1,
// doi:10.48550/arXiv.1412.6980). ε is where PyTorch has it:
//
//	m ← β₁m + (1 − β₁)g,  u ← max(β₂u, |g| + ε),  x ← x − lr/(1 − β₁ᵏ) · m/u.
type Adamax struct {
	LR length `param:"lr" default:"0.002" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	WeightDecay
	methods.FirstOrder
}

var _ methods.Method = (*Adamax)(nil)

func init() {
	methods.Register("adamax", methods.Info{
		Summary: "Adam with a decaying maximum of |g| as denominator",
		Formula: "m ← β₁m + (1−β₁)g, u ← max(β₂u, |g| + ε), x ← x − lr/(1−β₁ᵏ)·m/u",
		Source:  "Kingma & Ba 2015, Adam: a method for stochastic optimization, ICLR, section 7.1",
		DOI:     "10.48550/arXiv.1412.6980",
		Family:  "adam",
	}, func() methods.Method { return new(Adamax) })
}

// Init sets the moment and the maximum, which v holds, to zero.
func (a *Adamax) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	return a.Begin(o, at)
}

// Step makes one update.
func (a *Adamax) Step(at *iterate) error { return a.Advance(at, a) }

// Update is Adamax's rule.
func (a *Adamax) Update(x, g []float64) float64 {
	c1, _ := a.next()
	lr := a.LR.Value / c1
	for i := range x {
		gi := a.decayed(g[i], x[i])
		a.m[i] = blend(a.Betas[0], a.m[i], gi)
		a.v[i] = max(a.Betas[1]*a.v[i], math.Abs(gi)+a.Eps)
		x[i] -= scaled(lr*a.m[i], a.v[i])
	}
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *Adamax) Units() methods.Units { return ratio(a.LR, a.Eps, a.Decay) }
