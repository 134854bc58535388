package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Adadelta gives the update the unit of x: the root mean square of past updates over that
// of past gradients (Zeiler 2012, doi:10.48550/arXiv.1212.5701):
//
//	v ← ρv + (1 − ρ)g²,  δ = √(u + ε)/√(v + ε)·g,  u ← ρu + (1 − ρ)δ²,  x ← x − lr·δ.
type Adadelta struct {
	LR  length  `param:"lr" default:"1" range:"(0,)" space:"{loguniform: [0.1, 10]}" doc:"factor of the update; the paper has 1"`
	Rho float64 `param:"rho" default:"0.9" range:"[0,1)" space:"{oneminus-log: [1e-3, 0.5]}" doc:"ρ: decay rate of the running means"`
	Eps float64 `param:"eps" default:"1e-6" range:"(0,)" doc:"ε, inside both roots; it starts the method"`
	WeightDecay
	methods.FirstOrder

	gradients, updates []float64
}

var _ methods.Method = (*Adadelta)(nil)

func init() {
	methods.Register("adadelta", methods.Info{
		Summary: "gradient times the root mean square of past updates over that of past gradients",
		Formula: "v ← ρv + (1−ρ)g², δ = √(u+ε)/√(v+ε)·g, u ← ρu + (1−ρ)δ², x ← x − lr·δ",
		Source:  "Zeiler 2012, ADADELTA: an adaptive learning rate method",
		DOI:     "10.48550/arXiv.1212.5701",
		Family:  "rmsprop",
	}, func() methods.Method { return new(Adadelta) })
}

// Init sets both running means to zero.
func (a *Adadelta) Init(o *oracle, at *iterate) error {
	a.gradients, a.updates = make([]float64, len(at.X)), make([]float64, len(at.X))
	return a.Begin(o, at)
}

// Step makes one update.
func (a *Adadelta) Step(at *iterate) error { return a.Advance(at, a) }

// Update is Adadelta's rule.
func (a *Adadelta) Update(x, g []float64) float64 {
	for i := range x {
		gi := a.decayed(g[i], x[i])
		a.gradients[i] = blend(a.Rho, a.gradients[i], gi*gi)
		delta := math.Sqrt(a.updates[i]+a.Eps) / math.Sqrt(a.gradients[i]+a.Eps) * gi
		a.updates[i] = blend(a.Rho, a.updates[i], delta*delta)
		x[i] -= float64(a.LR.Value * delta)
	}
	return math.NaN()
}

// Units do not exist: ε is compared with squared gradients and squared steps.
func (*Adadelta) Units() methods.Units { return absolute }
