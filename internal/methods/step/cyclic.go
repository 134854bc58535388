package step

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Cyclic is the triangular cyclical step length: it rises linearly from `minimum` to t in
// `half` iterations, falls back in as many, and begins again,
//
//	t_k = minimum + (t − minimum)·(1 − |k/half − 2c + 1|),  c = ⌊1 + k/(2·half)⌋.
//
// Source: Smith 2017, Cyclical learning rates for training neural networks,
// doi:10.1109/WACV.2017.58.
type Cyclic struct {
	T       methods.Length `param:"t" default:"1" range:"(0,)" doc:"longest step length"`
	Minimum float64        `param:"minimum" default:"0.1" range:"[0,)" doc:"shortest step length"`
	Half    int            `param:"half" default:"100" range:"[1,)" doc:"length of half a cycle, in iterations"`
	clock
}

var _ methods.Schedule = (*Cyclic)(nil)

func init() {
	methods.RegisterStep("cyclic", methods.Info{
		Summary: "the triangular cyclical step length",
		Formula: "t_k = minimum + (t − minimum)·max(0, 1 − |k/half − 2c + 1|)",
		Source:  "Smith 2017, Cyclical learning rates for training neural networks, WACV, 464–472",
		DOI:     "10.1109/WACV.2017.58",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Cyclic) })
}

func (r *Cyclic) Init(*methods.Oracle) error { r.k = 0; return nil }

func (r *Cyclic) Length(k int) float64 {
	k %= 2 * r.Half
	height := 1 - math.Abs(float64(k)/float64(r.Half)-1)
	return r.Minimum + float64((r.T.Value-r.Minimum)*height)
}

func (r *Cyclic) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}

// Units are those of the longest length, of which the shortest one, a number unless it is 0, must not
// have any.
func (r *Cyclic) Units() methods.Units { return between(r.T, r.Minimum) }
