package elementary

import "math"

// tanhEntry is the middle c of a cell and tanh c as a sum.
type tanhEntry struct{ middle, hi, lo float64 }

// Tanh is the hyperbolic tangent: below 1/8 its Taylor polynomial; up to 1, with c the middle of
// one of 48 cells, d = x − c and t = tanh d, tanh c + (1 − tanh²c)·t/(1 + t·tanh c);
// beyond, 1 − 2/(exp(2x) + 1).
func Tanh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return math.NaN()
	case size < 0x1p-27:
		return x
	case size < 0.125:
		return x + tanhRest(x)
	case size < 1:
		cell := &tanhCell[(math.Float64bits(size)-0x3fc<<52)>>48]
		d := size - cell.middle
		z := float64(d * d)
		t := d + float64(float64(d*z)*((-1.0/3+float64(z*(2.0/15)))+float64(float64(z*z)*(-17.0/315))))
		return math.Copysign(cell.hi+(cell.lo+float64((1-float64(cell.hi*cell.hi))*t)/(1+float64(cell.hi*t))), x)
	case size > 20: // 1 − 2e⁻⁴⁰ is nearer to 1 than to any other number
		return math.Copysign(1, x)
	}
	hi, lo, k := expPair(2*size, 0)
	unit := power(k)
	sum, lost := twoSum(float64(hi*unit), 1)
	q := 2 / sum
	return math.Copysign(1-(q-float64(q*(lost+float64(lo*unit)))/sum), x)
}

// tanhRest is tanh x − x for |x| ≤ 1/8, by the Taylor polynomial of degree 17.
func tanhRest(x float64) float64 {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (-1.0/3 + float64(z*(2.0/15))) + float64(z2*(-17.0/315+float64(z*(62.0/2835))))
	q := (-1382.0/155925 + float64(z*(21844.0/6081075))) + float64(z2*(-929569.0/638512875+float64(z*(6404582.0/10854718875))))
	p += float64(float64(z2*z2) * q)
	return float64(float64(x*z) * p)
}

// Sinh is the hyperbolic sine: below 1 its Taylor polynomial of degree 19, beyond
// (exp x − 1/exp x)/2.
func Sinh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return math.NaN()
	case size < 0x1p-27 || math.IsInf(x, 0):
		return x
	case size < 1:
		return x + sinhRest(x)
	case size > 40:
		return math.Copysign(halfExp(size), x)
	}
	hi, lo, k := expPair(size, 0)
	unit := power(k)
	hi, lo = float64(hi*unit), float64(lo*unit)
	inverse := 1 / hi
	sum, lost := fastTwoSum(hi, -inverse)
	return math.Copysign(0.5*(sum+(lost+lo)), x)
}

// sinhRest is sinh x − x for |x| ≤ 1.
func sinhRest(x float64) float64 {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (1.0/6 + float64(z*(1.0/120))) + float64(z2*(1.0/5040+float64(z*(1.0/362880))))
	q := (1.0/39916800 + float64(z*(1.0/6227020800))) + float64(z2*(1.0/1307674368000+float64(z*(1.0/355687428096000+float64(z*(1.0/121645100408832000))))))
	p += float64(float64(z2*z2) * q)
	return float64(float64(x*z) * p)
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
