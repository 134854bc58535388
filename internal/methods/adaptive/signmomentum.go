package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// SignMomentum steps by the sign of an interpolation between momentum and gradient, the
// rule that program search found and called Lion (Chen et al. 2023,
// doi:10.48550/arXiv.2302.06675):
//
//	x ← x − lr·(sign(β₁m + (1 − β₁)g) + λx),  m ← β₂m + (1 − β₂)g.
type SignMomentum struct {
	LR    length    `param:"lr" default:"0.0001" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate: the step of every coordinate"`
	Betas []float64 `param:"betas" default:"[0.9, 0.99]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁ of the interpolation, β₂ of the momentum"`
	Decay float64   `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the decoupled weight decay"`
	methods.FirstOrder

	m []float64
}

var _ methods.Method = (*SignMomentum)(nil)

func init() {
	methods.Register("sign-momentum", methods.Info{
		Summary: "Lion: the sign of an interpolation between momentum and gradient",
		Formula: "x ← x − lr(sign(β₁m + (1−β₁)g) + λx), m ← β₂m + (1−β₂)g",
		Source:  "Chen et al. 2023, Symbolic discovery of optimization algorithms, NeurIPS",
		DOI:     "10.48550/arXiv.2302.06675",
		Aliases: []string{"lion"},
		Family:  "sign",
	}, func() methods.Method { return new(SignMomentum) })
}

// Validate asks for two betas.
func (s *SignMomentum) Validate() error { return pair("betas", s.Betas) }

// Init puts the momentum to zero.
func (s *SignMomentum) Init(o *oracle, at *iterate) error {
	s.m = make([]float64, len(at.X))
	return s.Begin(o, at)
}

// Step makes one update.
func (s *SignMomentum) Step(at *iterate) error { return s.Advance(at, s) }

// Update is Lion's rule.
func (s *SignMomentum) Update(x, g []float64) float64 {
	for i := range x {
		way := sign(blend(s.Betas[0], s.m[i], g[i]))
		x[i] -= float64(s.LR.Value * (way + float64(s.Decay*x[i])))
		s.m[i] = blend(s.Betas[1], s.m[i], g[i])
	}
	return math.NaN()
}

// Units are those of the learning rate: a sign has none.
func (s *SignMomentum) Units() methods.Units { return methods.LengthUnits(s.LR) }
