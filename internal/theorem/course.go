package theorem

import "math"

// room is how many looks a course keeps.
const room = 256

// Course keeps of a run as much as FitRate needs, while it goes on: the gap and the squared
// gradient norm at up to 256 looks of equal distance, and at the last iterations at which the
// gradient norm fell to a half of the least kept so far. What it keeps depends on the run alone,
// and not on what else is recorded. The zero value is ready after Reset.
//
// When it is full, every second look is dropped and the distance doubled. In superlinear
// convergence every iteration falls by more than a half, so those are kept without a gap in
// runs of any length; and a run that falls slowly keeps few, which is why a loop need not stop
// for them at each iteration. What follows the first look at the level of rounding is not kept,
// so that a run which rests there does not thin out what came before.
type Course struct {
	next   int64
	stride int64
	n      int // of those kept

	ended    int     // all that were put at the end
	least    float64 // squared norm at or below which the next belongs there
	leastGap float64 // the same for the gap, where there is no gradient

	floor  float64 // gap that rounding decides
	square float64 // squared gradient norm that rounding decides, where there is no gap

	kept [room]sample
	end  [32]sample

	scratch   [2][room]float64
	scratched [2][room]int64
}

// sample is a look at a run; what was not measured is NaN.
type sample struct {
	iteration   int64
	gap, square float64
}

// roundedGap and roundedSquare are the parts of the first gap and of the first squared gradient
// norm below which rounding decides: x is rounded, and with it the gradient by 64 ε of where it
// began, and the gap by the square of that.
const (
	roundedGap    = 0x1p-92
	roundedSquare = 0x1p-92
)

// Reset forgets the run, and begins one with that gap and squared gradient norm. Gaps up to the
// floor are due to rounding, or to the accuracy of f*.
func (c *Course) Reset(floor, gap, square float64) {
	c.n, c.stride, c.next = 0, 1, 0
	c.ended, c.least, c.leastGap = 0, math.Inf(1), math.Inf(1)
	c.floor = math.Max(float64(floorMargin*floor), float64(roundedGap*gap))
	c.square = roundedSquare * square
	c.Add(0, 0, gap, square)
}

// floorMargin is how far a gap lies above the accuracy of f* where the error of f* changes its
// logarithm by a quarter at most.
const floorMargin = 4

// Next is the number of the next look that is kept whatever it shows.
func (c *Course) Next() int64 { return c.next }

// Least is the squared gradient norm at or below which a look is kept.
func (c *Course) Least() float64 { return c.least }

// Add takes in a look by its number, which grows by one from look to look: the iteration, with
// the gap and the squared gradient norm there, NaN for what is not known. Looks before Next
// with a squared norm above Least may be left out.
func (c *Course) Add(look, iteration int64, gap, square float64) {
	s := sample{iteration, gap, square}
	if gap <= c.floor || math.IsNaN(gap) && square <= c.square {
		c.next, c.least, c.leastGap = math.MaxInt64, math.Inf(-1), math.Inf(-1)
		return
	}
	if look >= c.next {
		c.keep(s)
		c.next = (look/c.stride + 1) * c.stride
	}
	switch {
	case square <= c.least: // false for NaN
		c.least = square / 4
	case math.IsNaN(square) && gap <= c.leastGap:
		c.leastGap = gap / 2
	default:
		return
	}
	c.end[c.ended%len(c.end)] = s
	c.ended++
}

func (c *Course) keep(s sample) {
	if c.n == len(c.kept) {
		c.n /= 2
		for i := range c.n {
			c.kept[i] = c.kept[2*i]
		}
		c.stride *= 2
	}
	c.kept[c.n] = s
	c.n++
}

// Quantity is what a course keeps of an iterate.
type Quantity int

const (
	Gap Quantity = iota
	GradientNorm
)

func (s sample) of(q Quantity) float64 {
	if q == Gap {
		return s.gap
	}
	return math.Sqrt(s.square)
}

// Rate is the law that the run follows in the gap, or in the gradient norm where the gap is
// not known at most looks.
func (c *Course) Rate() (of Quantity, rate Rate, ok bool) {
	curve, end := c.Curve(Gap)
	if 2*len(curve.Value) < c.n {
		of = GradientNorm
		curve, end = c.Curve(of)
	}
	rate, ok = FitRate(curve, end)
	return of, rate, ok
}

// Tail is how the gap behaves at the end; ok is false where it is not known, or fell to the
// level of rounding.
func (c *Course) Tail() (tail Tail, ok bool) {
	if c.next == math.MaxInt64 {
		return Tail{}, false
	}
	curve, _ := c.Curve(Gap)
	return FitTail(curve)
}

// Curve is a quantity over the whole run, and End at its end, in memory that the next call
// uses again. End has all looks where Curve has.
func (c *Course) Curve(q Quantity) (curve, end Points) {
	curve = c.points(0, c.kept[:c.n], q)
	if c.stride == 1 {
		return curve, curve
	}
	n := min(c.ended, len(c.end))
	var recent [len(c.end)]sample
	for i := range n {
		recent[i] = c.end[(c.ended-n+i)%len(c.end)]
	}
	return curve, c.points(1, recent[:n], q)
}

func (c *Course) points(memory int, samples []sample, q Quantity) Points {
	p := Points{c.scratched[memory][:0], c.scratch[memory][:0]}
	for _, s := range samples {
		if v := s.of(q); !math.IsNaN(v) {
			p.Iteration, p.Value = append(p.Iteration, s.iteration), append(p.Value, v)
		}
	}
	return p
}
