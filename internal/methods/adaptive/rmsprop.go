package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// RMSprop divides the gradient by the root of the running mean of its square (Tieleman &
// Hinton 2012); centered, by the running standard deviation (Graves 2013,
// doi:10.48550/arXiv.1308.0850). With momentum μ the scaled gradients add up in u:
//
//	v ← αv + (1 − α)g²,  a ← αa + (1 − α)g,  d = √v + ε or √(v − a²) + ε,
//	u ← μu + g/d,  x ← x − lr·u.
type RMSprop struct {
	LR    length  `param:"lr" default:"0.01" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"learning rate"`
	Alpha float64 `param:"alpha" default:"0.99" range:"[0,1)" space:"{oneminus-log: [1e-3, 0.5]}" doc:"decay rate of the running means"`
	Eps   float64 `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the root"`
	WeightDecay
	Momentum float64 `param:"momentum" default:"0" range:"[0,1)" doc:"μ, of the scaled gradients"`
	Centered bool    `param:"centered" default:"false" doc:"divide by the standard deviation instead of the root mean square"`
	methods.FirstOrder

	square, mean, sum []float64
}

var _ methods.Method = (*RMSprop)(nil)

func init() {
	methods.Register("rmsprop", methods.Info{
		Summary: "gradient divided by the root of the running mean of its square",
		Formula: "v ← αv + (1−α)g², x ← x − lr·g/(√v + ε); centered: √(v − a²), a the running mean of g",
		Source:  "Tieleman & Hinton 2012, Neural networks for machine learning, lecture 6.5; centered: Graves 2013, section 4.2",
		DOI:     "10.48550/arXiv.1308.0850",
		Family:  "rmsprop",
	}, func() methods.Method { return new(RMSprop) })
}

// Init sets the running means to zero.
func (r *RMSprop) Init(o *oracle, at *iterate) error {
	n := len(at.X)
	r.square, r.mean, r.sum = make([]float64, n), make([]float64, n), make([]float64, n)
	return r.Begin(o, at)
}

// Step makes one update.
func (r *RMSprop) Step(at *iterate) error { return r.Advance(at, r) }

// Update is RMSprop's rule.
func (r *RMSprop) Update(x, g []float64) float64 {
	for i := range x {
		gi := r.decayed(g[i], x[i])
		r.square[i] = blend(r.Alpha, r.square[i], gi*gi)
		v := r.square[i]
		if r.Centered {
			r.mean[i] = blend(r.Alpha, r.mean[i], gi)
			v = max(0, v-float64(r.mean[i]*r.mean[i])) // a variance; rounding could make it negative
		}
		r.sum[i] = float64(r.Momentum*r.sum[i]) + scaled(gi, math.Sqrt(v)+r.Eps)
		x[i] -= float64(r.LR.Value * r.sum[i])
	}
	return math.NaN()
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (r *RMSprop) Units() methods.Units { return ratio(r.LR, r.Eps, r.Decay) }
