package simd

import "math"

// Exp writes exp(xᵢ) into dst, which may be x, to less than one unit in the last place.
// Unlike math.Exp it gives the same bits on every processor.
//
// With k the whole number nearest to x/ln 2 and r = x − k·ln 2, |r| ≤ ½ ln 2, it is 2ᵏ·exp(r),
// the latter by its Taylor polynomial of degree 13. The last terms that are left out are
// below 2⁻⁵⁷.
func Exp(dst, x []float64) {
	x = x[:len(dst)]
	from := 0
	if avx2 {
		from = len(dst) &^ (lanes - 1)
		expAVX2(dst[:from], x)
	}
	expPortable(dst[from:], x[from:])
}

const (
	expLeast, expMost = -750, 710       // beyond, exp is 0 and +Inf
	shifter           = 0x1.8p52        // plus a number: its whole part in the lowest bits
	ln2Hi             = 0x1.62e42feep-1 // ends in zeros, so that k·ln2Hi is exact
	ln2Lo             = 0x1.a39ef35793c76p-33
)

func expPortable(dst, x []float64) {
	x = x[:len(dst)]
	for i, v := range x {
		switch {
		case v < expLeast:
			v = expLeast
		case v > expMost:
			v = expMost
		}
		shifted := float64(v*math.Log2E) + shifter
		k := int32(math.Float64bits(shifted))
		whole := shifted - shifter
		high, low := v-float64(whole*ln2Hi), float64(whole*ln2Lo)
		r := high - low
		lost := (high - r) - low // what r lacks by rounding
		p := 1.0 / 6227020800
		p = float64(p*r) + 1.0/479001600
		p = float64(p*r) + 1.0/39916800
		p = float64(p*r) + 1.0/3628800
		p = float64(p*r) + 1.0/362880
		p = float64(p*r) + 1.0/40320
		p = float64(p*r) + 1.0/5040
		p = float64(p*r) + 1.0/720
		p = float64(p*r) + 1.0/120
		p = float64(p*r) + 1.0/24
		p = float64(p*r) + 1.0/6
		p = float64(p*r) + 1.0/2
		p = ((float64(p*float64(r*r)) + lost) + r) + 1
		// In two steps, because 2ᵏ alone may be too large or too small for a number.
		dst[i] = float64(p*power(k>>1)) * power(k-k>>1)
	}
}

// power is 2ᵏ, for |k| ≤ 1000.
func power(k int32) float64 { return math.Float64frombits(uint64(1023+k) << 52) }
