// Package stochastic holds methods made for mini-batches, one a file. Batch size and
// sampling belong to the oracle: on an unbatched one each method follows the full
// gradient.
package stochastic

import (
	"errors"
	"math"

	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/methods"
)

// SGD is stochastic gradient descent with momentum,
//
//	g ← ∇f(x) + weight_decay·x
//	m ← momentum·m + (1 − dampening)·g,  m = g at first and without momentum
//	x ← x − lr·m,  nesterov: x ← x − lr·(g + momentum·m),
//
// with the names, defaults and order of operations of PyTorch's torch.optim.SGD. On the
// full gradient it is gradient descent, or the heavy ball. Without momentum
// only lr damps the noise.
//
// Sources: Robbins & Monro 1951, doi:10.1214/aoms/1177729586; Sutskever et al. 2013, On
// the importance of initialization and momentum in deep learning, ICML, PMLR 28.
type SGD struct {
	LR          methods.Length `param:"lr" default:"1e-3" range:"[0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Momentum    float64        `param:"momentum" default:"0" range:"[0,)" space:"{oneminus-log: [1e-2, 1]}" doc:"momentum: fraction of the last update that is kept"`
	Dampening   float64        `param:"dampening" default:"0" doc:"fraction of the gradient that is left out of the momentum"`
	WeightDecay float64        `param:"weight_decay" default:"0" range:"[0,)" doc:"factor of x added to the gradient"`
	Nesterov    bool           `param:"nesterov" default:"false" doc:"look ahead along the momentum"`

	methods.FirstOrder
	m     []float64
	first bool // the next step is the first, and m is g
}

var (
	_ methods.Method    = (*SGD)(nil)
	_ methods.Recurrent = (*SGD)(nil)
	_ methods.Stable    = (*SGD)(nil)
)

func init() {
	methods.Register("sgd", methods.Info{
		Summary: "stochastic gradient descent, optionally with momentum",
		Formula: "m ← momentum·m + (1 − dampening)·g; x ← x − lr·m",
		Source:  "Robbins & Monro 1951, Ann. Math. Statist. 22, 400–407; Sutskever et al. 2013, ICML; as in PyTorch",
		DOI:     "10.1214/aoms/1177729586",
	}, func() methods.Method { return new(SGD) })
}

// Validate rejects what PyTorch rejects.
func (s *SGD) Validate() error {
	if s.Nesterov && (s.Momentum == 0 || s.Dampening != 0) {
		return errors.New("nesterov needs a momentum above 0 and dampening 0")
	}
	return nil
}

func (s *SGD) Init(o *methods.Oracle, at *methods.Iterate) error {
	s.m, s.first = make([]float64, len(at.X)), true
	return s.Begin(o, at)
}

func (s *SGD) Step(at *methods.Iterate) error { return s.Advance(at, s) }

// Update moves x along the gradient g. The step has a length only without momentum and
// weight decay.
func (s *SGD) Update(x, g []float64) float64 {
	lr, β, keep := s.LR.Value, s.Momentum, 1-s.Dampening
	if s.first || β == 0 {
		β, keep = 0, 1
	}
	s.first = false
	m := s.m[:len(x)]
	for i, v := range g[:len(x)] {
		v += float64(s.WeightDecay * x[i])
		m[i] = float64(β*m[i]) + float64(keep*v)
		if s.Nesterov {
			x[i] -= float64(lr * (v + float64(s.Momentum*m[i])))
		} else {
			x[i] -= float64(lr * m[i])
		}
	}
	if s.Momentum == 0 && s.WeightDecay == 0 {
		return lr
	}
	return math.NaN()
}

// Recurrence is gradient descent without momentum, and with it the heavy ball. Dampening
// spares the first step, so that no constant γ describes the steps.
func (s *SGD) Recurrence() (gamma, beta float64, ok bool) {
	switch {
	case s.WeightDecay != 0:
		return math.NaN(), math.NaN(), false
	case s.Momentum == 0:
		return s.LR.Value, 0, true
	}
	return s.LR.Value, s.Momentum, !s.Nesterov && s.Dampening == 0
}

// Stability is that of Nesterov's method, whose extrapolated points the iterates are with
// nesterov; otherwise the recurrence gives it.
func (s *SGD) Stability() (curvature float64, formula string, ok bool) {
	if !s.Nesterov || s.WeightDecay != 0 {
		return math.NaN(), "", false
	}
	return momentum.LookaheadCurvature(s.LR.Value, s.Momentum), momentum.LookaheadLimit, true
}

// Units are those of ∇f times the learning rate; none where x is added to a gradient.
func (s *SGD) Units() methods.Units {
	if s.WeightDecay != 0 {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.GradientUnits.Times(methods.LengthUnits(s.LR))
}
