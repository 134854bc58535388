package simd

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// Logistic is Σ log(1 + exp(−yₖzₖ)) with the slopes by zₖ, −yₖ/(1 + exp(yₖzₖ)). It has the
// same bits on every processor. There must be at most 1000 terms.
func Logistic(z, y, slopes []float64) float64 {
	var sum Logistics
	sum.Add(z, y, slopes)
	return sum.Total()
}

// Logistics is a sum of Logistic that is added up in parts. All parts but the last must be of a multiple of
// four terms; then its bits do not depend on them.
//
// It takes exponentials e of −|yz| only, so that nothing overflows and nothing cancels, and
// one logarithm for all: Σ log(1 + e) is log(1 + q) with 1 + q = Π (1 + e). As q is kept
// without its 1, and has no negative terms, small losses keep their digits. It may grow as
// 2 to the number of terms.
type Logistics struct {
	sums [2 * lanes]float64 // of max(−yz, 0), and the q, of every fourth term
}

// Add takes some more terms, and writes their slopes, which may replace z.
func (l *Logistics) Add(z, y, slopes []float64) {
	y, slopes = y[:len(z)], slopes[:len(z)]
	from := 0
	if avx2 {
		from = bulk(len(z))
		logisticAVX2(z[:from], y, slopes, &l.sums)
	}
	logisticPortable(z[from:], y[from:], slopes[from:], &l.sums)
}

// Total is the sum.
func (l *Logistics) Total() float64 {
	join := func(p, q float64) float64 { return float64(p*(1+q)) + q }
	s := &l.sums
	q := join(join(s[4], s[6]), join(s[5], s[7]))
	return ((s[0] + s[2]) + (s[1] + s[3])) + elementary.Log1p(q)
}

func logisticPortable(z, y, slopes []float64, sums *[2 * lanes]float64) {
	y, slopes = y[:len(z)], slopes[:len(z)]
	linear, product := (*[lanes]float64)(sums[:lanes]), (*[lanes]float64)(sums[lanes:])
	for k, v := range z {
		lane, margin := k%lanes, float64(y[k]*v)
		e := elementary.Exp(-math.Abs(margin))
		factor := 1 + e
		product[lane] = float64(product[lane]*factor) + e
		linear[lane] += max(-margin, 0)
		if math.Signbit(margin) {
			e = 1
		}
		slopes[k] = -(float64(y[k]*e) / factor)
	}
}
