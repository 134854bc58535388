package elementary

import "math"

const (
	expMost  = 0x1.62e42fefa39efp+9 // the greatest x with a finite eˣ
	expLeast = -750                 // below, eˣ is 0
)

// Exp is eˣ.
//
// It uses no table and no branch between expLeast and expMost, so that it can be written for
// vectors with the same bits. With k the whole number nearest to x/ln 2 and
// r = x − k·ln 2, |r| ≤ ½ ln 2, it is 2ᵏ·exp(r), the latter by its Taylor polynomial of degree
// 13, even and odd powers apart, which need not wait for one another. The terms that are
// left out are below 2⁻⁵⁷. The last sum, 1 + r + …, keeps what the rounding of 1 + r loses.
func Exp(x float64) float64 {
	if !(x <= expMost) {
		if x > expMost {
			return math.Inf(1)
		}
		return math.NaN()
	}
	if x < expLeast {
		x = expLeast
	}
	whole, k := nearest(float64(x * math.Log2E))
	high, low := x-float64(whole*ln2Hi), float64(whole*ln2Lo)
	r := high - low
	lost := (high - r) - low // what r lacks by rounding
	square := float64(r * r)
	p, odd := 1.0/479001600, 1.0/6227020800
	p, odd = float64(p*square)+1.0/3628800, float64(odd*square)+1.0/39916800
	p, odd = float64(p*square)+1.0/40320, float64(odd*square)+1.0/362880
	p, odd = float64(p*square)+1.0/720, float64(odd*square)+1.0/5040
	p, odd = float64(p*square)+1.0/24, float64(odd*square)+1.0/120
	p, odd = float64(p*square)+1.0/2, float64(odd*square)+1.0/6
	p += float64(odd * r)
	sum := 1 + r
	rest := ((1 - sum) + r) + float64(lost*sum) + float64(p*square)
	return scale(sum+rest, k)
}

// Exp2 is 2ˣ.
func Exp2(x float64) float64 {
	switch {
	case x != x:
		return math.NaN()
	case x >= 1024:
		return math.Inf(1)
	case x < -1080:
		return 0
	}
	whole, k := nearest(x)
	p, lost := product(x-whole, ln2)
	hi, lo, m := expPair(p, lost+float64((x-whole)*ln2Rest))
	return scale(hi+lo, k+m)
}

// expPair is exp(x + low) = (hi + lo)·2ᵏ for |x| ≤ 750 and |low| below 2⁻⁵² |x|, to a relative
// 2⁻⁶⁰: with x near n·ln 2/64, 2^(n/64) from a table times a short Taylor polynomial.
func expPair(x, low float64) (hi, lo float64, k int32) {
	whole, n := nearest(float64(x * (expCells / math.Ln2)))
	high, least := x-float64(whole*cellHi), float64(whole*cellLo)
	r := high - least
	lost := ((high - r) - least) + low
	square := float64(r * r)
	p := 1.0/6 + float64(r*(1.0/24+float64(r*(1.0/120+float64(r*(1.0/720))))))
	q := lost + (float64(lost*r) + float64(square*(0.5+float64(r*p))))
	root := &expRoots[n&(expCells-1)]
	hi, lo = fastTwoSum(root[0], float64(root[0]*r)+(root[1]+float64(root[0]*q)))
	return hi, lo, n >> 6
}

// expm1Pair is exp(x) − 1 as a sum, for |x| ≤ 60 (beyond, the smaller part is lost).
func expm1Pair(x float64) (hi, lo float64) {
	if math.Abs(x) < 0.25 {
		square := float64(x * x)
		p, odd := 1.0/479001600, 1.0/6227020800
		p, odd = float64(p*square)+1.0/3628800, float64(odd*square)+1.0/39916800
		p, odd = float64(p*square)+1.0/40320, float64(odd*square)+1.0/362880
		p, odd = float64(p*square)+1.0/720, float64(odd*square)+1.0/5040
		p, odd = float64(p*square)+1.0/24, float64(odd*square)+1.0/120
		p, odd = float64(p*square)+1.0/2, float64(odd*square)+1.0/6
		p += float64(odd * x)
		return fastTwoSum(x, float64(p*square))
	}
	hi, lo, k := expPair(x, 0)
	unit := power(k)
	sum, lost := twoSum(float64(hi*unit), -1)
	return fastTwoSum(sum, lost+float64(lo*unit))
}

// Expm1 is eˣ − 1, with all digits of small x.
func Expm1(x float64) float64 {
	switch {
	case x != x:
		return math.NaN()
	case x == 0:
		return x
	case x > 60:
		return Exp(x)
	case x < -60:
		return -1
	}
	hi, lo := expm1Pair(x)
	return hi + lo
}
