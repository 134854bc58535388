// Generate writes the assembly of package simd: its inner loops. It is a module of its
// own, so that gdbench does not depend on the generator:
//
//	go generate ./internal/simd
//
// Most loops over vectors take four numbers to a register and leave a rest of fewer than four to their
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
	processor()
	dot()
	addOne()
	addDot()
	secant()
	addFour()
	sign := constant("sign", math.Copysign(0, -1))
	addAbs(sign)
	one := constant("one", 1)
	exp := exponential(one)
	loss := logisticLoss{sign, one, exp}
	products()
	next()
	logisticRows(loss)
	farLogisticRows(loss)
	columns()
	sparse()
	logistic(loss)
	exponentials(exp)
	stepByRoots()
	packs()
	tiles()
	factors()
	Generate()
}

// processor asks who made this processor, and its family.
func processor() {
	TEXT("processor", NOSPLIT, "func() (vendor, signature uint32)")
	Doc("processor is the last four letters of the vendor's name and the signature of the processor.")
	XORL(EAX, EAX)
	CPUID()
	Store(ECX, Return("vendor"))
	MOVL(U32(1), EAX)
	CPUID()
	Store(EAX, Return("signature"))
	RET()
}

// text begins the function with the inner loop of its namesake.
func text(name, signature string) {
	loopOf(strings.ToUpper(name[:1])+name[1:], name, signature)
}

// loopOf begins a function with an inner loop of another.
func loopOf(of, name, signature string) {
	TEXT(name+"AVX2", NOSPLIT, signature)
	Doc(name + "AVX2 is the inner loop of " + of + " for processors with AVX2.")
	Pragma("noescape")
}

// vector is the memory of a slice parameter from an index, in bytes, on.
func vector(name string, index Register) Mem {
	return Mem{Base: Load(Param(name).Base(), GP64()), Index: index, Scale: 1}
}

// pointed is the memory behind a pointer parameter from an index, in bytes, on.
func pointed(name string, index Register) Mem {
	return Mem{Base: Load(Param(name), GP64()), Index: index, Scale: 1}
}

// zero is a register with 0 in it, for an index.
func zero() Register {
	index := GP64()
	XORQ(index, index)
	return index
}

// bytes is how many bytes there are in the numbers of a slice parameter.
func bytes(name string) Register {
	size := Load(Param(name).Len(), GP64())
	SHLQ(Imm(3), size)
	return size
}

// parameter is where a parameter lies.
func parameter(name string) Mem {
	p, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return p.Addr
}

// constant is the memory of a register with one number in all lanes.
func constant(name string, value float64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for k := range lanes {
		DATA(8*k, U64(math.Float64bits(value)))
	}
	return m
}

// broadcast fills a register with a parameter.
func broadcast(name string) VecVirtual {
	y := YMM()
	VBROADCASTSD(parameter(name), y)
	return y
}

// loop repeats a body, which takes so many numbers from index on, while as many are left
// before the end.
func loop(label string, index, end Register, numbers int, body func()) {
	SUBQ(I32(int32(8*numbers)), end) // the last index at which the body may start
	JMP(LabelRef(label + "Check"))
	Label(label)
	body()
	ADDQ(I32(int32(8*numbers)), index)
	Label(label + "Check")
	CMPQ(index, end)
	JLE(LabelRef(label))
	ADDQ(I32(int32(8*numbers)), end)
}

// sums are the eight partial sums of a dot product, in two registers, so that one addition
// need not wait for the one before.
type sums [2]VecVirtual

func newSums() (s sums) {
	for k := range s {
		s[k] = YMM()
		VXORPD(s[k], s[k], s[k])
	}
	return s
}

// add adds the products of y and the k-th four numbers of x to the k-th sums.
func (s sums) add(k int, x Mem, y VecVirtual) {
	product := YMM()
	VMULPD(x.Offset(8*lanes*k), y, product)
	VADDPD(product, s[k], s[k])
}

// total is a register with four dot products, (l₀ + l₁) + (l₂ + l₃) of the lanes of each, as
// in Dot.
func total(dots [4]sums) VecVirtual {
	for _, s := range dots {
		VADDPD(s[1], s[0], s[0])
	}
	VHADDPD(dots[1][0], dots[0][0], dots[0][0])
	VHADDPD(dots[3][0], dots[2][0], dots[2][0])
	first, last := YMM(), YMM()
	VPERM2F128(Imm(0x20), dots[2][0], dots[0][0], first)
	VPERM2F128(Imm(0x31), dots[2][0], dots[0][0], last)
	VADDPD(last, first, first)
	return first
}

// load fills a register with the k-th four numbers of x.
func load(k int, x Mem) VecVirtual {
	v := YMM()
	VMOVUPD(x.Offset(8*lanes*k), v)
	return v
}

func dot() {
	text("dot", "func(x, y []float64) float64")
	i, end, sums := zero(), bytes("x"), newSums()
	x, y := vector("x", i), vector("y", i)
	loop("eight", i, end, 2*lanes, func() {
		for k := range sums {
			sums.add(k, x, load(k, y))
		}
	})
	loop("four", i, end, lanes, func() { sums.add(0, x, load(0, y)) })
	sums.store()
}

// join leaves the sum of all lanes in the first.
func (s sums) join() {
	high, low := XMM(), s[0].AsX()
	VADDPD(s[1], s[0], s[0])
	VEXTRACTF128(Imm(1), s[0], high)
	VHADDPD(high, low, low)
	VHADDPD(low, low, low)
}

// store returns the sum of all lanes.
func (s sums) store() {
	s.join()
	VZEROUPPER()
	Store(s[0].AsX(), ReturnIndex(0))
	RET()
}

func addOne() {
	text("addOne", "func(g []float64, s float64, x []float64)")
	i, end, s := zero(), bytes("g"), broadcast("s")
	g, x := vector("g", i), vector("x", i)
	loop("four", i, end, lanes, func() {
		product := YMM()
		VMULPD(x, s, product)
		VADDPD(g, product, product)
		VMOVUPD(product, g)
	})
	VZEROUPPER()
	RET()
}

// addDot adds as addOne does and multiplies what comes of it as dot does.
func addDot() {
	text("addDot", "func(g []float64, s float64, x, y []float64) float64")
	i, end, sums, s := zero(), bytes("g"), newSums(), broadcast("s")
	g, x, y := vector("g", i), vector("x", i), vector("y", i)
	add := func(k int) {
		v := YMM()
		VMULPD(x.Offset(8*lanes*k), s, v)
		VADDPD(g.Offset(8*lanes*k), v, v)
		VMOVUPD(v, g.Offset(8*lanes*k))
		sums.add(k, y, v)
	}
	loop("eight", i, end, 2*lanes, func() {
		for k := range sums {
			add(k)
		}
	})
	loop("four", i, end, lanes, func() { add(0) })
	sums.store()
}

// addAbs leaves sums of eight lanes as dot does.
func addAbs(sign Mem) {
	text("addAbs", "func(g, x []float64) float64")
	i, end, sums, signs := zero(), bytes("g"), newSums(), YMM()
	VMOVUPD(sign, signs)
	g, x := vector("g", i), vector("x", i)
	add := func(k int) {
		v, sum := YMM(), YMM()
		VANDNPD(x.Offset(8*lanes*k), signs, v)
		VADDPD(v, sums[k], sums[k])
		VADDPD(g.Offset(8*lanes*k), v, sum)
		VMOVUPD(sum, g.Offset(8*lanes*k))
	}
	loop("eight", i, end, 2*lanes, func() {
		for k := range sums {
			add(k)
		}
	})
	loop("four", i, end, lanes, func() { add(0) })
	sums.store()
}

// stepByRoots divides by roots of four numbers at a time.
func stepByRoots() {
	text("stepByRoots", "func(x []float64, lr float64, m, v []float64, root, eps float64)")
	i, end := zero(), bytes("x")
	x, m, v := vector("x", i), vector("m", i), vector("v", i)
	lr, root, eps, none := broadcast("lr"), broadcast("root"), broadcast("eps"), YMM()
	VXORPD(none, none, none)
	loop("four", i, end, lanes, func() {
		step, d, still := YMM(), YMM(), YMM()
		VSQRTPD(v, d)
		VDIVPD(root, d, d)
		VADDPD(eps, d, d)
		VMULPD(m, lr, step)
		VCMPPD(Imm(0), none, step, still) // equal
		VDIVPD(d, step, step)
		VANDNPD(step, still, step)
		VMOVUPD(x, d)
		VSUBPD(step, d, d)
		VMOVUPD(d, x)
	})
	VZEROUPPER()
	RET()
}
