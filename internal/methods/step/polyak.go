package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Polyak is the step length
//
//	t = factor·(f(x) − f*)/‖∇f(x)‖²,
//
// for any direction factor·(f(x) − f*)/(−∇fᵀΔx): at factor 1 where the linear model of f
// along Δx reaches f*. It never passes `longest`. f* is
//
//	known      the minimum in the problem's facts; on mini-batches `bound`, a lower bound
//	           on the loss of every batch (stochastic Polyak step)
//	estimated  the least value seen less δ, which starts at `delta` and halves whenever
//	           a step has missed that target (dynamic step)
//
// Sources: Polyak 1969, Minimization of unsmooth functionals,
// doi:10.1016/0041-5553(69)90061-5; Nedić & Bertsekas 2001, §2.2,
// doi:10.1137/S1052623499362111; Loizou et al. 2021, Stochastic Polyak step-size for SGD,
// AISTATS, PMLR 130, 1306–1314.
type Polyak struct {
	Factor  float64        `param:"factor" default:"1" range:"(0,)" doc:"1 for convex functions; up to 2 on smooth ones"`
	Minimum string         `param:"minimum" default:"known" oneof:"known estimated" doc:"where f* comes from"`
	Delta   float64        `param:"delta" default:"1" range:"(0,)" doc:"first estimate of the gap, for minimum: estimated"`
	Bound   float64        `param:"bound" default:"0" doc:"lower bound on the loss of every batch, for mini-batches with minimum: known"`
	Longest methods.Length `param:"longest" default:"0" range:"[0,)" doc:"longest step length; 0: any"`

	oracle *methods.Oracle
	target float64 // f*, where it is known
	best   float64 // least value seen
	δ      float64
}

var (
	_ methods.StepRule = (*Polyak)(nil)
	_ methods.Informed = (*Polyak)(nil)
)

func init() {
	methods.RegisterStep("polyak", methods.Info{
		Summary: "the Polyak step from the gap f − f*, known or estimated",
		Formula: "t = factor·(f(x) − f*)/‖∇f(x)‖²",
		Source:  "Polyak 1969, USSR Comput. Math. Math. Phys. 9, 14–29; Loizou et al. 2021, AISTATS",
		DOI:     "10.1016/0041-5553(69)90061-5",
	}, func() methods.StepRule { return new(Polyak) })
}

func (r *Polyak) Init(o *methods.Oracle) error {
	r.oracle, r.best, r.δ = o, math.Inf(1), r.Delta
	if r.Minimum == "estimated" {
		return nil
	}
	switch minimum := o.Facts().Minimum; {
	case o.Batched():
		r.target = r.Bound
	case minimum == nil:
		return &problems.Missing{What: "the minimum f*, which is not known for this problem; minimum: estimated does without"}
	default:
		r.target = minimum.Value
	}
	return nil
}

// Requires f*, unless an estimate or the bound of every batch replaces it.
func (r *Polyak) Requires(o *methods.Oracle) []string {
	if r.Minimum == "known" && !o.Batched() {
		return []string{methods.MinimumFact}
	}
	return nil
}

func (r *Polyak) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	slope := vec.Dot(at.Grad, d)
	if err := downhill(slope); err != nil {
		return 0, err
	}
	if !at.HasF {
		at.F, at.HasF = r.oracle.Value(at.X), true
	}
	gap := at.F - r.aim(at.F)
	switch {
	case gap > 0:
	case r.Minimum == "estimated":
		return 0, methods.Stalled("the estimated gap f(x) − f* has shrunk to %.3g, no step has reached its target", gap)
	default:
		return 0, methods.Stalled("f(x) − f* = %.3g: the Polyak step is not positive", gap)
	}
	t := math.Min(float64(r.Factor*gap)/-slope, r.Limit())
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}

// Limit is the longest step length, infinite where there is none.
func (r *Polyak) Limit() float64 {
	if r.Longest.Value == 0 {
		return math.Inf(1)
	}
	return r.Longest.Value
}

// aim is f*, or the target that replaces it.
func (r *Polyak) aim(f float64) float64 {
	if r.Minimum == "known" {
		return r.target
	}
	if f > r.best-r.δ && !math.IsInf(r.best, 1) {
		r.δ /= 2
	}
	r.best = math.Min(r.best, f)
	return r.best - r.δ
}

// Units are any: the gap and the slope have them, unless δ or a step that is too long is a
// number. A bound of 0 has none.
func (r *Polyak) Units() methods.Units {
	u := methods.Units{Value: methods.Any, Variables: methods.Any}
	if r.Bound != 0 || r.Minimum == "estimated" {
		u.Value = methods.Never
	}
	if !math.IsInf(r.Limit(), 1) {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return u
}
