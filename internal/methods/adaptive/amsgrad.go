package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/methods"
)

// AMSGrad is Adam whose denominator never shrinks: the largest v so far takes v's place
// (Reddi, Kale & Kumar 2018, doi:10.48550/arXiv.1904.09237). As in PyTorch the maximum is
// taken before the correction by 1 − β₂ᵏ.
type AMSGrad struct {
	LR length `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	WeightDecay
	methods.FirstOrder

	largest []float64
}

var _ methods.Method = (*AMSGrad)(nil)

func init() {
	methods.Register("amsgrad", methods.Info{
		Summary: "Adam with the largest denominator so far",
		Formula: "v̂ ← max(v̂, v), x ← x − lr/(1−β₁ᵏ)·m/(√v̂/√(1−β₂ᵏ) + ε)",
		Source:  "Reddi, Kale & Kumar 2018, On the convergence of Adam and beyond, ICLR",
		DOI:     "10.48550/arXiv.1904.09237",
		Family:  "adam",
	}, func() methods.Method { return new(AMSGrad) })
}

// Init sets the moments and their maximum to zero.
func (a *AMSGrad) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	a.largest = make([]float64, len(at.X))
	return a.Begin(o, at)
}

// Step makes one update.
func (a *AMSGrad) Step(at *iterate) error { return a.Advance(at, a) }

// Update is AMSGrad's rule.
func (a *AMSGrad) Update(x, g []float64) float64 {
	c1, c2 := a.next()
	lr, root := a.LR.Value/c1, math.Sqrt(c2)
	for i := range x {
		_, v := a.absorb(i, a.decayed(g[i], x[i]))
		a.largest[i] = max(a.largest[i], v)
	}
	simd.StepByRoots(x, lr, a.m, a.largest, root, a.Eps)
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *AMSGrad) Units() methods.Units { return ratio(a.LR, a.Eps, a.Decay) }
