package step

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// interval is what a search by bisection knows: steps that are too short and, once one
// has been met, too long.
type interval struct{ low, high float64 } // high 0: none yet

// next is the trial after t, which was too long or too short: twice as far until the
// interval is closed, then its middle. It stalls where the interval has no end or no
// inside.
func (b *interval) next(t float64, tooLong bool) (float64, error) {
	if tooLong {
		b.high = t
	} else {
		b.low = t
	}
	if b.high == 0 {
		if t *= 2; math.IsInf(t, 1) {
			return t, methods.Stalled("no step is too long: f falls without end along the direction")
		}
		return t, nil
	}
	middle := b.low + float64((b.high-b.low)/2)
	if middle == b.low || middle == b.high {
		return t, methods.Stalled("no step length satisfies the conditions: %.3g is too short, and the next number too long", b.low)
	}
	return middle, nil
}
