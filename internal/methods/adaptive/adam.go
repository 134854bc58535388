package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/methods"
)

// Adam scales the running mean of the gradient by the root of that of its square, both
// corrected for their start at zero (Kingma & Ba 2015, doi:10.48550/arXiv.1412.6980):
//
//	m ← β₁m + (1 − β₁)g,  v ← β₂v + (1 − β₂)g²,
//	x ← x − lr/(1 − β₁ᵏ) · m/(√v/√(1 − β₂ᵏ) + ε).
type Adam struct {
	LR length `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	WeightDecay
	methods.FirstOrder
}

var _ methods.Method = (*Adam)(nil)

func init() {
	methods.Register("adam", methods.Info{
		Summary: "running mean of the gradient divided by the root of the running mean of its square",
		Formula: "m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², x ← x − lr/(1−β₁ᵏ)·m/(√v/√(1−β₂ᵏ) + ε)",
		Source:  "Kingma & Ba 2015, Adam: a method for stochastic optimization, ICLR",
		DOI:     "10.48550/arXiv.1412.6980",
		Family:  "adam",
	}, func() methods.Method { return new(Adam) })
}

// Init sets the moments to zero.
func (a *Adam) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	return a.Begin(o, at)
}

// Step makes one update.
func (a *Adam) Step(at *iterate) error { return a.Advance(at, a) }

// Update is Adam's rule.
func (a *Adam) Update(x, g []float64) float64 {
	c1, c2 := a.next()
	lr, root := a.LR.Value/c1, math.Sqrt(c2)
	for i := range x {
		a.absorb(i, a.decayed(g[i], x[i]))
	}
	simd.StepByRoots(x, lr, a.m, a.v, root, a.Eps)
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *Adam) Units() methods.Units { return ratio(a.LR, a.Eps, a.Decay) }
