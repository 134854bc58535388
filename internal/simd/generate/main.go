// Generate writes the AVX2 versions of package simd's inner loops. It is a module of its
// own, so that gdbench does not depend on the generator:
//
//	go generate ./internal/simd
//
// Every loop takes four numbers to a register and leaves a rest of fewer than four to its
// caller. None uses a fused multiplication and addition, and each does the operations of
// its portable version in the same order: the two give the same bits.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const lanes = 4 // numbers in a register

func main() {
	ConstraintExpr("amd64")
	dot()
	addOne()
	addFour()
	exp()
	Generate()
}

// text begins the function that does what its portable namesake does.
func text(name, signature string) {
	TEXT(name+"AVX2", NOSPLIT, signature)
	Doc(name + "AVX2 is " + name + "Portable for processors with AVX2.")
	Pragma("noescape")
}

// vector is the memory of a slice parameter.
func vector(name string) Mem { return Mem{Base: Load(Param(name).Base(), GP64())} }

// broadcast fills a register with a parameter.
func broadcast(name string) VecVirtual {
	y := YMM()
	m, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSD(m.Addr, y)
	return y
}

// loop repeats a body for as long as step numbers are left, and moves the vectors on by
// as many.
func loop(label string, left Register, step int, vectors []Mem, body func()) {
	Label(label)
	CMPQ(left, Imm(uint64(step)))
	JL(LabelRef(label + "End"))
	body()
	for _, v := range vectors {
		ADDQ(Imm(uint64(8*step)), v.Base)
	}
	SUBQ(Imm(uint64(step)), left)
	JMP(LabelRef(label))
	Label(label + "End")
}

// dot keeps sixteen partial sums in four registers, so that one addition need not wait
// for the one before.
func dot() {
	text("dot", "func(x, y []float64) float64")
	x, y := vector("x"), vector("y")
	left := Load(Param("x").Len(), GP64())
	var sums [4]VecVirtual
	for k := range sums {
		sums[k] = YMM()
		VXORPD(sums[k], sums[k], sums[k])
	}
	add := func(k int) {
		product := YMM()
		VMOVUPD(x.Offset(8*lanes*k), product)
		VMULPD(y.Offset(8*lanes*k), product, product)
		VADDPD(product, sums[k], sums[k])
	}
	loop("sixteen", left, len(sums)*lanes, []Mem{x, y}, func() {
		for k := range sums {
			add(k)
		}
	})
	loop("four", left, lanes, []Mem{x, y}, func() { add(0) })
	VADDPD(sums[1], sums[0], sums[0])
	VADDPD(sums[3], sums[2], sums[2])
	VADDPD(sums[2], sums[0], sums[0])
	high, low := XMM(), sums[0].AsX()
	VEXTRACTF128(Imm(1), sums[0], high)
	VADDPD(high, low, low)
	VPERMILPD(Imm(1), low, high)
	VADDSD(high, low, low)
	VZEROUPPER()
	Store(low, ReturnIndex(0))
	RET()
}

func addOne() {
	text("addOne", "func(g []float64, s float64, x []float64)")
	g, x := vector("g"), vector("x")
	left, s := Load(Param("g").Len(), GP64()), broadcast("s")
	loop("four", left, lanes, []Mem{g, x}, func() {
		product := YMM()
		VMULPD(x, s, product)
		VADDPD(g, product, product)
		VMOVUPD(product, g)
	})
	VZEROUPPER()
	RET()
}

// addFour adds the products in pairs, which do not wait for one another.
func addFour() {
	text("addFour", "func(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64)")
	g := vector("g")
	left := Load(Param("g").Len(), GP64())
	var s [4]VecVirtual
	var x [4]Mem
	for k := range s {
		digit := string(rune('0' + k))
		s[k], x[k] = broadcast("s"+digit), vector("x"+digit)
	}
	loop("four", left, lanes, []Mem{g, x[0], x[1], x[2], x[3]}, func() {
		var p [4]VecVirtual
		for k := range p {
			p[k] = YMM()
			VMULPD(x[k], s[k], p[k])
		}
		VADDPD(p[1], p[0], p[0])
		VADDPD(p[3], p[2], p[2])
		VADDPD(p[2], p[0], p[0])
		VADDPD(g, p[0], p[0])
		VMOVUPD(p[0], g)
	})
	VZEROUPPER()
	RET()
}

// constant is the memory of a register with one number in all lanes.
func constant(name string, value float64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for k := range lanes {
		DATA(8*k, U64(math.Float64bits(value)))
	}
	return m
}

// exp is written out beside its portable version, in exp.go.
func exp() {
	least, most := constant("least", -750), constant("most", 710)
	log2e, shifter := constant("log2e", math.Log2E), constant("shifter", 0x1.8p52)
	ln2Hi, ln2Lo := constant("ln2Hi", 0x1.62e42feep-1), constant("ln2Lo", 0x1.a39ef35793c76p-33)
	one, bias := constant("one", 1), constant("bias", math.Float64frombits(1023))
	var factorials [14]Mem
	value := 1.0
	for k := 1; k < len(factorials); k++ {
		value *= float64(k)
		factorials[k] = constant("factorial"+string(rune('A'+k)), 1/value)
	}

	text("exp", "func(dst, x []float64)")
	dst, x := vector("dst"), vector("x")
	left := Load(Param("dst").Len(), GP64())
	loop("four", left, lanes, []Mem{dst, x}, func() {
		v, k, r, lost, p, t := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
		VMOVUPD(x, v)
		VMOVUPD(least, t) // of two operands the maximum is the second if one is NaN
		VMAXPD(v, t, v)
		VMOVUPD(most, t)
		VMINPD(v, t, v)
		VMULPD(log2e, v, k)
		VADDPD(shifter, k, k)
		VSUBPD(shifter, k, t)
		VMULPD(ln2Hi, t, p)
		VSUBPD(p, v, v)
		VMULPD(ln2Lo, t, p)
		VSUBPD(p, v, r)
		VSUBPD(r, v, lost)
		VSUBPD(p, lost, lost)
		VMOVUPD(factorials[13], p)
		for n := 12; n >= 2; n-- {
			VMULPD(r, p, p)
			VADDPD(factorials[n], p, p)
		}
		VMULPD(r, r, t)
		VMULPD(t, p, p)
		VADDPD(lost, p, p)
		VADDPD(r, p, p)
		VADDPD(one, p, p)
		half := YMM()
		VPSRAD(Imm(1), k, half)
		VPSUBD(half, k, k)
		for _, power := range []VecVirtual{half, k} {
			VPADDQ(bias, power, power)
			VPSLLQ(Imm(52), power, power)
			VMULPD(power, p, p)
		}
		VMOVUPD(p, dst)
	})
	VZEROUPPER()
	RET()
}
