package elementary

import "math"

// twoSum is a + b and what its rounding lost (Knuth).
func twoSum(a, b float64) (sum, lost float64) {
	sum = a + b
	part := sum - a
	return sum, (a - (sum - part)) + (b - part)
}

// fastTwoSum is twoSum for |a| ≥ |b| or a = 0 (Dekker).
func fastTwoSum(a, b float64) (sum, lost float64) {
	sum = a + b
	return sum, (a - sum) + b
}

// upper is x without the lowest 27 bits of its significand: the products of what is left,
// and of what is left with what is cut off, are exact.
func upper(x float64) float64 {
	return math.Float64frombits(math.Float64bits(x) &^ (1<<27 - 1))
}

// product is x·y and what its rounding lost, to a relative 2⁻¹⁰⁵, unless it over- or underflows.
func product(x, y float64) (p, lost float64) {
	p = float64(x * y)
	xh, yh := upper(x), upper(y)
	xl, yl := x-xh, y-yh
	return p, ((float64(xh*yh) - p) + float64(xh*yl) + float64(xl*yh)) + float64(xl*yl)
}

// quotient is (x + xl)/(y + yl) as a sum, for |xl| and |yl| that are small against |x| and
// |y|. It divides once.
func quotient(x, xl, y, yl float64) (q, lost float64) {
	inverse := 1 / y
	q = float64(x * inverse)
	p, pl := product(q, y)
	return q, float64((((x - p) - pl) + (xl - float64(q*yl))) * inverse)
}

// negateIf is −x if n has the bit 2, and x otherwise, without a branch.
func negateIf(x float64, n int32) float64 {
	return math.Float64frombits(math.Float64bits(x) ^ uint64(n&2)<<62)
}

// power is 2ᵏ, for −1022 ≤ k ≤ 1023.
func power(k int32) float64 { return math.Float64frombits(uint64(1023+k) << 52) }

// scale is x·2ᵏ for |k| ≤ 1100, in two steps, because 2ᵏ alone may be no number.
func scale(x float64, k int32) float64 {
	return float64(float64(x*power(k>>1)) * power(k-k>>1))
}

// shifter plus a number below 2⁵⁰ has its nearest whole number in the lowest bits.
const shifter = 0x1.8p52

// nearest is the whole number nearest to x, in two forms, for |x| < 2³¹.
func nearest(x float64) (float64, int32) {
	shifted := x + shifter
	return shifted - shifter, int32(math.Float64bits(shifted))
}
