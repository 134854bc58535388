package reduction

import (
	"math"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

type (
	oracle  = methods.Oracle
	iterate = methods.Iterate
	length  = methods.Length
)

// draw chooses samples.
type draw struct {
	oracle *oracle
	one    []int32
}

// Random reports that repeats differ.
func (*draw) Random() bool { return true }

// Needs samples to choose from.
func (*draw) Needs() []problems.Need { return []problems.Need{problems.NeedsSamples} }

func (d *draw) begin(o *oracle) error {
	if err := o.NeedSamples(); err != nil {
		return err
	}
	d.oracle = o
	d.one = make([]int32, 1)
	return nil
}

// next is the samples of the next step.
func (d *draw) next() []int32 {
	if d.oracle.Batched() {
		return d.oracle.NextBatch()
	}
	d.one[0] = int32(d.oracle.Rand().IntN(d.oracle.Samples()))
	return d.one
}

// gradient is the mean gradient over samples, of all of them for nil.
func (d *draw) gradient(x, g []float64, samples []int32) error {
	return d.oracle.GradientOn(x, g, samples)
}

// moved marks the iterate: neither f nor ∇f is known at its new X.
func moved(at *iterate, t float64) {
	at.HasF, at.HasGrad = false, false
	at.Length, at.Slope, at.Trials = t, math.NaN(), 0
}
