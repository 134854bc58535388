package elementary

import "math"

// atanPair is arctan(x + low) as a sum, for x ≥ 0 and low below 2⁻⁵² x.
//
// Octaves from 1/8 to 64 have 16 cells each. With c the middle of that of x, arctan x is
// arctan c, from a table, and the arctangent of t = (x − c)/(1 + cx), |t| ≤ 1/64; beyond 64 it is
// π/2 and that of −1/x. Below 1/8 a longer Taylor polynomial is taken of x itself.
func atanPair(x, low float64) (hi, lo float64) {
	if x < 0.125 {
		return atanSmall(x, low)
	}
	entry := atanEntry{0, halfPiHi, halfPiLo}
	above, below := -1.0, x
	if x < 64 {
		entry = atanCell[(math.Float64bits(x)-0x3fc<<52)>>48]
		above, below = x-entry.middle, 1+float64(entry.middle*x)
	}
	t := above / below
	if low != 0 && x < 0x1p60 {
		low /= 1 + float64(x*x)
	}
	z := float64(t * t)
	p := (-1.0/3 + float64(z*0.2)) + float64(float64(z*z)*(-1.0/7+float64(z*(1.0/9))))
	return fastTwoSum(entry.hi, t+(float64(float64(t*z)*p)+(entry.lo+low)))
}

type atanEntry struct{ middle, hi, lo float64 }

// atanSmall is atanPair for x < 1/8.
func atanSmall(x, low float64) (hi, lo float64) {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (-1.0/3 + float64(z*0.2)) + float64(z2*(-1.0/7+float64(z*(1.0/9))))
	q := (-1.0/11 + float64(z*(1.0/13))) + float64(z2*(-1.0/15+float64(z*(1.0/17))))
	p += float64(float64(z2*z2) * q)
	return fastTwoSum(x, float64(float64(x*z)*p)+(low-float64(z*low)))
}

// Atan is the arctangent of x, in radians.
func Atan(x float64) float64 {
	if x != x {
		return math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	hi, lo := atanPair(math.Abs(x), 0)
	return math.Copysign(hi+lo, x)
}

// Asin is the arcsine of x, in radians: the arctangent of x/√(1 − x²).
func Asin(x float64) float64 {
	size := math.Abs(x)
	switch {
	case !(size <= 1):
		return math.NaN()
	case size < 0x1p-27:
		return x
	case size == 1:
		return math.Copysign(halfPiHi, x)
	}
	square, least := product(size, size)
	square, lost := twoSum(1, -square)
	root, rest := rootPair(fastTwoSum(square, lost-least))
	hi, lo := atanPair(fastTwoSum(quotient(size, 0, root, rest)))
	return math.Copysign(hi+lo, x)
}

// Acos is the arccosine of x, in radians: twice the arctangent of √((1 − x)/(1 + x)).
func Acos(x float64) float64 {
	switch {
	case !(math.Abs(x) <= 1):
		return math.NaN()
	case x == 1:
		return 0
	case x == -1:
		return math.Pi
	}
	top, topLost := twoSum(1, -x)
	bottom, bottomLost := twoSum(1, x)
	q, lost := quotient(top, topLost, bottom, bottomLost)
	hi, lo := atanPair(rootPair(fastTwoSum(q, lost)))
	return 2 * (hi + lo)
}

// rootPair is √(x + low) as a sum, for x > 0.
func rootPair(x, low float64) (root, lost float64) {
	root = math.Sqrt(x)
	square, least := product(root, root)
	return fastTwoSum(root, (((x-square)-least)+low)/(2*root))
}
