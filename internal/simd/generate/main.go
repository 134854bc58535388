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
	"strings"

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
	dotFourAddFour()
	exp()
	Generate()
}

// text begins the function that does the bulk of its namesake.
func text(name, signature string) {
	TEXT(name+"AVX2", NOSPLIT, signature)
	Doc(name + "AVX2 is the bulk of " + strings.ToUpper(name[:1]) + name[1:] + " for processors with AVX2.")
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

// stride is how far a turn of a loop goes: over so many of the numbers left in some vectors.
type stride struct {
	left    Register
	numbers int
	vectors []Mem
}

// loop repeats a body for as long as there is enough left for every stride.
func loop(label string, body func(), strides ...stride) {
	Label(label)
	for _, s := range strides {
		CMPQ(s.left, Imm(uint64(s.numbers)))
		JL(LabelRef(label + "End"))
	}
	body()
	for _, s := range strides {
		for _, v := range s.vectors {
			ADDQ(Imm(uint64(8*s.numbers)), v.Base)
		}
		SUBQ(Imm(uint64(s.numbers)), s.left)
	}
	JMP(LabelRef(label))
	Label(label + "End")
}

// sums are the sixteen partial sums of a dot product, in four registers, so that one
// addition need not wait for the one before.
type sums [4]VecVirtual

func newSums() (s sums) {
	for k := range s {
		s[k] = YMM()
		VXORPD(s[k], s[k], s[k])
	}
	return s
}

// add adds the products of four numbers of x and y, the k-th four, to the k-th sums.
func (s sums) add(k int, x, y Mem) {
	product := YMM()
	VMOVUPD(x.Offset(8*lanes*k), product)
	VMULPD(y.Offset(8*lanes*k), product, product)
	VADDPD(product, s[k], s[k])
}

func (s sums) addSixteen(x, y Mem) {
	for k := range s {
		s.add(k, x, y)
	}
}

// reduce adds up the sums and puts the result in the lowest place of the register that is
// returned.
func (s sums) reduce() VecVirtual {
	VADDPD(s[1], s[0], s[0])
	VADDPD(s[3], s[2], s[2])
	VADDPD(s[2], s[0], s[0])
	high, low := XMM(), s[0].AsX()
	VEXTRACTF128(Imm(1), s[0], high)
	VADDPD(high, low, low)
	VPERMILPD(Imm(1), low, high)
	total := XMM()
	VADDSD(high, low, total)
	return total
}

func dot() {
	text("dot", "func(x, y []float64) float64")
	x, y, sums := vector("x"), vector("y"), newSums()
	left := Load(Param("x").Len(), GP64())
	loop("sixteen", func() { sums.addSixteen(x, y) }, stride{left, 4 * lanes, []Mem{x, y}})
	loop("four", func() { sums.add(0, x, y) }, stride{left, lanes, []Mem{x, y}})
	total := sums.reduce()
	VZEROUPPER()
	Store(total, ReturnIndex(0))
	RET()
}

func addOne() {
	text("addOne", "func(g []float64, s float64, x []float64)")
	g, x := vector("g"), vector("x")
	left, s := Load(Param("g").Len(), GP64()), broadcast("s")
	loop("four", func() {
		product := YMM()
		VMULPD(x, s, product)
		VADDPD(g, product, product)
		VMOVUPD(product, g)
	}, stride{left, lanes, []Mem{g, x}})
	VZEROUPPER()
	RET()
}

// four are four rows of which multiples are added to g.
type four struct {
	g Mem
	s [4]VecVirtual
	x [4]Mem
}

func (f four) vectors() []Mem { return append([]Mem{f.g}, f.x[:]...) }

// add adds the products in pairs, which do not wait for one another.
func (f four) add() {
	var p [4]VecVirtual
	for k := range p {
		p[k] = YMM()
		VMULPD(f.x[k], f.s[k], p[k])
	}
	VADDPD(p[1], p[0], p[0])
	VADDPD(p[3], p[2], p[2])
	VADDPD(p[2], p[0], p[0])
	VADDPD(f.g, p[0], p[0])
	VMOVUPD(p[0], f.g)
}

func addFour() {
	text("addFour", "func(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64)")
	f := four{g: vector("g")}
	for k := range f.s {
		digit := string(rune('0' + k))
		f.s[k], f.x[k] = broadcast("s"+digit), vector("x"+digit)
	}
	loop("four", f.add, stride{Load(Param("g").Len(), GP64()), lanes, f.vectors()})
	VZEROUPPER()
	RET()
}

// dotFourAddFour adds four numbers to g with every sixteen that it multiplies, and thereby
// waits for the memory of x once, and not between the additions too.
func dotFourAddFour() {
	text("dotFourAddFour", "func(z *float64, x0, x1, x2, x3, y *float64, n int, dst, s, a0, a1, a2, a3 *float64)")
	at := func(name string) Mem { return Mem{Base: Load(Param(name), GP64())} }
	f, s := four{g: at("dst")}, at("s")
	for k := range f.s {
		f.s[k], f.x[k] = YMM(), at("a"+string(rune('0'+k)))
		VBROADCASTSD(s.Offset(8*k), f.s[k])
	}
	z, adding := at("z"), stride{Load(Param("n"), GP64()), lanes, f.vectors()}
	for k := range 4 {
		digit := string(rune('0' + k))
		x, y, left, sums := at("x"+digit), at("y"), Load(Param("n"), GP64()), newSums()
		loop("both"+digit, func() {
			sums.addSixteen(x, y)
			f.add()
		}, stride{left, 4 * lanes, []Mem{x, y}}, adding)
		loop("four"+digit, func() { sums.add(0, x, y) }, stride{left, lanes, []Mem{x, y}})
		VMOVSD(sums.reduce(), z.Offset(8*k))
	}
	loop("adding", f.add, adding)
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
	loop("four", func() {
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
	}, stride{left, lanes, []Mem{dst, x}})
	VZEROUPPER()
	RET()
}
