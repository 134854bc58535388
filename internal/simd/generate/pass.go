package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// logisticPass is what each four rows of a logistic pass need.
type logisticPass struct {
	matrix
	loss   logisticLoss
	y      Mem
	end    Register // of the columns, in bytes
	x      [4]Mem
	before four // the four rows whose slopes are known, which are in the first cache: those of x or the ones before
}

const logisticParameters = "slopes *[4]float64, values, y *float64, rows *int32, count, columns int, dst, targets *float64, sums *[8]float64"

func newLogisticPass(loss logisticLoss) *logisticPass {
	m := matrix{zero(), GP64()}
	end := Load(Param("columns"), GP64())
	SHLQ(Imm(3), end)
	p := &logisticPass{matrix: m, loss: loss, y: pointed("y", m.i), end: end, x: m.rows("rows")}
	p.before = newFour(pointed("dst", m.i), p.x)
	return p
}

func nothing()       {}
func nothingFor(int) {}

// logisticRows multiplies four rows after four with y, and adds to dst the multiples of them by the slopes
// of the logistic loss, of which it adds to the sums. It adds four rows while it multiplies the next four, so that
// the products need not wait for the exponentials of the slopes.
func logisticRows(loss logisticLoss) {
	loopOf("LogisticPass", "logisticRows", "func("+logisticParameters+")")
	p := newLogisticPass(loss)
	p.multiply("first", nothing, nothingFor, nothing)
	for r := range p.before.x {
		p.before.x[r].Base = GP64()
	}
	Label("next")
	for r, x := range p.x {
		MOVQ(x.Base, p.before.x[r].Base)
	}
	ADDQ(Imm(4), p.k)
	CMPQ(p.k, Load(Param("count"), GP64()))
	JGE(LabelRef("last"))
	p.fetch()
	p.multiply("next", nothing, p.before.add, p.before.addOne)
	JMP(LabelRef("next"))
	Label("last")
	p.add()
	VZEROUPPER()
	RET()
}

// farLogisticRows does the same for rows that come from memory, for which it asks some bytes ahead: it adds four
// rows before it multiplies the next four, for which then nothing else has to wait.
func farLogisticRows(loss logisticLoss) {
	loopOf("LogisticPass", "farLogisticRows", "func("+logisticParameters+", ahead int)")
	p := newLogisticPass(loss)
	Label("next")
	p.multiply("next", prefetch(p.x), nothingFor, nothing)
	p.add()
	ADDQ(Imm(4), p.k)
	CMPQ(p.k, Load(Param("count"), GP64()))
	JGE(LabelRef("end"))
	p.fetch()
	JMP(LabelRef("next"))
	Label("end")
	VZEROUPPER()
	RET()
}

// fetch takes the next four rows of the list.
func (p *logisticPass) fetch() {
	for r, x := range p.rows("rows") {
		MOVQ(x.Base, p.x[r].Base)
	}
}

// add adds the rows before.
func (p *logisticPass) add() {
	XORQ(p.i, p.i)
	loop("addEight", p.i, p.end, 2*lanes, func() {
		p.before.add(0)
		p.before.add(1)
	})
	loop("addFour", p.i, p.end, lanes, func() { p.before.add(0) })
	loop("addOne", p.i, p.end, 1, p.before.addOne)
}

// multiply multiplies four rows with y and takes their slopes. It does one thing with every eight columns, another
// with every four, and a third with each that fills no register.
func (p *logisticPass) multiply(label string, eight func(), besides func(k int), besidesOne func()) {
	products := p.matrix.multiply(label, p.x, p.y, p.end, eight, besides)
	loop(label+"one", p.i, p.end, 1, func() {
		low, high, v := YMM(), XMM(), YMM()
		VBROADCASTSD(p.x[0], low) // the whole register, which so is free until here
		VMOVHPD(p.x[1], low.AsX(), low.AsX())
		VMOVSD(p.x[2], high)
		VMOVHPD(p.x[3], high, high)
		VINSERTF128(Imm(1), high, low, low)
		VBROADCASTSD(p.y, v)
		VMULPD(v, low, low)
		VADDPD(low, products, products)
		besidesOne()
	})
	p.slopes(products)
}

// slopes leaves the slopes of the loss at four products in the factors of the rows before.
func (p *logisticPass) slopes(products VecVirtual) {
	target, linear, product := YMM(), YMM(), YMM()
	VMOVUPD(Mem{Base: Load(Param("targets"), GP64()), Index: p.k, Scale: 8}, target)
	sums := Mem{Base: Load(Param("sums"), GP64())}
	VMOVUPD(sums, linear)
	VMOVUPD(sums.Offset(8*lanes), product)
	p.loss.slopes(products, target, linear, product)
	VMOVUPD(linear, sums)
	VMOVUPD(product, sums.Offset(8*lanes))
	slopes := Mem{Base: Load(Param("slopes"), GP64())}
	VMOVUPD(target, slopes)
	p.before.factors(slopes)
}
