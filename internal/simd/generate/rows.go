package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// four holds the four rows whose multiples are added to g.
type four struct {
	g Mem
	s [4]VecVirtual
	x [4]Mem
}

// newFour are four rows to be added to g, whose factors are not yet known.
func newFour(g Mem, x [4]Mem) four {
	return four{g: g, s: [4]VecVirtual{YMM(), YMM(), YMM(), YMM()}, x: x}
}

// factors takes the four numbers of a list that the rows are multiplied with.
func (f four) factors(list Mem) {
	for r, s := range f.s {
		VBROADCASTSD(list.Offset(8*r), s)
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
	byFours(func(matrix) func(int) { return nothingFor })
}

// next is products, and adds four rows of another list besides: while it waits for the
// memory of the ones it adds the others.
func next() {
	text("next", "func(z, values, y *float64, rows *int32, count, columns, ahead int, dst, s *float64, before *int32)")
	byFours(func(m matrix) func(k int) {
		f := newFour(pointed("dst", m.i), m.rows("before"))
		f.factors(Mem{Base: Load(Param("s"), GP64()), Index: m.k, Scale: 8})
		return f.add
	})
}

// byFours multiplies four rows after four with y. With every four columns it does what
// begin returns. It asks for memory some bytes ahead.
func byFours(begin func(matrix) (besides func(k int))) {
	m := matrix{zero(), GP64()}
	y := pointed("y", m.i)
	Label("fourRows")
	x, besides := m.rows("rows"), begin(m)
	end := Load(Param("columns"), GP64())
	SHLQ(Imm(3), end)
	ANDQ(I32(-8*lanes), end)
	products := m.multiply("", x, y, end, prefetch(x), besides)
	VMOVUPD(products, Mem{Base: Load(Param("z"), GP64()), Index: m.k, Scale: 8})
	ADDQ(Imm(4), m.k)
	CMPQ(m.k, Load(Param("count"), GP64()))
	JLT(LabelRef("fourRows"))
	VZEROUPPER()
	RET()
}

// prefetch asks for the memory of four rows some bytes ahead, eight columns after eight.
func prefetch(x [4]Mem) (eight func()) {
	soon := Load(Param("ahead"), GP64())
	return func() {
		for r := range x {
			PREFETCHT0(Mem{Base: x[r].Base, Index: soon, Scale: 1})
		}
		ADDQ(Imm(8*2*lanes), soon)
	}
}

// multiply is the products of four rows and y, as far as columns fill registers before the end. It does
// one thing with every eight columns and another with every four.
func (m matrix) multiply(label string, x [4]Mem, y Mem, end Register, eight func(), besides func(k int)) VecVirtual {
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
	loop(label+"eight", m.i, end, 2*lanes, func() {
		eight()
		columns(0)
		columns(1)
	})
	loop(label+"four", m.i, end, lanes, func() { columns(0) })
	return total(dots)
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
