package theorem

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
)

// Law is the shape of a curve's tail.
type Law string

const (
	Linear      Law = "linear"      // v ≈ C·factor^k
	PowerLaw    Law = "power law"   // v ≈ C·k^{−power}
	Superlinear Law = "superlinear" // order above 1
)

// Interval is an estimate with its 95 % interval.
type Interval struct{ Value, Low, High float64 }

// Rate is what the tail of a curve shows: a fitted law, and the local order of
// convergence. What was not measured is NaN.
type Rate struct {
	Law    Law
	Factor Interval // of one iteration, for Linear and Superlinear
	Power  Interval // for PowerLaw
	Order  Interval // q in v₊ ≈ C·v^q: median of the last steps, with their range
	From   int64    // the iterations that were fitted
	To     int64
	Points int
}

// fewest is the number of points below which no law is fitted.
const fewest = 5

const (
	// steep is the least order of what is called superlinear. A curve of that order
	// falls the last half of its logarithm in ln 2/ln 1.2 < 4 steps, which distinguishes it from
	// one that ripples and happens to dive at its end.
	steep = 1.2
	// span is the ratio of last to first iteration of a tail below which a power law
	// cannot be distinguished from a factor. The tail of k^−p spans √k.
	span = 3
)

// FitRate fits the tail of a curve of positive values (gaps, gradient norms, distances)
// at increasing iterations: the part in which the logarithm falls through its last half.
// Values at or below floor are rounding, and left out; so are values that are not finite.
// ok is false where too few points remain, or the curve does not fall.
//
// The law is the one of least squared residuals in the logarithm; a power law needs a long
// tail (span). Neighbouring residuals
// of a descent are alike, so the interval is that of least squares widened by their
// correlation, (1 + r)/(1 − r) times the variance; it is still an interval for a model,
// not for the limit.
func FitRate(iterations []int64, values []float64, floor float64) (rate Rate, ok bool) {
	k, v := usable(iterations, values, floor)
	nan := Interval{math.NaN(), math.NaN(), math.NaN()}
	rate = Rate{Factor: nan, Power: nan, Order: nan}
	rate.Order = order(k, v)
	superlinear := rate.Order.Value > steep && len(v)-half(v) <= fewest
	k, v = tail(k, v)
	if len(k) < fewest && !superlinear || len(k) < 2 {
		return rate, false
	}
	rate.From, rate.To, rate.Points = int64(k[0]), int64(k[len(k)-1]), len(k)
	logs := make([]float64, len(v))
	logK := make([]float64, len(k))
	for i := range v {
		logs[i], logK[i] = elementary.Log(v[i]), elementary.Log(k[i])
	}
	linear, linearError := line(k, logs)
	power, powerError := line(logK, logs)
	switch {
	case superlinear:
		rate.Law, rate.Factor = Superlinear, factor(linear)
	case linear.Value >= 0:
		return rate, false
	case powerError < linearError && k[len(k)-1] >= span*k[0]:
		rate.Law, rate.Power = PowerLaw, Interval{-power.Value, -power.High, -power.Low}
	default:
		rate.Law, rate.Factor = Linear, factor(linear)
	}
	return rate, true
}

func factor(slope Interval) Interval {
	return Interval{elementary.Exp(slope.Value), elementary.Exp(slope.Low), elementary.Exp(slope.High)}
}

// usable leaves out iteration 0, where a power law has no value, and what is rounding.
func usable(iterations []int64, values []float64, floor float64) (k, v []float64) {
	for i, value := range values {
		if iterations[i] > 0 && value > floor && value > 0 && !math.IsInf(value, 0) {
			k, v = append(k, float64(iterations[i])), append(v, value)
		}
	}
	return k, v
}

// tail begins where the logarithm has fallen half of its way, or in the middle of the
// points where that leaves too few.
func tail(k, v []float64) ([]float64, []float64) {
	from := max(0, min(half(v), len(v)-fewest))
	return k[from:], v[from:]
}

// half is the first point at which the logarithm has fallen half of its way.
func half(v []float64) int {
	if len(v) == 0 {
		return 0
	}
	middle := math.Sqrt(v[0]) * math.Sqrt(v[len(v)-1])
	return slices.IndexFunc(v, func(x float64) bool { return x <= middle })
}

// line is the slope of the least-squares line, with its interval and the sum of squared
// residuals.
func line(x, y []float64) (slope Interval, squares float64) {
	n := len(x)
	residuals := make([]float64, n)
	var neighbours, spread, joint float64
	middle, height := mean(x), mean(y)
	for i := range x {
		spread += float64((x[i] - middle) * (x[i] - middle))
		joint += float64((x[i] - middle) * (y[i] - height))
	}
	b := joint / spread
	for i := range x {
		residuals[i] = (y[i] - height) - float64(b*(x[i]-middle))
		squares += float64(residuals[i] * residuals[i])
		if i > 0 {
			neighbours += float64(residuals[i] * residuals[i-1])
		}
	}
	slope = Interval{b, math.Inf(-1), math.Inf(1)}
	if n < 3 || spread == 0 {
		return slope, squares
	}
	r := 0.0
	if squares > 0 {
		r = math.Max(0, math.Min(0.99, neighbours/squares))
	}
	variance := squares / float64(n-2) / spread * (1 + r) / (1 - r)
	width := float64(probability.StudentQuantile(n-2, 0.975) * math.Sqrt(variance))
	slope.Low, slope.High = b-width, b+width
	return slope, squares
}

func mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// order is the median of ln(v₂/v₁)/ln(v₁/v₀) over the last three triples of successive
// iterations, with their range; NaN where there is none.
func order(k, v []float64) Interval {
	const triples = 3
	var found []float64
	for i := len(v) - 1; i >= 2 && len(found) < triples; i-- {
		if k[i]-k[i-1] != 1 || k[i-1]-k[i-2] != 1 || !(v[i] < v[i-1] && v[i-1] < v[i-2]) {
			continue
		}
		found = append(found, elementary.Log(v[i]/v[i-1])/elementary.Log(v[i-1]/v[i-2]))
	}
	if len(found) == 0 {
		return Interval{math.NaN(), math.NaN(), math.NaN()}
	}
	slices.Sort(found)
	return Interval{found[len(found)/2], found[0], found[len(found)-1]}
}
