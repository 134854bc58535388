package elementary

import "math"

// Hypot is √(x² + y²), which overflows only if the result does. The squares are added
// without loss, so that only two roundings are left, that of their sum and that of its root.
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	if x < 0x1p500 && y < 0x1p500 && x > 0x1p-450 && y > 0x1p-450 {
		xh, yh := upper(x), upper(y)
		sum, lost := twoSum(float64(xh*xh), float64(yh*yh)) // of either order: sorting would cost a branch
		return math.Sqrt(sum + (lost + (float64((x-xh)*(x+xh)) + float64((y-yh)*(y+yh)))))
	}
	if x < y {
		x, y = y, x
	}
	return hypotAtEdge(x, y)
}

// hypot is Hypot for x ≥ y where no square over- or underflows.
func hypot(x, y float64) float64 {
	xh, yh := upper(x), upper(y)
	sum, lost := fastTwoSum(float64(xh*xh), float64(yh*yh))
	return math.Sqrt(sum + (lost + (float64((x-xh)*(x+xh)) + float64((y-yh)*(y+yh)))))
}

// hypotAtEdge is Hypot with huge, tiny and special numbers, in any order if one is NaN.
func hypotAtEdge(x, y float64) float64 {
	switch {
	case math.IsInf(x, 1) || math.IsInf(y, 1):
		return math.Inf(1)
	case x != x || y != y:
		return math.NaN()
	case y < float64(x*0x1p-60):
		return x
	case x >= 0x1p500:
		return float64(hypot(float64(x*0x1p-600), float64(y*0x1p-600)) * 0x1p600)
	case y > 0x1p-450:
		return hypot(x, y)
	case x == 0:
		return 0
	}
	return float64(hypot(float64(x*0x1p600), float64(y*0x1p600)) * 0x1p-600)
}
