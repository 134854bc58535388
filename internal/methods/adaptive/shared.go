package adaptive

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/methods"
)

type (
	oracle  = methods.Oracle
	iterate = methods.Iterate
	length  = methods.Length
)

// WeightDecay adds the gradient of λ‖x‖²/2 to the gradient, as PyTorch does. The
// objective that is observed stays f alone.
type WeightDecay struct {
	Decay float64 `param:"weight_decay" default:"0" range:"[0,)" doc:"λ: λx is added to the gradient"`
}

func (w *WeightDecay) decayed(g, x float64) float64 {
	return g + float64(w.Decay*x)
}

// Moments are the running means of Adam's family: mₖ of the gradient, vₖ of its square,
// both from zero.
type Moments struct {
	Betas []float64 `param:"betas" default:"[0.9, 0.999]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁, β₂: decay rates of the running means of gradient and squared gradient"`
	Eps   float64   `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the denominator"`

	m, v           []float64
	power1, power2 float64 // β₁ᵏ, β₂ᵏ
}

// Validate asks for two betas.
func (s *Moments) Validate() error { return pair("betas", s.Betas) }

func (s *Moments) reset(n int) {
	s.m, s.v = make([]float64, n), make([]float64, n)
	s.power1, s.power2 = 1, 1
}

// next begins step k and returns the corrections 1 − β₁ᵏ and 1 − β₂ᵏ.
func (s *Moments) next() (c1, c2 float64) {
	s.power1 = float64(s.power1 * s.Betas[0])
	s.power2 = float64(s.power2 * s.Betas[1])
	return 1 - s.power1, 1 - s.power2
}

// absorb takes one coordinate of the gradient into both means.
func (s *Moments) absorb(i int, g float64) (m, v float64) {
	s.m[i] = blend(s.Betas[0], s.m[i], g)
	s.v[i] = blend(s.Betas[1], s.v[i], g*g)
	return s.m[i], s.v[i]
}

// blend is β·old + (1 − β)·new.
func blend(beta, old, new float64) float64 {
	return float64(beta*old) + float64((1-beta)*new)
}

// scaled is step/d, and 0 where both are zero: a coordinate that never had a gradient
// stays, even with ε = 0.
func scaled(step, d float64) float64 {
	if step == 0 {
		return 0
	}
	return step / d
}

// sign is −1, 0 or 1, and NaN for NaN, so that a broken gradient is not walked along.
func sign(v float64) float64 {
	if v == 0 || math.IsNaN(v) {
		return v
	}
	return math.Copysign(1, v)
}

func pair(name string, values []float64) error {
	if len(values) != 2 {
		return fmt.Errorf("%s has %d entries; expected 2, such as [0.9, 0.999]", name, len(values))
	}
	return nil
}

// absolute are the units of a step that depends on a number which has units.
var absolute = methods.Units{Value: methods.Never, Variables: methods.Never}

// ratio is the units of a step that is a ratio of gradients times the learning rate. None of the
// numbers, which are added to gradients or multiply x, may be anything but 0.
func ratio(lr length, numbers ...float64) methods.Units {
	for _, v := range numbers {
		if v != 0 {
			return absolute
		}
	}
	return methods.LengthUnits(lr)
}
