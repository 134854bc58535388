// Package exact computes elementary functions in big floats. It is slow and plain: every
// function is a Taylor series after a reduction that is an identity. The tables of package
// elementary are made with it, and its functions are tested against it.
package exact

import "math/big"

// Precision is the number of bits of every result.
const Precision = 320

// Of is a number as a big float.
func Of(x float64) *big.Float { return number().SetFloat64(x) }

func number() *big.Float { return new(big.Float).SetPrec(Precision) }

func whole(k int64) *big.Float { return number().SetInt64(k) }

// Add is x + y.
func Add(x, y *big.Float) *big.Float { return number().Add(x, y) }

// Sub is x − y.
func Sub(x, y *big.Float) *big.Float { return number().Sub(x, y) }

// Mul is x·y.
func Mul(x, y *big.Float) *big.Float { return number().Mul(x, y) }

// Quo is x/y.
func Quo(x, y *big.Float) *big.Float { return number().Quo(x, y) }

// Sqrt is √x, for x ≥ 0.
func Sqrt(x *big.Float) *big.Float { return number().Sqrt(x) }

// Scale is x·2ᵏ.
func Scale(x *big.Float, k int) *big.Float { return number().SetMantExp(x, k) }

// Ln2 is the logarithm of 2, as 2·artanh(1/3).
var Ln2 = Scale(arc(Quo(whole(1), whole(3)), 1), 1)

// Ln10 is the logarithm of 10.
var Ln10 = Log(whole(10))

// arc is artanh(x) for sign 1 and arctan(x) for sign −1, by the series Σ (±1)ᵏx²ᵏ⁺¹/(2k + 1).
func arc(x *big.Float, sign int64) *big.Float {
	square := Mul(x, x)
	square.Mul(square, whole(sign))
	power, sum := number().Set(x), number().Set(x)
	for k := int64(3); significant(power, sum); k += 2 {
		power.Mul(power, square)
		sum.Add(sum, Quo(power, whole(k)))
	}
	return sum
}

// significant is whether a term can change a sum.
func significant(term, sum *big.Float) bool {
	return term.Sign() != 0 && term.MantExp(nil) > sum.MantExp(nil)-int(term.Prec())
}

// Exp is eˣ: the series at (x − k·ln 2)/2¹², squared twelve times.
func Exp(x *big.Float) *big.Float {
	if x.Sign() == 0 {
		return whole(1)
	}
	const squarings = 12
	k, _ := Quo(x, Ln2).Int64()
	r := Scale(Sub(x, Mul(whole(k), Ln2)), -squarings)
	sum, term := whole(1), whole(1)
	for n := int64(1); significant(term, sum); n++ {
		term.Mul(term, r).Quo(term, whole(n))
		sum.Add(sum, term)
	}
	for range squarings {
		sum.Mul(sum, sum)
	}
	return Scale(sum, int(k))
}

// Expm1 is eˣ − 1: by its series where the difference would cancel.
func Expm1(x *big.Float) *big.Float {
	if x.Sign() == 0 || x.MantExp(nil) > -20 {
		return Sub(Exp(x), whole(1))
	}
	sum, term := number().Set(x), number().Set(x)
	for n := int64(2); significant(term, sum); n++ {
		term.Mul(term, x).Quo(term, whole(n))
		sum.Add(sum, term)
	}
	return sum
}

// Log is the logarithm of x > 0: with x = m·2ᵏ, k·ln 2 + 2·artanh((m − 1)/(m + 1)).
func Log(x *big.Float) *big.Float {
	m := number()
	k := x.MantExp(m) // ½ ≤ m < 1
	if m.Cmp(Of(0.7)) < 0 {
		m, k = Scale(m, 1), k-1
	}
	sum := arc(Quo(Sub(m, whole(1)), Add(m, whole(1))), 1)
	return Add(Scale(sum, 1), Mul(whole(int64(k)), Ln2))
}

// Atan is the arctangent: the series after halving the angle six times.
func Atan(x *big.Float) *big.Float {
	const halvings = 6
	r := number().Set(x)
	for range halvings {
		r = Quo(r, Add(whole(1), Sqrt(Add(whole(1), Mul(r, r)))))
	}
	return Scale(arc(r, -1), halvings)
}

// Pi is π to so many bits, as 16·arctan(1/5) − 4·arctan(1/239) (Machin 1706).
func Pi(bits uint) *big.Float {
	inverse := func(n, times int64) *big.Float {
		at := func(k int64) *big.Float { return new(big.Float).SetPrec(bits + 32).SetInt64(k) }
		power, sum := new(big.Float).Quo(at(times), at(n)), new(big.Float)
		sum.Copy(power)
		for k := int64(3); significant(power, sum); k += 2 {
			power.Quo(power, at(-n*n))
			sum.Add(sum, new(big.Float).Quo(power, at(k)))
		}
		return sum
	}
	sum := inverse(5, 16)
	return new(big.Float).SetPrec(bits).Sub(sum, inverse(239, 4))
}

// pi serves the reduction of the greatest numbers, of 1024 bits before the point.
var pi = Pi(1024 + Precision + 128)

// SinCos are the sine and the cosine of x, by their series after a reduction by π/2.
func SinCos(x *big.Float) (sin, cos *big.Float) {
	half := new(big.Float).SetMantExp(pi, -1)
	turns, _ := new(big.Float).SetPrec(pi.Prec()).Quo(x, half).Int(nil)
	r := new(big.Float).SetPrec(pi.Prec()).SetInt(turns)
	r = number().Sub(x, r.Mul(r, half))
	sin, cos = series(r, 1), series(r, 0)
	switch new(big.Int).Mod(turns, big.NewInt(4)).Int64() {
	case 1:
		return cos, sin.Neg(sin)
	case 2:
		return sin.Neg(sin), cos.Neg(cos)
	case 3:
		return cos.Neg(cos), sin
	}
	return sin, cos
}

// series is Σ (−1)ᵏ r^(2k+odd)/(2k+odd)!.
func series(r *big.Float, odd int64) *big.Float {
	minus := Mul(r, r)
	minus.Neg(minus)
	term := whole(1)
	if odd == 1 {
		term.Set(r)
	}
	sum := number().Set(term)
	for n := odd + 2; significant(term, sum); n += 2 {
		term.Mul(term, minus).Quo(term, whole(n*(n-1)))
		sum.Add(sum, term)
	}
	return sum
}
