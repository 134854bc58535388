package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/methods"
)

// AdamW is Adam with weight decay decoupled from the gradient (Loshchilov &
// Hutter 2019, doi:10.48550/arXiv.1711.05101): x ← (1 − lr·λ)x before each step of Adam.
// Its limit is not the minimizer of f unless λ = 0.
type AdamW struct {
	LR length `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	Decay float64 `param:"weight_decay" default:"0.01" range:"[0,)" doc:"λ: x shrinks by 1 − lr·λ before each step"`
	methods.FirstOrder
}

var _ methods.Method = (*AdamW)(nil)

func init() {
	methods.Register("adamw", methods.Info{
		Summary: "Adam with decoupled weight decay",
		Formula: "x ← (1 − lr·λ)x, then Adam's step",
		Source:  "Loshchilov & Hutter 2019, Decoupled weight decay regularization, ICLR",
		DOI:     "10.48550/arXiv.1711.05101",
		Family:  "adam",
	}, func() methods.Method { return new(AdamW) })
}

// Init sets the moments to zero.
func (a *AdamW) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	return a.Begin(o, at)
}

// Step makes one update.
func (a *AdamW) Step(at *iterate) error { return a.Advance(at, a) }

// Update is AdamW's rule.
func (a *AdamW) Update(x, g []float64) float64 {
	c1, c2 := a.next()
	lr, root := a.LR.Value/c1, math.Sqrt(c2)
	shrink := 1 - float64(a.LR.Value*a.Decay)
	for i := range x {
		a.absorb(i, g[i])
		x[i] *= shrink
	}
	simd.StepByRoots(x, lr, a.m, a.v, root, a.Eps)
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *AdamW) Units() methods.Units { return ratio(a.LR, a.Eps) }
