package theorem

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// FitFormula is the law of a bound, given at some iterations: a curve without noise, of which
// two neighbouring local rates decide, from a quarter of the iterations to a half and from
// there to the end. It needs few points, so that what a theorem promises does not depend on how
// many were recorded. The interval is between the two.
func FitFormula(bound Points) (rate Rate, ok bool) {
	bound = bound.finite()
	if rate, ok = endOrder(bound); ok {
		return rate, true
	}
	n := len(bound.Value)
	if n == 0 {
		return Rate{}, false
	}
	last := bound.Iteration[n-1]
	var k, logs [3]float64
	for i, wanted := range []int64{last / 4, last / 2, last} {
		at := nearest(bound.Iteration, max(1, wanted))
		k[i], logs[i] = float64(bound.Iteration[at]), elementary.Log(bound.Value[at])
		if i == 0 {
			rate = Rate{From: bound.Iteration[at], To: last, Points: len(k)}
		} else if !(k[i] > k[i-1] && logs[i] < logs[i-1]) {
			return Rate{}, false
		}
	}
	if k[0] == 0 {
		return Rate{}, false
	}
	// The ratio of two local rates is 1 for a factor and 1/2 for a power, and that of two local
	// powers 2 and 1; √2 lies between.
	slope := func(i int) float64 { return (logs[i] - logs[i+1]) / (k[i+1] - k[i]) }
	exponent := func(i int) float64 { return (logs[i] - logs[i+1]) / elementary.Log(k[i+1]/k[i]) }
	between := func(first, second float64) Interval {
		return Interval{second, math.Min(first, second), math.Max(first, second)}
	}
	const same = 1.25
	switch s, p := between(slope(0), slope(1)), between(exponent(0), exponent(1)); {
	case s.High <= same*s.Low:
		rate.Law, rate.Number = Linear, Interval{elementary.Exp(-s.Value), elementary.Exp(-s.High), elementary.Exp(-s.Low)}
	case p.High <= same*p.Low:
		rate.Law, rate.Number = PowerLaw, p
	default:
		return Rate{}, false
	}
	return rate, true
}

// nearest is the place of the iteration nearest to k.
func nearest(iterations []int64, k int64) int {
	best := 0
	for i, iteration := range iterations {
		if max(iteration-k, k-iteration) < max(iterations[best]-k, k-iterations[best]) {
			best = i
		}
	}
	return best
}
