package elementary

import "math"

// sinRest is sin(x + low) − x for |x| ≤ 0.79, by the Taylor polynomial of degree 17.
func sinRest(x, low float64) float64 {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (-1.0/6 + float64(z*(1.0/120))) + float64(z2*(-1.0/5040+float64(z*(1.0/362880))))
	q := (-1.0/39916800 + float64(z*(1.0/6227020800))) + float64(z2*(-1.0/1307674368000+float64(z*(1.0/355687428096000))))
	p += float64(float64(z2*z2) * q)
	return float64(float64(x*z)*p) + (low - float64(float64(0.5*z)*low))
}

// cosPair is cos(x + low) as a sum, for |x| ≤ 0.79, by the Taylor polynomial of degree 16; x²
// is taken without loss.
func cosPair(x, low float64) (hi, lo float64) {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (1.0/24 + float64(z*(-1.0/720))) + float64(z2*(1.0/40320+float64(z*(-1.0/3628800))))
	q := (1.0/479001600 + float64(z*(-1.0/87178291200))) + float64(z2*(1.0/20922789888000))
	p += float64(float64(z2*z2) * q)
	high := upper(x)
	rest := (float64(high*high) - z) + float64((x-high)*(x+high))
	half := float64(0.5 * z)
	hi = 1 - half
	return hi, ((1 - hi) - half) + (float64(z2*p) - (float64(0.5*rest) + float64(x*low)))
}

// Sin is the sine of x in radians.
func Sin(x float64) float64 {
	if !(math.Abs(x) <= math.MaxFloat64) {
		return math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	r, low, n := reduce(x)
	var v float64
	if n&1 == 0 {
		v = r + sinRest(r, low)
	} else {
		hi, lo := cosPair(r, low)
		v = hi + lo
	}
	return negateIf(v, n)
}

// Cos is the cosine of x in radians.
func Cos(x float64) float64 {
	if !(math.Abs(x) <= math.MaxFloat64) {
		return math.NaN()
	}
	r, low, n := reduce(x)
	var v float64
	if n&1 == 0 {
		hi, lo := cosPair(r, low)
		v = hi + lo
	} else {
		v = r + sinRest(r, low)
	}
	return negateIf(v, n+1)
}

// Sincos is Sin(x) and Cos(x), to the bit.
func Sincos(x float64) (sin, cos float64) {
	if !(math.Abs(x) <= math.MaxFloat64) {
		return math.NaN(), math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x, 1
	}
	r, low, n := reduce(x)
	hi, lo := cosPair(r, low)
	sin, cos = r+sinRest(r, low), hi+lo
	if n&1 != 0 {
		sin, cos = cos, sin
	}
	return negateIf(sin, n), negateIf(cos, n+1)
}
