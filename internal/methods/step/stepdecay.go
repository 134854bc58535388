package step

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// StepDecay is the step length
//
//	t_k = t·factor^⌊k/every⌋.
//
// Source: Ge, Kakade, Kidambi & Netrapalli 2019, The step decay schedule: a near optimal,
// geometrically decaying learning rate procedure for least squares, arXiv:1904.12838.
type StepDecay struct {
	T      methods.Length `param:"t" default:"1" range:"(0,)" doc:"first step length"`
	Factor float64        `param:"factor" default:"0.5" range:"(0,1]" doc:"factor of each reduction"`
	Every  int            `param:"every" default:"100" range:"[1,)" doc:"iterations between two reductions"`
	clock
}

var _ methods.Schedule = (*StepDecay)(nil)

func init() {
	methods.RegisterStep("step-decay", methods.Info{
		Summary: "a step length multiplied by a factor after every fixed number of iterations",
		Formula: "t_k = t·factor^⌊k/every⌋",
		Source:  "Ge, Kakade, Kidambi & Netrapalli 2019, NeurIPS, arXiv:1904.12838",
		Family:  "schedule",
	}, func() methods.StepRule { return new(StepDecay) })
}

func (r *StepDecay) Init(*methods.Oracle) error { r.k = 0; return nil }

func (r *StepDecay) Length(k int) float64 {
	return r.T.Value * Reduced(r.Factor, k, r.Every)
}

// Reduced is factor^⌊k/every⌋.
func Reduced(factor float64, k, every int) float64 {
	return elementary.Pow(factor, float64(k/every))
}

func (r *StepDecay) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
