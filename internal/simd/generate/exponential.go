package main

import (
	"math"
	"strconv"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// exponential replaces numbers ≤ 0 by their exponentials. It is written out beside its
// portable version, exp.
func exponential(one Mem) func(v VecVirtual) {
	least, log2e, shifter := constant("least", -750), constant("log2e", math.Log2E), constant("shifter", 0x1.8p52)
	ln2Hi, ln2Lo := constant("ln2Hi", 0x1.62e42feep-1), constant("ln2Lo", 0x1.a39ef35793c76p-33)
	bias := constant("bias", math.Float64frombits(1023))
	var inverse [14]Mem // of the factorials from 2! on
	factorial := 1.0
	for k := 2; k < len(inverse); k++ {
		factorial *= float64(k)
		inverse[k] = constant("inverseFactorial"+strconv.Itoa(k), 1/factorial)
	}
	return func(v VecVirtual) {
		k, r, lost, p, t := YMM(), YMM(), YMM(), YMM(), YMM()
		VMOVUPD(least, t) // of two operands the maximum is the second if one is NaN
		VMAXPD(v, t, v)
		VMULPD(log2e, v, k)
		VADDPD(shifter, k, k)
		VSUBPD(shifter, k, t)
		VMULPD(ln2Hi, t, p)
		VSUBPD(p, v, v)
		VMULPD(ln2Lo, t, p)
		VSUBPD(p, v, r)
		VSUBPD(r, v, lost)
		VSUBPD(p, lost, lost)
		square, odd := YMM(), YMM()
		VMULPD(r, r, square)
		VMOVUPD(inverse[12], p)
		VMOVUPD(inverse[13], odd)
		for n := 10; n >= 2; n -= 2 {
			VMULPD(square, p, p)
			VADDPD(inverse[n], p, p)
			VMULPD(square, odd, odd)
			VADDPD(inverse[n+1], odd, odd)
		}
		VMULPD(r, odd, odd)
		VADDPD(odd, p, p)
		VMULPD(square, p, p)
		sum, rest := YMM(), YMM()
		VADDPD(one, r, sum)
		VMOVUPD(one, rest)
		VSUBPD(sum, rest, rest)
		VADDPD(r, rest, rest)
		VMULPD(sum, lost, lost)
		VADDPD(lost, rest, rest)
		VADDPD(p, rest, rest)
		VADDPD(rest, sum, v)
		half := YMM()
		VPSRAD(Imm(1), k, half)
		VPSUBD(half, k, k)
		for _, power := range []VecVirtual{half, k} {
			VPADDQ(bias, power, power)
			VPSLLQ(Imm(52), power, power)
			VMULPD(power, v, v)
		}
	}
}

func exponentials(exp func(VecVirtual)) {
	text("exponentials", "func(x []float64)")
	i, end := zero(), bytes("x")
	x := vector("x", i)
	loop("four", i, end, lanes, func() {
		v := YMM()
		VMOVUPD(x, v)
		exp(v)
		VMOVUPD(v, x)
	})
	VZEROUPPER()
	RET()
}

// logisticLoss is the logistic loss of four samples at once.
type logisticLoss struct {
	sign, one Mem
	exp       func(VecVirtual)
}

// slopes replaces targets by the slopes at some margins, and adds to the sums of Logistics.
func (l logisticLoss) slopes(z Op, target, linear, product VecVirtual) {
	margin, e, factor, negative, none := YMM(), YMM(), YMM(), YMM(), YMM()
	VMULPD(z, target, margin)
	VORPD(l.sign, margin, e)
	l.exp(e)
	VADDPD(l.one, e, factor)
	VMULPD(factor, product, product)
	VADDPD(e, product, product)
	VXORPD(l.sign, margin, negative)
	VXORPD(none, none, none)
	VMAXPD(negative, none, negative)
	VADDPD(negative, linear, linear)
	VBLENDVPD(margin, l.one, e, e)
	VMULPD(e, target, target)
	VDIVPD(factor, target, target)
	VXORPD(l.sign, target, target)
}

func logistic(loss logisticLoss) {
	text("logistic", "func(z, y, slopes []float64, sums *[8]float64)")
	i, end := zero(), bytes("z")
	z, y, slopes := vector("z", i), vector("y", i), vector("slopes", i)
	sums := Mem{Base: Load(Param("sums"), GP64())}
	linear, product := YMM(), YMM()
	VMOVUPD(sums, linear)
	VMOVUPD(sums.Offset(8*lanes), product)
	loop("four", i, end, lanes, func() {
		target := YMM()
		VMOVUPD(y, target)
		loss.slopes(z, target, linear, product)
		VMOVUPD(target, slopes)
	})
	VMOVUPD(linear, sums)
	VMOVUPD(product, sums.Offset(8*lanes))
	VZEROUPPER()
	RET()
}
