package simd

import "math"

// Logistic is Σ log(1 + exp(−yₖzₖ)) with the slopes by zₖ, −yₖ/(1 + exp(yₖzₖ)). It has the
// same bits on every processor.
//
// It takes exponentials e of −|yz| only, so that nothing overflows and nothing cancels, and
// one logarithm for all: Σ log(1 + e) is log(1 + q) with 1 + q = Π (1 + e). As q is kept
// without its 1, and has no negative terms, small losses keep their digits. It may grow as
// 2 to the number of terms; there must be at most 1000 terms.
func Logistic(z, y, slopes []float64) float64 {
	y, slopes = y[:len(z)], slopes[:len(z)]
	var sums [2 * lanes]float64 // of max(−yz, 0), and the q, of every fourth term
	from := 0
	if avx2 {
		from = bulk(len(z))
		logisticAVX2(z[:from], y, slopes, &sums)
	}
	logisticPortable(z[from:], y[from:], slopes[from:], &sums)
	join := func(p, q float64) float64 { return float64(p*(1+q)) + q }
	q := join(join(sums[4], sums[6]), join(sums[5], sums[7]))
	return ((sums[0] + sums[2]) + (sums[1] + sums[3])) + math.Log1p(q)
}

func logisticPortable(z, y, slopes []float64, sums *[2 * lanes]float64) {
	y, slopes = y[:len(z)], slopes[:len(z)]
	linear, product := (*[lanes]float64)(sums[:lanes]), (*[lanes]float64)(sums[lanes:])
	for k, v := range z {
		lane, margin := k%lanes, float64(y[k]*v)
		e := exp(-math.Abs(margin))
		factor := 1 + e
		product[lane] = float64(product[lane]*factor) + e
		linear[lane] += max(-margin, 0)
		if math.Signbit(margin) {
			e = 1
		}
		slopes[k] = -(float64(y[k]*e) / factor)
	}
}

const (
	expLeast = -750            // below, exp is 0
	shifter  = 0x1.8p52        // plus a number: its whole part in the lowest bits
	ln2Hi    = 0x1.62e42feep-1 // ends in zeros, so that k·ln2Hi is exact
	ln2Lo    = 0x1.a39ef35793c76p-33
)

// exp is eˣ for x ≤ 0, to less than one unit in the last place.
//
// With k the whole number nearest to x/ln 2 and r = x − k·ln 2, |r| ≤ ½ ln 2, it is 2ᵏ·exp(r),
// the latter by its Taylor polynomial of degree 13, even and odd powers apart, which need
// not wait for one another. The terms that are left out are below 2⁻⁵⁷.
func exp(x float64) float64 {
	if x < expLeast {
		x = expLeast
	}
	shifted := float64(x*math.Log2E) + shifter
	k := int32(math.Float64bits(shifted))
	whole := shifted - shifter
	high, low := x-float64(whole*ln2Hi), float64(whole*ln2Lo)
	r := high - low
	lost := (high - r) - low // what r lacks by rounding
	square := r * r
	p, odd := 1.0/479001600, 1.0/6227020800
	p, odd = float64(p*square)+1.0/3628800, float64(odd*square)+1.0/39916800
	p, odd = float64(p*square)+1.0/40320, float64(odd*square)+1.0/362880
	p, odd = float64(p*square)+1.0/720, float64(odd*square)+1.0/5040
	p, odd = float64(p*square)+1.0/24, float64(odd*square)+1.0/120
	p, odd = float64(p*square)+1.0/2, float64(odd*square)+1.0/6
	p += float64(odd * r)
	p = ((float64(p*square) + lost) + r) + 1
	// In two steps, because 2ᵏ alone may be too small for a number.
	return float64(p*power(k>>1)) * power(k-k>>1)
}

// power is 2ᵏ, for |k| ≤ 1000.
func power(k int32) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
