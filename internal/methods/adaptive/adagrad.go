package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// AdaGrad divides each coordinate of the gradient by the root of the sum of its squares
// so far (Duchi, Hazan & Singer 2011):
//
//	s ← s + g²,  x ← x − lr/(1 + (k − 1)·lr_decay) · g/(√s + ε).
type AdaGrad struct {
	LR      length  `param:"lr" default:"0.01" range:"(0,)" space:"{loguniform: [1e-3, 1000]}" doc:"learning rate"`
	LRDecay float64 `param:"lr_decay" default:"0" range:"[0,)" doc:"the learning rate of step k is lr/(1 + (k − 1)·lr_decay)"`
	WeightDecay
	Initial float64 `param:"initial_accumulator_value" default:"0" range:"[0,)" doc:"the sum of squares at the start"`
	Eps     float64 `param:"eps" default:"1e-10" range:"[0,)" doc:"ε, added to the root"`
	methods.FirstOrder

	sum   []float64
	steps int
}

var _ methods.Method = (*AdaGrad)(nil)

func init() {
	methods.Register("adagrad", methods.Info{
		Summary: "gradient divided by the root of the sum of its squares",
		Formula: "s ← s + g², x ← x − lr/(1+(k−1)lr_decay)·g/(√s + ε)",
		Source:  "Duchi, Hazan & Singer 2011, Adaptive subgradient methods for online learning and stochastic optimization, JMLR 12:2121–2159",
		Family:  "adagrad",
	}, func() methods.Method { return new(AdaGrad) })
}

// Init sets the sums to their initial value.
func (a *AdaGrad) Init(o *oracle, at *iterate) error {
	a.sum = make([]float64, len(at.X))
	for i := range a.sum {
		a.sum[i] = a.Initial
	}
	a.steps = 0
	return a.Begin(o, at)
}

// Step makes one update.
func (a *AdaGrad) Step(at *iterate) error { return a.Advance(at, a) }

// Update is AdaGrad's rule.
func (a *AdaGrad) Update(x, g []float64) float64 {
	lr := a.LR.Value / (1 + float64(float64(a.steps)*a.LRDecay))
	a.steps++
	for i := range x {
		gi := a.decayed(g[i], x[i])
		a.sum[i] += float64(gi * gi)
		x[i] -= float64(lr * scaled(gi, math.Sqrt(a.sum[i])+a.Eps))
	}
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (a *AdaGrad) Units() methods.Units { return ratio(a.LR, a.Eps, a.Decay, a.Initial) }
