package descend

import (
	"math"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// setLimits turns the stops of a suite into limits on f and ‖∇f‖, in the units of the problem:
// in other units of f or x a run ends at the same iteration.
func (o *observer) setLimits(s suite.Stop) {
	o.gradStop, o.gapStop = math.Inf(-1), math.Inf(-1)
	if s.Gradient > 0 {
		o.gradStop = s.Gradient * o.gradNorm
	}
	if s.GradientAbsolute > 0 {
		o.gradStop = math.Max(o.gradStop, s.GradientAbsolute)
	}
	if s.Gap > 0 && !math.IsNaN(o.startGap) {
		o.gapStop = s.Gap * o.startGap
	}
	scale, floor := o.startGap, o.minimum
	if !(scale > o.origin.Floor) {
		scale, floor = o.scale(), o.value
	}
	o.limit = math.Inf(1) // nothing to compare with: until f is no longer finite
	if scale > 0 {
		o.limit = floor + float64(s.Divergence*scale)
	}
	o.limit = math.Min(o.limit, math.MaxFloat64)
}

// scale takes the place of the start gap where f* is unknown or the start attains it: the
// largest of |f|, ‖∇f‖‖x‖ and ‖∇f‖²/L at the start. All three have the units of f, whatever
// those of x. It is 0 where all of them are 0 or unknown.
func (o *observer) scale() float64 {
	scale := math.Max(math.Abs(o.value), o.gradNorm*vec.Norm(o.origin.X))
	if l, err := o.facts.Global(problems.SmoothnessL); err == nil {
		scale = math.Max(scale, o.gradNorm/l*o.gradNorm)
	}
	return scale
}
