package step

import (
	"math"
	"math/bits"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/methods"
)

// Silver is the silver step size schedule for convex L-smooth functions,
//
//	t_k = t·(1 + ρ^(ν(k+1)−1)),  ρ = 1 + √2, ν(i) the exponent of 2 in i,
//
// with t = 1/L: √2, 2, √2, 2+√2, √2, 2, √2, … times 1/L. Some of the steps are far
// beyond 2/L and raise f; after 2^m − 1 of them the gap is of order N^−1.27.
//
// Source: Altschuler & Parrilo 2025, Acceleration by stepsize hedging: silver stepsize
// schedule for smooth convex optimization, doi:10.1007/s10107-024-02164-2.
type Silver struct {
	T methods.Length `param:"t" default:"1/L" range:"(0,)" doc:"unit of the step lengths"`
	clock
}

var _ methods.Schedule = (*Silver)(nil)

func init() {
	methods.RegisterStep("silver", methods.Info{
		Summary: "the silver step size schedule, provably faster than any constant step",
		Formula: "t_k = t·(1 + ρ^(ν(k+1)−1)), ρ = 1 + √2",
		Source:  "Altschuler & Parrilo 2025, Acceleration by stepsize hedging: silver stepsize schedule for smooth convex optimization, Math. Program. 213, 1105–1118",
		DOI:     "10.1007/s10107-024-02164-2",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Silver) })
}

func (r *Silver) Init(*methods.Oracle) error { r.k = 0; return nil }

func (r *Silver) Length(k int) float64 {
	ν := bits.TrailingZeros(uint(k + 1))
	return r.T.Value * (1 + elementary.Pow(1+math.Sqrt2, float64(ν-1)))
}

func (r *Silver) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
