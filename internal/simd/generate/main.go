// Generate writes the assembly of package simd: its inner loops. It is a module of its
// own, so that gdbench does not depend on the generator:
//
//	go generate ./internal/simd
//
// Every loop over vectors takes four numbers to a register and leaves a rest of fewer than four to its
// caller. None uses a fused multiplication and addition, and each does the operations of
// its portable version in the same order: the two give the same bits.
package main

import (
	"math"
	"strconv"
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
	addFour()
	sign := constant("sign", math.Copysign(0, -1))
	addAbs(sign)
	one := constant("one", 1)
	exp := exponential(one)
	loss := logisticLoss{sign, one, exp}
	products()
	next()
	logisticRows(loss)
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

// text begins the function that does the bulk of its namesake.
func text(name, signature string) {
	TEXT(name+"AVX2", NOSPLIT, signature)
	Doc(name + "AVX2 is the bulk of " + strings.ToUpper(name[:1]) + name[1:] + " for processors with AVX2.")
	Pragma("noescape")
}

// vector is the memory of a slice parameter from an index, in bytes, on.
func vector(name string, index Register) Mem {
	return Mem{Base: Load(Param(name).Base(), GP64()), Index: index, Scale: 1}
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

// store returns the sum of all lanes.
func (s sums) store() {
	high, low := XMM(), s[0].AsX()
	VADDPD(s[1], s[0], s[0])
	VEXTRACTF128(Imm(1), s[0], high)
	VHADDPD(high, low, low)
	VHADDPD(low, low, low)
	VZEROUPPER()
	Store(low, ReturnIndex(0))
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

// four holds the four rows whose multiples are added to g.
type four struct {
	g Mem
	s [4]VecVirtual
	x [4]Mem
}

// factors are the four numbers of a list that the rows are multiplied with.
func (f *four) factors(list Mem) {
	for r := range f.s {
		f.s[r] = YMM()
		VBROADCASTSD(list.Offset(8*r), f.s[r])
	}
}

// addOne is add to one number.
func (f four) addOne() {
	var p [4]VecVirtual
	for r := range p {
		p[r] = XMM()
		VMULSD(f.x[r], f.s[r].AsX(), p[r])
	}
	VADDSD(p[1], p[0], p[0])
	VADDSD(p[3], p[2], p[2])
	VADDSD(p[2], p[0], p[0])
	VADDSD(f.g, p[0], p[0])
	VMOVSD(p[0], f.g)
}

// add adds the products to the k-th four numbers in pairs, which do not wait for one another.
func (f four) add(k int) {
	at := 8 * lanes * k
	var p [4]VecVirtual
	for r := range p {
		p[r] = YMM()
		VMULPD(f.x[r].Offset(at), f.s[r], p[r])
	}
	VADDPD(p[1], p[0], p[0])
	VADDPD(p[3], p[2], p[2])
	VADDPD(p[2], p[0], p[0])
	VADDPD(f.g.Offset(at), p[0], p[0])
	VMOVUPD(p[0], f.g.Offset(at))
}

func addFour() {
	text("addFour", "func(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64)")
	i, end := zero(), bytes("g")
	f := four{g: vector("g", i)}
	for k := range f.s {
		digit := string(rune('0' + k))
		f.s[k], f.x[k] = broadcast("s"+digit), vector("x"+digit, i)
	}
	loop("four", i, end, lanes, func() { f.add(0) })
	VZEROUPPER()
	RET()
}

// matrix are the rows of a matrix, with two lists taken by fours: row k and the
// three that follow it in a list.
type matrix struct{ k, i Register }

// rows are four rows of a list, from column i on.
func (m matrix) rows(list string) (x [4]Mem) {
	numbers := Mem{Base: Load(Param(list), GP64()), Index: m.k, Scale: 4}
	for r := range x {
		at := GP64()
		MOVLQSX(numbers.Offset(4*r), at)
		IMULQ(Load(Param("columns"), GP64()), at)
		LEAQ(Mem{Base: Load(Param("values"), GP64()), Index: at, Scale: 8}, at)
		x[r] = Mem{Base: at, Index: m.i, Scale: 1}
	}
	return x
}

// products is four dot products at once, which share the numbers of y.
func products() {
	text("products", "func(z, values, y *float64, rows *int32, count, columns, ahead int)")
	byFours(nothing, storeProducts)
}

// nothing is done besides products.
func nothing(matrix) func(k int) { return func(int) {} }

// storeProducts writes four products into z.
func storeProducts(m matrix, _ [4]Mem, products VecVirtual) {
	VMOVUPD(products, Mem{Base: Load(Param("z"), GP64()), Index: m.k, Scale: 8})
}

// next is products, and adds four rows of another list besides: while it waits for the
// memory of the ones it adds the others.
func next() {
	text("next", "func(z, values, y *float64, rows *int32, count, columns, ahead int, dst, s *float64, before *int32)")
	byFours(func(m matrix) func(k int) {
		f := four{g: Mem{Base: Load(Param("dst"), GP64()), Index: m.i, Scale: 1}, x: m.rows("before")}
		f.factors(Mem{Base: Load(Param("s"), GP64()), Index: m.k, Scale: 8})
		return f.add
	}, storeProducts)
}

// logisticRows multiplies four rows after four with y, and adds to dst the multiples of them by the slopes
// of the logistic loss, of which it adds to the sums.
func logisticRows(loss logisticLoss) {
	text("logisticRows", "func(slopes *[4]float64, values, y *float64, rows *int32, count, columns, ahead int, dst, targets *float64, sums *[8]float64)")
	byFours(nothing, func(m matrix, x [4]Mem, products VecVirtual) {
		end := Load(Param("columns"), GP64())
		SHLQ(Imm(3), end)
		addRest(m, x, products, end)
		target, linear, product := YMM(), YMM(), YMM()
		VMOVUPD(Mem{Base: Load(Param("targets"), GP64()), Index: m.k, Scale: 8}, target)
		sums := Mem{Base: Load(Param("sums"), GP64())}
		VMOVUPD(sums, linear)
		VMOVUPD(sums.Offset(8*lanes), product)
		loss.slopes(products, target, linear, product)
		VMOVUPD(linear, sums)
		VMOVUPD(product, sums.Offset(8*lanes))
		slopes := Mem{Base: Load(Param("slopes"), GP64())}
		VMOVUPD(target, slopes)
		f := four{g: Mem{Base: Load(Param("dst"), GP64()), Index: m.i, Scale: 1}, x: x}
		f.factors(slopes)
		XORQ(m.i, m.i)
		loop("addEight", m.i, end, 2*lanes, func() {
			f.add(0)
			f.add(1)
		})
		loop("addFour", m.i, end, lanes, func() { f.add(0) })
		loop("addOne", m.i, end, 1, f.addOne)
	})
}

// addRest adds the products of the columns that fill no register, one by one, to those of four rows.
func addRest(m matrix, x [4]Mem, products VecVirtual, end Register) {
	y := Mem{Base: Load(Param("y"), GP64()), Index: m.i, Scale: 1}
	loop("rest", m.i, end, 1, func() {
		low, high, v := YMM(), XMM(), YMM()
		VMOVSD(x[0], low.AsX())
		VMOVHPD(x[1], low.AsX(), low.AsX())
		VMOVSD(x[2], high)
		VMOVHPD(x[3], high, high)
		VINSERTF128(Imm(1), high, low, low)
		VBROADCASTSD(y, v)
		VMULPD(v, low, low)
		VADDPD(low, products, products)
	})
}

// byFours multiplies four rows after four with y. With every four columns it does what
// begin returns, and finishes with the four products. It asks for memory some bytes ahead.
func byFours(begin func(matrix) (besides func(k int)), finish func(m matrix, x [4]Mem, products VecVirtual)) {
	m := matrix{zero(), GP64()}
	y := Mem{Base: Load(Param("y"), GP64()), Index: m.i, Scale: 1}
	Label("fourRows")
	x, besides := m.rows("rows"), begin(m)
	var dots [4]sums
	for r := range dots {
		dots[r] = newSums()
	}
	columns := func(k int) {
		v := load(k, y)
		for r := range dots {
			dots[r].add(k, x[r], v)
		}
		besides(k)
	}
	XORQ(m.i, m.i)
	soon, end := Load(Param("ahead"), GP64()), Load(Param("columns"), GP64())
	SHLQ(Imm(3), end)
	ANDQ(I32(-8*lanes), end)
	loop("eight", m.i, end, 2*lanes, func() {
		for r := range x {
			PREFETCHT0(Mem{Base: x[r].Base, Index: soon, Scale: 1})
		}
		columns(0)
		columns(1)
		ADDQ(Imm(8*2*lanes), soon)
	})
	loop("four", m.i, end, lanes, func() { columns(0) })
	finish(m, x, total(dots))
	ADDQ(Imm(4), m.k)
	CMPQ(m.k, Load(Param("count"), GP64()))
	JLT(LabelRef("fourRows"))
	VZEROUPPER()
	RET()
}

// columns adds the products of x and the columns of some rows to dst, or writes them where
// there is nothing yet. The last four columns overlap with others where fewer than four are left:
// their sums come out alike. Up to sixteen columns take one pass; of more, the last four are then
// added up first and written last.
func columns() {
	text("columnProducts", "func(dst, values, x *float64, width, rows, columns int, add bool)")
	c, width, stride := zero(), Load(Param("width"), GP64()), Load(Param("columns"), GP64())
	values, dst := Load(Param("values"), GP64()), Load(Param("dst"), GP64())
	SHLQ(Imm(3), width)
	SHLQ(Imm(3), stride)
	// add goes through the rows with the fours of columns that are at those places of each.
	add := func(label string, sums []VecVirtual, four func(base Register, k int) Mem) {
		for k := range sums {
			sums[k] = YMM()
			VXORPD(sums[k], sums[k], sums[k])
		}
		CMPB(Load(Param("add"), GP8()), Imm(0))
		JE(LabelRef(label + "Begin"))
		for k := range sums {
			VMOVUPD(four(dst, k), sums[k])
		}
		Label(label + "Begin")
		row, x, left := GP64(), Load(Param("x"), GP64()), Load(Param("rows"), GP64())
		MOVQ(values, row)
		Label(label + "Row")
		v := YMM()
		VBROADCASTSD(Mem{Base: x}, v)
		for k := range sums {
			product := YMM()
			VMULPD(four(row, k), v, product)
			VADDPD(product, sums[k], sums[k])
		}
		ADDQ(stride, row)
		ADDQ(Imm(8), x)
		DECQ(left)
		JNZ(LabelRef(label + "Row"))
	}
	here := func(base Register, k int) Mem { return Mem{Base: base, Index: c, Scale: 1, Disp: 8 * lanes * k} }
	last := func(base Register, _ int) Mem { return Mem{Base: base, Index: width, Scale: 1, Disp: -8 * lanes} }
	block := func(label string, registers int) {
		loop(label, c, width, registers*lanes, func() {
			sums := make([]VecVirtual, registers)
			add(label, sums, here)
			for k := range sums {
				VMOVUPD(sums[k], here(dst, k))
			}
		})
	}
	few := func(label string, registers int) {
		CMPQ(width, I32(int32(8*lanes*registers)))
		JG(LabelRef(label + "Over"))
		sums := make([]VecVirtual, registers)
		four := func(base Register, k int) Mem {
			if k == registers-1 {
				return last(base, k)
			}
			return here(base, k)
		}
		add(label, sums, four)
		for k := range sums {
			VMOVUPD(sums[k], four(dst, k))
		}
		JMP(LabelRef("done"))
		Label(label + "Over")
	}
	for registers, label := range []string{"uptoFour", "uptoEight", "uptoTwelve", "uptoSixteen"} {
		few(label, registers+1)
	}
	final := make([]VecVirtual, 1)
	TESTQ(I32(8*(lanes-1)), width)
	JZ(LabelRef("whole"))
	add("last", final, last)
	Label("whole")
	block("thirtyTwo", 8)
	block("eight", 2)
	block("four", 1)
	CMPQ(c, width)
	JE(LabelRef("done"))
	VMOVUPD(final[0], last(dst, 0))
	Label("done")
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
