package elementary

import "math"

// Pow is xʸ: exp(y·log x), with the logarithm and its product as sums of two numbers.
func Pow(x, y float64) float64 {
	if y == 0 || x == 1 {
		return 1
	}
	if x != x || y != y {
		return math.NaN()
	}
	if x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return powAtEdge(x, y)
	}
	negative := false
	if x < 0 {
		whole, odd := parity(y)
		if !whole {
			return math.NaN()
		}
		x, negative = -x, odd
	}
	v := powPositive(x, y)
	if negative {
		return -v
	}
	return v
}

func powPositive(x, y float64) float64 {
	shift := 0.0
	if x < 0x1p-1022 {
		x, shift = float64(x*0x1p54), -54
	}
	k, hi, lo := logPair(x)
	hi, lo = natural(k+shift, hi, lo)
	switch p := float64(y * hi); {
	case p > 710:
		return math.Inf(1)
	case p < -746:
		return 0
	case math.Abs(p) < 0x1p-60: // the smaller parts might be too small for numbers
		return 1
	}
	p, lost := product(hi, y)
	hi, lo, n := expPair(p, lost+float64(lo*y))
	return scale(hi+lo, n)
}

// parity is whether y is whole, and odd.
func parity(y float64) (whole, odd bool) {
	y = math.Abs(y)
	if y >= 0x1p53 {
		return true, false
	}
	n := int64(y)
	whole = float64(n) == y
	return whole, whole && n&1 == 1
}

// powAtEdge is xʸ where x is 0 or infinite, or y infinite.
func powAtEdge(x, y float64) float64 {
	size := math.Abs(x)
	if math.IsInf(y, 0) {
		switch {
		case size == 1:
			return 1
		case (size > 1) == (y > 0):
			return math.Inf(1)
		}
		return 0
	}
	v := 0.0
	if (size > 1) == (y > 0) {
		v = math.Inf(1)
	}
	if _, odd := parity(y); odd && math.Signbit(x) {
		return -v
	}
	return v
}

// cbrtBias added to a third of the bits of m, 1 ≤ m < 8, gives those of ∛m to about 3%.
const cbrtBias = 682<<52 - 0x0800000000000

// Cbrt is ∛x.
//
// An estimate of five bits, a third of the bits of x, is improved by Halley's formula
// t·(t³ + 2x)/(2t³ + x), which triples the bits, once as it is and, with t cut to 21 bits and
// x − t³ therefore known to all digits, once as t + t·(x − t³)/(3t³ + (x − t³)).
func Cbrt(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) {
		return x
	}
	if x != x {
		return math.NaN()
	}
	size, unit := math.Abs(x), 1.0
	if size < 0x1p-1022 {
		size, unit = float64(size*0x1p54), 0x1p-18
	}
	bits := math.Float64bits(size)
	thirds := (bits >> 52) / 3
	m := math.Float64frombits(bits - (3*thirds)<<52 + 1023<<52) // 1 ≤ m < 8
	unit = float64(unit * math.Float64frombits((thirds+682)<<52))
	t := math.Float64frombits(math.Float64bits(m)/3 + cbrtBias)
	for range 2 {
		cube := float64(float64(t*t) * t)
		t = float64(t * ((cube + (m + m)) / ((cube + cube) + m)))
	}
	t = math.Float64frombits(math.Float64bits(t) &^ (1<<32 - 1))
	square := float64(t * t)
	high := upper(square)
	a, b := float64(high*t), float64((square-high)*t)
	off := (m - a) - b
	t += float64(t*off) / (float64(3*(a+b)) + off)
	return math.Copysign(float64(t*unit), x)
}
