package theorem

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

const (
	// leastRatio is the least ratio of two successive falls: 1 is linear convergence.
	leastRatio = 1.25
	// mostOrder is the greatest order that is claimed. A method that ends in finitely many
	// steps, as conjugate gradients do on a quadratic, falls to rounding at once.
	mostOrder = 4
	// alike is the factor within which all ratios agree with their mean.
	alike = 1.35
	// growth is how much larger the last fall is than the first. A ripple that dives has three
	// ratios of about 1.4.
	growth = 3.5
	// depth is the fall of the logarithm over those iterations: 1e-4.
	depth = 4 * math.Ln10
)

// endOrder claims superlinear convergence. Where v₊ = C·v^q, the fall of the logarithm grows
// by q from one iteration to the next, whatever C. So the ratios of successive falls, at least
// two of them at the end of the curve, must agree, and together be more than chance or a
// ripple makes of them. The order is their geometric mean, and the interval their range: there
// are too few for any other.
func endOrder(end Points) (rate Rate, ok bool) {
	const most = 6
	var ratios, falls [most]float64 // from the last back
	n, last := 0, len(end.Value)-1
	fall := func(i int) float64 { // from i−1 to i; 0 where there is none
		if i < 1 || end.Iteration[i] != end.Iteration[i-1]+1 || !(end.Value[i] < end.Value[i-1]) {
			return 0
		}
		return elementary.Log(end.Value[i-1] / end.Value[i])
	}
	before := fall(last)
	for total := before; n < most; n++ {
		now := before
		if before = fall(last - 1 - n); before == 0 || now < leastRatio*before {
			break
		}
		total += before
		ratios[n], falls[n] = now/before, total
	}
	product, low, high := 1.0, math.Inf(1), 0.0
	for i, r := range ratios[:n] { // as few as suffice: an order is a limit
		product *= r
		low, high = math.Min(low, r), math.Max(high, r)
		q := elementary.Pow(product, 1/float64(i+1))
		if i > 0 && product >= growth && falls[i] >= depth && q <= mostOrder && high <= alike*q && low*alike >= q {
			return Rate{Law: Superlinear, Number: Interval{q, low, high},
				From: end.Iteration[last-2-i], To: end.Iteration[last], Points: i + 3}, true
		}
	}
	return Rate{}, false
}
