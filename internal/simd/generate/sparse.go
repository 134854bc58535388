package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// sparse writes the loops over rows that are stored by their non-zeros.
func sparse() {
	gather()
	scatter()
}

// sparseRow is a row that is stored by its non-zeros: what is left of it.
type sparseRow struct {
	column, value Register // addresses
	left          Register // number of entries
}

// sparseRows goes through the rows of a list. Each begins, does four entries at a time as long as there
// are as many, turns to the rest, does those one by one and ends.
func sparseRows(begin func(k, from Register), fours func(sparseRow), turn func(), ones func(sparseRow), end func(k Register)) {
	k := zero()
	columns, values, offsets := Load(Param("columns"), GP64()), Load(Param("values"), GP64()), Load(Param("offsets"), GP64())
	Label("row")
	r := sparseRow{GP64(), GP64(), GP64()}
	from := GP64()
	MOVLQSX(Mem{Base: Load(Param("rows"), GP64()), Index: k, Scale: 4}, from)
	MOVQ(Mem{Base: offsets, Index: from, Scale: 8, Disp: 8}, r.left)
	MOVQ(Mem{Base: offsets, Index: from, Scale: 8}, from)
	SUBQ(from, r.left)
	LEAQ(Mem{Base: columns, Index: from, Scale: 4}, r.column)
	LEAQ(Mem{Base: values, Index: from, Scale: 8}, r.value)
	begin(k, from)
	step := func(label string, entries int, body func(sparseRow)) {
		SUBQ(Imm(uint64(entries)), r.left)
		JL(LabelRef(label + "End"))
		Label(label)
		body(r)
		ADDQ(Imm(uint64(4*entries)), r.column)
		ADDQ(Imm(uint64(8*entries)), r.value)
		SUBQ(Imm(uint64(entries)), r.left)
		JGE(LabelRef(label))
		Label(label + "End")
		ADDQ(Imm(uint64(entries)), r.left)
	}
	step("four", lanes, fours)
	turn()
	step("one", 1, ones)
	end(k)
	INCQ(k)
	CMPQ(k, Load(Param("count"), GP64()))
	JLT(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// soon is how many rows ahead memory is asked for.
const soon = 8

// later is how many entries a later row of the list is away from the k-th, which begins with the entry from;
// near the end of the list it is that row.
func later(k, from Register) Register {
	row, apart := GP64(), GP64()
	LEAQ(Mem{Base: k, Disp: soon}, row)
	CMPQ(row, Load(Param("count"), GP64()))
	CMOVQGE(k, row)
	MOVLQSX(Mem{Base: Load(Param("rows"), GP64()), Index: row, Scale: 4}, row)
	MOVQ(Mem{Base: Load(Param("offsets"), GP64()), Index: row, Scale: 8}, apart)
	SUBQ(from, apart)
	return apart
}

// prefetch asks for the entries of another row that are where those at hand are in this one.
func (r sparseRow) prefetch(apart Register) {
	PREFETCHT0(Mem{Base: r.value, Index: apart, Scale: 8})
	PREFETCHT0(Mem{Base: r.column, Index: apart, Scale: 4})
}

// at is the number of a dense vector in the column of the k-th entry that is left.
func (r sparseRow) at(vector Register, k int) Mem {
	column := GP64()
	MOVL(Mem{Base: r.column, Disp: 4 * k}, column.As32())
	return Mem{Base: vector, Index: column, Scale: 8}
}

// gather multiplies rows with a dense vector, in four sums of which the first takes the rest.
func gather() {
	text("gather", "func(z, w, values *float64, columns *int32, offsets *int, rows *int32, count int)")
	w, z := Load(Param("w"), GP64()), Load(Param("z"), GP64())
	sums, high := YMM(), XMM()
	var apart Register
	sparseRows(func(k, from Register) {
		VXORPD(sums, sums, sums)
		apart = later(k, from)
	}, func(r sparseRow) {
		r.prefetch(apart)
		low, upper := YMM(), XMM()
		VMOVSD(r.at(w, 0), low.AsX())
		VMOVHPD(r.at(w, 1), low.AsX(), low.AsX())
		VMOVSD(r.at(w, 2), upper)
		VMOVHPD(r.at(w, 3), upper, upper)
		VINSERTF128(Imm(1), upper, low, low)
		VMULPD(Mem{Base: r.value}, low, low)
		VADDPD(low, sums, sums)
	}, func() { VEXTRACTF128(Imm(1), sums, high) }, func(r sparseRow) {
		product := XMM()
		VMOVSD(r.at(w, 0), product)
		VMULSD(Mem{Base: r.value}, product, product)
		VADDSD(product, sums.AsX(), sums.AsX())
	}, func(k Register) {
		VHADDPD(high, sums.AsX(), sums.AsX())
		VHADDPD(sums.AsX(), sums.AsX(), sums.AsX())
		VMOVSD(sums.AsX(), Mem{Base: z, Index: k, Scale: 8})
	})
}

// scatter adds multiples of rows to a dense vector, entry after entry.
func scatter() {
	text("scatter", "func(dst, s, values *float64, columns *int32, offsets *int, rows *int32, count int)")
	g, s := Load(Param("dst"), GP64()), YMM()
	add := func(to Mem, product Register) {
		VADDSD(to, product, product)
		VMOVSD(product, to)
	}
	factors := Load(Param("s"), GP64())
	sparseRows(func(k, _ Register) { VBROADCASTSD(Mem{Base: factors, Index: k, Scale: 8}, s) }, func(r sparseRow) {
		low, second, third, fourth := YMM(), XMM(), XMM(), XMM()
		VMULPD(Mem{Base: r.value}, s, low)
		VEXTRACTF128(Imm(1), low, third)
		VUNPCKHPD(low.AsX(), low.AsX(), second)
		VUNPCKHPD(third, third, fourth)
		add(r.at(g, 0), low.AsX())
		add(r.at(g, 1), second)
		add(r.at(g, 2), third)
		add(r.at(g, 3), fourth)
	}, func() {}, func(r sparseRow) {
		product := XMM()
		VMULSD(Mem{Base: r.value}, s.AsX(), product)
		add(r.at(g, 0), product)
	}, func(Register) {})
}
