package adaptive

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Rprop goes by the signs of the gradient alone (Riedmiller & Braun 1993,
// doi:10.1109/ICNN.1993.298623): each coordinate has a step of its own, which grows by
// η⁺ while the sign stays and shrinks by η⁻ where it flips. As in PyTorch a coordinate
// whose sign has flipped rests for one step.
type Rprop struct {
	LR        length    `param:"lr" default:"0.01" range:"(0,)" space:"{loguniform: [1e-4, 100]}" doc:"the first step of every coordinate"`
	Etas      []float64 `param:"etas" default:"[0.5, 1.2]" range:"(0,)" doc:"η⁻ < 1 < η⁺, the factors of the steps"`
	StepSizes []float64 `param:"step_sizes" default:"[1e-6, 50]" range:"(0,)" doc:"smallest and largest step"`
	methods.FirstOrder

	step, last []float64
}

var _ methods.Method = (*Rprop)(nil)

func init() {
	methods.Register("rprop", methods.Info{
		Summary: "sign of the gradient, with a step length for each coordinate that grows and shrinks",
		Formula: "Δᵢ ← Δᵢ·η⁺ where gᵢ keeps its sign, Δᵢ·η⁻ where it flips; xᵢ ← xᵢ − Δᵢ·sign(gᵢ)",
		Source:  "Riedmiller & Braun 1993, A direct adaptive method for faster backpropagation learning: the RPROP algorithm, ICNN",
		DOI:     "10.1109/ICNN.1993.298623",
		Family:  "sign",
	}, func() methods.Method { return new(Rprop) })
}

// Validate checks the two pairs.
func (r *Rprop) Validate() error {
	if err := pair("etas", r.Etas); err != nil {
		return err
	}
	if !(r.Etas[0] < 1 && 1 < r.Etas[1]) {
		return fmt.Errorf("etas = [%g, %g]; expected [η⁻, η⁺] with η⁻ < 1 < η⁺", r.Etas[0], r.Etas[1])
	}
	if err := pair("step_sizes", r.StepSizes); err != nil {
		return err
	}
	if r.StepSizes[0] > r.StepSizes[1] {
		return fmt.Errorf("step_sizes = [%g, %g]; expected the least before the largest", r.StepSizes[0], r.StepSizes[1])
	}
	return nil
}

// Init puts every coordinate's step to lr.
func (r *Rprop) Init(o *oracle, at *iterate) error {
	r.step, r.last = make([]float64, len(at.X)), make([]float64, len(at.X))
	for i := range r.step {
		r.step[i] = r.LR.Value
	}
	return r.Begin(o, at)
}

// Step makes one update.
func (r *Rprop) Step(at *iterate) error { return r.Advance(at, r) }

// Settled is true: lr is the first step, and the gradients' signs make the others of it.
func (*Rprop) Settled() bool { return true }

// Update is Rprop's rule.
func (r *Rprop) Update(x, g []float64) float64 {
	for i := range x {
		gi, factor := g[i], 1.0
		switch s := sign(gi) * sign(r.last[i]); {
		case s > 0:
			factor = r.Etas[1]
		case s < 0:
			factor, gi = r.Etas[0], 0
		}
		r.step[i] = min(max(r.step[i]*factor, r.StepSizes[0]), r.StepSizes[1])
		x[i] -= float64(sign(gi) * r.step[i])
		r.last[i] = gi
	}
	return math.NaN()
}

// Units are those of the first step, with bounds that are numbers: those of f do not matter
// where the first step does not depend on them, since only signs do.
func (r *Rprop) Units() methods.Units {
	return methods.Units{Value: methods.LengthUnits(r.LR).Value, Variables: methods.Never}
}
