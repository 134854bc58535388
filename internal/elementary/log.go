package elementary

import "math"

// logFrom are the bits of the least significand m that a logarithm is reduced to, about
// 0.705, of cells of 2⁴⁵ of which one has 1 in its middle.
const (
	logFrom     = 0x3fe6900000000000
	logCellBits = 45
	logCells    = 1 << (52 - logCellBits)
)

// Log is the natural logarithm.
func Log(x float64) float64 {
	if !ordinary(x) {
		return logAtEdge(x, 1, 0)
	}
	sum, rest := logSum(x, 0)
	return sum + rest
}

// ordinary is whether x is a positive normal number.
func ordinary(x float64) bool { return math.Float64bits(x)-1<<52 < 0x7fe<<52 }

// logSum is the logarithm of a positive normal x + low as a sum, to a relative 2⁻⁶⁰; low must be
// below 2⁻⁵² x, and x below 2⁶⁰⁰ if low is not 0.
//
// x is 2ᵏ·m with m in one of 128 cells from 0.705 to 1.41. A table has a number c of ten bits
// near 1/m for each, so that r = c·m − 1, |r| < 2⁻⁷·⁶, is exact as a sum of two; log x is
// k·ln 2 − log c + log(1 + r), by a short Taylor polynomial. Around 1, c is 1.
func logSum(x, low float64) (sum, rest float64) {
	k, cell, r, lost := logReduce(x, low)
	top := float64(k*ln2Top) + cell.hi // exact
	sum, least := fastTwoSum(top, r)
	square := float64(r * r)
	p := (1.0/3 - float64(r*0.25)) + float64(square*((0.2-float64(r*(1.0/6)))+float64(square*(1.0/7-float64(r*0.125)))))
	rest = least + lost + (float64(k*ln2Rest42) + cell.lo)
	return sum, rest + (float64(float64(r*square)*p) - float64(0.5*square))
}

// logReduce finds k, c and r, the latter as a sum; see logSum.
func logReduce(x, low float64) (k float64, cell *logEntry, r, lost float64) {
	bits := math.Float64bits(x)
	offset := bits - logFrom
	shift := int64(offset) >> 52
	bits -= uint64(shift) << 52
	cell = &logCell[offset>>logCellBits&(logCells-1)]
	m, above := math.Float64frombits(bits), math.Float64frombits(bits&^(1<<11-1))
	a, b := float64(above*cell.inverse)-1, float64((m-above)*cell.inverse)
	r = a + b
	lost = (a - r) + b
	if low != 0 {
		r, lost = twoSum(r, lost+float64(float64(low*power(int32(-shift)))*cell.inverse))
	}
	return float64(shift), cell, r, lost
}

type logEntry struct{ inverse, hi, lo float64 }

// logPair is logSum to a relative 2⁻⁶⁷, without k·ln 2; r is squared without loss.
func logPair(x float64) (k, hi, lo float64) {
	k, cell, r, rest := logReduce(x, 0)
	high := upper(r)
	most, least := float64(high*high), float64((r-high)*(r+high))
	square := most + least
	p := (1.0/3 - float64(r*0.25)) + float64(square*((0.2-float64(r*(1.0/6)))+float64(square*((1.0/7-float64(r*0.125))+float64(square*(1.0/9))))))
	sum, lost := fastTwoSum(cell.hi, r)
	hi, lost2 := fastTwoSum(sum, float64(-0.5*most))
	lost += lost2
	lost += float64(float64(r*square)*p) - float64(0.5*least)
	lost += (rest - float64(rest*r)) + cell.lo
	hi, lo = fastTwoSum(hi, lost)
	return k, hi, lo
}

// natural adds k·ln 2 to a logarithm.
func natural(k, hi, lo float64) (float64, float64) {
	sum, lost := fastTwoSum(float64(k*ln2Top), hi)
	return fastTwoSum(sum, lost+(lo+float64(k*ln2Rest42)))
}

// Log1p is log(1 + x), with all digits of small x.
func Log1p(x float64) float64 {
	switch {
	case !(x > -1):
		if x == -1 {
			return math.Inf(-1)
		}
		return math.NaN()
	case math.Abs(x) < 0x1p-54:
		return x
	case x > 0x1p54:
		return Log(x)
	}
	sum, rest := logSum(twoSum(1, x))
	return sum + rest
}

// Log2 is the logarithm to base 2, exact for powers of 2.
func Log2(x float64) float64 {
	if !ordinary(x) {
		return logAtEdge(x, log2Hi, log2Lo)
	}
	sum, rest := logSum(x, 0)
	return inUnits(sum, rest, log2Hi, log2Lo)
}

// Log10 is the logarithm to base 10, exact for powers of 10 that are numbers.
func Log10(x float64) float64 {
	if !ordinary(x) {
		return logAtEdge(x, log10Hi, log10Lo)
	}
	sum, rest := logSum(x, 0)
	return inUnits(sum, rest, log10Hi, log10Lo)
}

// inUnits is (x + low)·(scale + rest).
func inUnits(x, low, scale, rest float64) float64 {
	p, lost := product(x, scale)
	return p + (lost + (float64(low*scale) + float64(x*rest)))
}

// logAtEdge is the logarithm, in units of 1/(scale + rest), of zero, of subnormal and negative
// numbers, of infinity and of NaN.
func logAtEdge(x, scale, rest float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case !(x > 0):
		return math.NaN()
	case x > math.MaxFloat64:
		return x
	}
	hi, lo := logSum(float64(x*0x1p54), 0)
	hi, lo = natural(-54, hi, lo)
	return inUnits(hi, lo, scale, rest)
}
