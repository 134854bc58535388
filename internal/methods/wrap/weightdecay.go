package wrap

import (
	"github.com/gdbench/gdbench/methods"
)

// WeightDecay shrinks x beside the step and not through the gradient (Loshchilov & Hutter 2019,
// arXiv:1711.05101): x⁺ = x + Δx − lr·λ·x, with the learning rate of the schedule.
type WeightDecay struct {
	Lambda float64 `param:"lambda" default:"0.01" range:"(0,)" doc:"λ: x shrinks by lr·λ in each step"`

	run *Run
}

var (
	_ Mover = (*WeightDecay)(nil)
	_ Paced = (*WeightDecay)(nil)
)

func init() {
	register("weight-decay", methods.Info{
		Summary: "weight decay decoupled from the gradient",
		Formula: "x⁺ = x + Δx − lr·λ·x",
		Source:  "Loshchilov & Hutter 2019, Decoupled weight decay regularization, ICLR",
		DOI:     "10.48550/arXiv.1711.05101",
	}, func() Wrapper { return new(WeightDecay) })
}

// Paced: x shrinks in proportion to the learning rate.
func (*WeightDecay) Paced() {}

// Begin looks at the run.
func (w *WeightDecay) Begin(r *Run, _ []float64) error {
	w.run = r
	return nil
}

// Move shrinks x by what it was.
func (w *WeightDecay) Move(x []float64) bool {
	shrink := float64(w.run.Rate() * w.Lambda)
	for i, before := range w.run.Before {
		x[i] -= float64(shrink * before)
	}
	return true
}
