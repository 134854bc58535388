package random

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/elementary"
)

// Normal is a standard normal deviate, with the same bits on every processor, which
// rand.NormFloat64 does not promise: it compares with a product and a sum that a compiler may
// fuse, and takes logarithms of package math.
//
// It is the ziggurat of Marsaglia and Tsang 2000, doi:10.18637/jss.v005.i08. The area under
// exp(−x²/2), x ≥ 0, is covered by strips of equal size, of which the lowest includes the
// tail. A strip is drawn, and a point in it; most points lie in the part of the strip that is
// wholly under the curve, and are done. A point and its strip come from different bits of one
// number, as Doornik 2005 advises ("An improved ziggurat method to generate normal random
// samples").
func Normal(rng *rand.Rand) float64 {
	for {
		bits := rng.Uint64()
		strip := &strips[bits%stripCount]
		across := int64(bits) >> 11 // from −2⁵² to 2⁵² − 1
		x := float64(float64(across) * strip.unit)
		if max(across, -across) < strip.inside {
			return x
		}
		if strip == &strips[0] {
			return math.Copysign(tail(rng), x)
		}
		height := strip.low + float64((strip.high-strip.low)*rng.Float64())
		if height < density(x) {
			return x
		}
	}
}

// tail is a deviate beyond tailFrom (Marsaglia 1964, doi:10.1080/00401706.1964.10490150).
func tail(rng *rand.Rand) float64 {
	for {
		// 1 − u is never 0.
		x := -elementary.Log(1-float64(rng.Float64())) / tailFrom
		y := -elementary.Log(1 - float64(rng.Float64()))
		if y+y >= float64(x*x) {
			return tailFrom + x
		}
	}
}

func density(x float64) float64 { return elementary.Exp(float64(-0.5*x) * x) }

const (
	stripCount = 256
	// tailFrom is where the lowest strip becomes the tail, and stripArea the size of every
	// strip: the numbers with which the uppermost strip ends at the height of 1.
	tailFrom  = 3.6541528853610087716
	stripArea = 0.0049286732339746553474
)

// strip lies between the heights low and high, and reaches from −2⁵²·unit to 2⁵²·unit. Less
// than inside units from the middle it is under the curve.
type strip struct {
	unit, low, high float64
	inside          int64
}

var strips = makeStrips()

func makeStrips() (s [stripCount]strip) {
	low := density(tailFrom)
	width := stripArea / low // of a rectangle as large as the lowest strip with its tail
	end := tailFrom
	for k := range s {
		if k > 0 {
			width = end
			high := low + stripArea/width
			end = math.Sqrt(-2 * elementary.Log(min(high, 1)))
			s[k].low, s[k].high = low, high
			low = high
		}
		s[k].unit = width * 0x1p-52
		s[k].inside = int64(float64(end/width) * 0x1p52)
	}
	return s
}
