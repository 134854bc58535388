package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// Nadam is Adam with Nesterov's look ahead (Dozat 2016), the momentum growing from β₁/2
// towards β₁ by the schedule μₖ = β₁(1 − ½·0.96^(ψk)), ψ being momentum_decay:
//
//	x ← x − lr·(1 − μₖ)/(1 − Πμ)·g/d − lr·μₖ₊₁/(1 − μₖ₊₁Πμ)·m/d,  d = √(v/(1 − β₂ᵏ)) + ε,
//
// with m and v as in Adam and Πμ = μ₁⋯μₖ.
type Nadam struct {
	LR length `param:"lr" default:"0.002" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Moments
	WeightDecay
	MomentumDecay float64 `param:"momentum_decay" default:"0.004" range:"[0,)" doc:"ψ: how fast the momentum grows towards β₁"`
	methods.FirstOrder

	factor  float64 // 0.96^ψ
	warmth  float64 // 0.96^(ψk)
	product float64 // μ₁⋯μₖ
}

var _ methods.Method = (*Nadam)(nil)

func init() {
	methods.Register("nadam", methods.Info{
		Summary: "Adam with Nesterov momentum",
		Formula: "μₖ = β₁(1 − ½·0.96^(ψk)), x ← x − lr(1−μₖ)/(1−Πμ)·g/d − lr·μₖ₊₁/(1−μₖ₊₁Πμ)·m/d, d = √(v/(1−β₂ᵏ)) + ε",
		Source:  "Dozat 2016, Incorporating Nesterov momentum into Adam, ICLR workshop (openreview OM0jvwB8jIp57ZJjtNEZ)",
		Family:  "adam",
	}, func() methods.Method { return new(Nadam) })
}

// Init sets the moments to zero and begins the momentum's schedule.
func (a *Nadam) Init(o *oracle, at *iterate) error {
	a.reset(len(at.X))
	a.factor = elementary.Pow(0.96, a.MomentumDecay)
	a.warmth, a.product = a.factor, 1
	return a.Begin(o, at)
}

// Step makes one update.
func (a *Nadam) Step(at *iterate) error { return a.Advance(at, a) }

// Update is Nadam's rule.
func (a *Nadam) Update(x, g []float64) float64 {
	_, c2 := a.next()
	now := a.momentum()
	a.warmth *= a.factor
	next := a.momentum()
	a.product = float64(a.product * now)
	onGradient := a.LR.Value * (1 - now) / (1 - a.product)
	onMoment := a.LR.Value * next / (1 - float64(a.product*next))
	for i := range x {
		gi := a.decayed(g[i], x[i])
		m, v := a.absorb(i, gi)
		d := math.Sqrt(v/c2) + a.Eps
		x[i] -= scaled(onGradient*gi, d)
		x[i] -= scaled(onMoment*m, d)
	}
	return math.NaN()
}

// momentum is μₖ.
func (a *Nadam) momentum() float64 {
	return float64(a.Betas[0] * (1 - float64(0.5*a.warmth)))
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (n *Nadam) Units() methods.Units { return ratio(n.LR, n.Eps, n.Decay) }
