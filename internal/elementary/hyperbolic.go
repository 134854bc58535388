package elementary

import "math"

// Tanh is the hyperbolic tangent, t/(t + 2) with t = exp(2|x|) − 1.
func Tanh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return math.NaN()
	case size < 0x1p-27:
		return x
	case size > 20: // 1 − 2e⁻⁴⁰ is nearer to 1 than to any other number
		return math.Copysign(1, x)
	}
	t, low := expm1Pair(2 * size)
	sum, lost := twoSum(2, t)
	q, rest := quotient(t, low, sum, lost+low)
	return math.Copysign(q+rest, x)
}

// Sinh is the hyperbolic sine, with t = exp|x| − 1 as (t + t/(1 + t))/2.
func Sinh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return math.NaN()
	case size < 0x1p-27 || math.IsInf(x, 0):
		return x
	case size > 40:
		return math.Copysign(halfExp(size), x)
	}
	t, low := expm1Pair(size)
	sum, lost := twoSum(1, t)
	q, rest := quotient(t, low, sum, lost+low)
	sum, lost = fastTwoSum(t, q)
	return math.Copysign(0.5*(sum+(lost+(low+rest))), x)
}

// Cosh is the hyperbolic cosine, (exp|x| + 1/exp|x|)/2.
func Cosh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return math.NaN()
	case size > 40:
		return halfExp(size)
	}
	hi, lo, k := expPair(size, 0)
	unit := power(k)
	hi, lo = float64(hi*unit), float64(lo*unit)
	q, rest := quotient(1, 0, hi, lo)
	sum, lost := fastTwoSum(hi, q)
	return 0.5 * (sum + (lost + (lo + rest)))
}

// halfExp is exp(x)/2, which is finite for a little longer than exp(x).
func halfExp(x float64) float64 {
	if x > 711 {
		return math.Inf(1)
	}
	hi, lo, k := expPair(x, 0)
	return scale(hi+lo, k-1)
}
