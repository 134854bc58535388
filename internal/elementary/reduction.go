package elementary

import (
	"math"
	"math/bits"
)

const (
	reductionMost  = 0x1p20 // beyond, and for results below reductionLeast, a long product
	reductionLeast = 0x1p-24
)

// reduce is x − n·π/2 as a sum, with n modulo 4 and |hi| at most a little above π/4, for
// finite x.
//
// Up to 2²⁰ it subtracts n times the three parts of π/2, of which the first two are so short
// that their products are exact (Cody and Waite 1980).
func reduce(x float64) (hi, lo float64, n int32) {
	size := math.Abs(x)
	if size <= math.Pi/4 {
		return x, 0, 0
	}
	if size < reductionMost {
		whole, n := nearest(float64(x * (2 / math.Pi)))
		first := x - float64(whole*halfPi1)
		second, lost := twoSum(first, -float64(whole*halfPi2))
		third := float64(whole * halfPi3)
		hi := second - third
		if math.Abs(hi) > reductionLeast {
			return hi, ((second - hi) - third) + lost, n & 3
		}
	}
	return reduceLong(x)
}

// reduceLong is reduce for |x| ≥ π/4 by the method of Payne and Hanek: with |x| = m·2ᵉ and m
// whole, only those bits of 2/π are multiplied by m whose products are neither multiples
// of 4 nor below 2⁻¹³⁷. No number comes nearer to a multiple of π/2 than 2⁻⁶².
func reduceLong(x float64) (hi, lo float64, n int32) {
	b := math.Float64bits(x)
	m := b&(1<<52-1) | 1<<52
	at := int(b>>52&0x7ff) - 1075 - 2 + 64 // the table begins with 64 zeros
	word, shift := at>>6, uint(at&63)
	var w [3]uint64
	for k := range w {
		w[k] = twoOverPi[word+k]<<shift | twoOverPi[word+k+1]>>1>>(63-shift)
	}
	// The product modulo 2¹⁹², in units of 2⁻¹⁹⁰.
	c1, c0 := bits.Mul64(m, w[2])
	p1, p0 := bits.Mul64(m, w[1])
	middle, carry := bits.Add64(p0, c1, 0)
	top := m*w[0] + p1 + carry
	n = int32(top >> 62)
	top, middle, low := top<<2|middle>>62, middle<<2|c0>>62, c0<<2
	// From a half on it is nearer to the next multiple, and what is missing is, but for 2⁻¹⁹⁰,
	// the complement.
	half := uint64(int64(top) >> 63)
	n = (n - int32(half)) & 3
	top, middle, low = top^half, middle^half, low^half
	zeros := int32(0)
	if top == 0 {
		top, middle, low, zeros = middle, low, 0, 64
	}
	s := uint(bits.LeadingZeros64(top))
	zeros += int32(s)
	top, middle = top<<s|middle>>1>>(63-s), middle<<s|low>>1>>(63-s)
	unit := power(-53 - zeros)
	fh := float64(float64(top>>11) * unit)
	fl := float64(float64((top<<53|middle>>11)>>11) * float64(unit*0x1p-53))
	hi, lo = product(fh, halfPiHi)
	hi, lo = fastTwoSum(hi, lo+(float64(fh*halfPiLo)+float64(fl*halfPiHi)))
	sign := half<<63 ^ b&(1<<63)
	hi, lo = math.Float64frombits(math.Float64bits(hi)^sign), math.Float64frombits(math.Float64bits(lo)^sign)
	if math.Signbit(x) {
		n = -n & 3
	}
	return hi, lo, n
}
