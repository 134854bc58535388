package theorem

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// Law is the shape of a curve's tail.
type Law string

const (
	Linear      Law = "linear"      // v ≈ C·factor^k
	PowerLaw    Law = "power law"   // v ≈ C·(k + c)^−power
	Superlinear Law = "superlinear" // v₊ ≈ C·v^order, order above 1
)

// Interval is an estimate with its interval: see FitRate.
type Interval struct{ Value, Low, High float64 }

// widened is the interval with so much more on each side.
func (i Interval) widened(by float64) Interval {
	return Interval{i.Value, i.Low - by, i.High + by}
}

// Points are values at increasing iterations.
type Points struct {
	Iteration []int64
	Value     []float64
}

// Rate is the law that the tail of a curve follows, and over which iterations.
type Rate struct {
	Law    Law
	Number Interval // the factor of one iteration, the power, or the order
	From   int64    // the iterations that were fitted
	To     int64
	Points int
}

const (
	// bend is how far the local rate may change over the fitted window, relative to its mean
	// and with the error of that change added. Over the windows below the rate of a power law
	// changes by 1.6 if it is taken for a factor, that of a factor by 2.8 if it is taken for a
	// power, and that of e^−√k by 0.7. Over the last half of a run these changes are half as
	// large, and so must be what is allowed.
	bend = 0.3
	// share is how far an exponential beside a power may change the local exponent over the fitted
	// window, relative to it. At k = pK/3 the exponent of k^−p·e^(−k/K) has grown by a third, of
	// which an offset hides half.
	share = 0.14
	// leastFall is the fall of the logarithm below which nothing is claimed: a half.
	leastFall = math.Ln2
	// sure is the fall above which the whole of bend is granted. A smaller fall must be
	// straighter, since any smooth curve is straight over a short piece.
	sure = 2
	// shortFall is the fall that the last half of a run needs on its own: a decade.
	shortFall = math.Ln10
	// longest is the iteration below which no power is claimed: the logarithm of a shorter run
	// spans too little.
	longest = 32
)

// FitRate is the law that the tail of a curve of positive values (gaps, gradient norms,
// bounds) follows; ok is false where the data carry no claim. The end holds consecutive
// iterations at the end of the curve, since superlinear convergence is over in a few of them;
// it is the curve itself where that has them all.
//
// The curve ends before it is first zero; a Course ends it where rounding decides.
//
// The rule is a test of equivalence, not of goodness of fit. A law is claimed where the local
// rate is the same all over the tail, up to the change called bend, and the error of that
// statement is part of it: noise widens the error until nothing can be claimed, whatever the
// fitted line looks like. The tail is cut into eight blocks, whose means are fitted by a
// parabola: ripples that are short beside a block, and noise whose neighbours are alike, count
// as what they are, the scatter of eight numbers. The tails are
//   - for a factor the iterations from a quarter of the run on, or its second half,
//   - for a power those from 1/64 or 1/16 of the run on, equal blocks on the logarithm of the
//     iteration. Where the fall steepens there, an offset of the iteration is estimated, at most
//     an eighth of the run: v ≈ C/(k + c)^p is what a small step does. An offset bends as an
//     exponential does, so that the data must exclude that one: k^−p·e^(−k/K), which momentum makes
//     of a quadratic, has the local exponent p + k/K, and the part k/K is estimated beside p,
//   - for an order the last iterations whose logarithms fall by more each time; see endOrder.
//
// The windows do not overlap in what they accept, so that at most one law is claimed. The
// interval is that of least squares over the blocks, widened for the offset, and by how far the
// local rate or exponent may change over the window: what a run tends to may lie that far off.
func FitRate(curve, end Points) (rate Rate, ok bool) {
	var largest float64
	for _, v := range curve.Value {
		if v > largest && v <= math.MaxFloat64 {
			largest = v
		}
	}
	if rate, ok = endOrder(end.finite()); ok {
		return rate, true
	}
	curve = curve.finite()
	n := len(curve.Value)
	if n < fewest || !(curve.Value[n-1] < largest) {
		return Rate{}, false
	}
	var memory [room]float64
	logs := logarithms(memory[:0], curve.Value)
	if rate, ok = factor(curve.Iteration, logs); ok {
		return rate, true
	}
	return power(curve.Iteration, logs)
}

// logarithms appends those of the values.
func logarithms(logs, values []float64) []float64 {
	for _, v := range values {
		logs = append(logs, elementary.Log(v))
	}
	return logs
}

// finite is the curve before it is first zero, or no number.
func (p Points) finite() Points {
	for i, v := range p.Value {
		if !(v > 0 && v <= math.MaxFloat64) {
			return Points{p.Iteration[:i], p.Value[:i]}
		}
	}
	return p
}

// factor claims linear convergence.
func factor(k []int64, logs []float64) (rate Rate, ok bool) {
	last := k[len(k)-1]
	for i, begin := range []int64{last / 4, last / 2} {
		from := after(k, begin)
		var b blocks
		b.fill(k[from:], logs[from:], float64(k[from]), float64(last), false)
		l, ok := b.line(0, false)
		if fall := -l.slope * l.width; !ok || i > 0 && fall < shortFall || !l.straight(bend/float64(1+i)) {
			continue
		}
		if !lasts(k[from:], logs[from:], l.slope, false) {
			continue
		}
		rate = Rate{Law: Linear, From: k[from], To: last, Points: len(k) - from}
		number := Interval{l.slope, l.slope - l.error, l.slope + l.error}.widened(l.change())
		rate.Number = Interval{elementary.Exp(number.Value), elementary.Exp(number.Low), elementary.Exp(number.High)}
		return rate, true
	}
	return Rate{}, false
}

// power claims sublinear convergence.
func power(k []int64, logs []float64) (rate Rate, ok bool) {
	last := k[len(k)-1]
	if last < longest {
		return Rate{}, false
	}
	for _, span := range []int64{64, 16} {
		from := after(k, max(0, last/span-1))
		if k[from] == 0 {
			from++
		}
		var b blocks
		b.fill(k[from:], logs[from:], float64(k[from]), float64(last), true)
		l, ok := b.line(0, true)
		if !ok {
			continue
		}
		offset := 0.0
		if l.bend > 0 && !l.straight(bend) {
			offset = b.offset(float64(last) / 8)
			l, _ = b.line(offset, true)
		}
		if !l.straight(bend) {
			continue
		}
		a, _ := b.against(offset)
		if !a.straight(share) {
			continue
		}
		if !lasts(k[from:], logs[from:], l.slope, true) {
			continue
		}
		rate = Rate{Law: PowerLaw, From: k[from], To: last, Points: len(k) - from}
		rate.Number = b.exponent(l, offset, float64(last)/64).widened(a.change())
		return rate, true
	}
	return Rate{}, false
}

// exponent is the power with its interval: that of the line, and what the offset that makes the
// line straight, and its error, do to the slope.
func (b *blocks) exponent(l line, offset, step float64) Interval {
	other, _ := b.line(offset+step, true)
	var perBend float64
	if change := other.bend - l.bend; change != 0 {
		perBend = (other.slope - l.slope) / change
	}
	shift, width := float64(-perBend*l.bend), math.Abs(float64(perBend*l.bendError))
	low := math.Min(l.slope, l.slope+shift) - width - l.error
	high := math.Max(l.slope, l.slope+shift) + width + l.error
	return Interval{-l.slope, -high, -low}
}

// lasts reports whether the last quarter of a tail by itself does not fall at another rate: a
// turn near the end bends the whole too little to be seen.
func lasts(k []int64, logs []float64, slope float64, logarithmic bool) bool {
	last := k[len(k)-1]
	from := after(k, last-(last-k[0])/4)
	var b blocks
	b.fill(k[from:], logs[from:], float64(k[from]), float64(last), logarithmic)
	l, ok := b.line(0, logarithmic)
	return !ok || math.Abs(l.slope-slope) <= float64(math.Abs(slope)/2)+l.error
}

// after is the first place whose iteration is beyond k.
func after(iterations []int64, k int64) int {
	for i, iteration := range iterations {
		if iteration > k {
			return i
		}
	}
	return len(iterations) - 1
}
