package elementary

import "math"

// tanEntry is the middle c of a cell, tan c and cot c as sums.
type tanEntry struct{ middle, tan, tanLo, cot, cotLo float64 }

// Tan is the tangent of x in radians.
//
// Octaves from 1/8 have 16 cells each. With c the middle of that of the reduced x, d = x − c and
// t = tan d by a short Taylor polynomial, tan x is tan c + (1 + tan²c)·t/(1 − t·tan c), and cot x
// is cot c − (1 + cot²c)·t/(1 + t·cot c), so that only a small part of the result is rounded
// more than once.
func Tan(x float64) float64 {
	if !(math.Abs(x) <= math.MaxFloat64) {
		return math.NaN()
	}
	if math.Abs(x) < 0x1p-27 {
		return x
	}
	r, low, n := reduce(x)
	size := math.Abs(r)
	if size < 0.125 {
		v, rest := fastTwoSum(r, tanRest(r, low))
		if n&1 != 0 {
			v, rest = quotient(-1, 0, v, rest)
		}
		return v + rest
	}
	low = float64(low * math.Copysign(1, r))
	cell := &tanCell[(math.Float64bits(size)-0x3fc<<52)>>48]
	d := size - cell.middle
	z := float64(d * d)
	t := d + (low + float64(float64(d*z)*((1.0/3+float64(z*(2.0/15)))+float64(float64(z*z)*(17.0/315)))))
	var v float64
	if n&1 == 0 {
		v = cell.tan + (cell.tanLo + float64((1+float64(cell.tan*cell.tan))*t)/(1-float64(cell.tan*t)))
	} else {
		v = float64((1+float64(cell.cot*cell.cot))*t)/(1+float64(cell.cot*t)) - cell.cotLo
		v -= cell.cot
	}
	return math.Copysign(1, r) * v
}

// tanRest is tan(x + low) − x for |x| ≤ 1/8, by the Taylor polynomial of degree 17.
func tanRest(x, low float64) float64 {
	z := float64(x * x)
	z2 := float64(z * z)
	p := (1.0/3 + float64(z*(2.0/15))) + float64(z2*(17.0/315+float64(z*(62.0/2835))))
	q := (1382.0/155925 + float64(z*(21844.0/6081075))) + float64(z2*(929569.0/638512875+float64(z*(6404582.0/10854718875))))
	p += float64(float64(z2*z2) * q)
	return float64(float64(x*z)*p) + (low + float64(z*low))
}
