package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// packs writes what fills panels of products.
func packs() {
	for _, width := range []int{4, 8, 16} {
		packRows(width)
	}
	packColumns()
}

// packRows copies rows of so many numbers, which are apart in B, behind one another.
func packRows(width int) {
	name := fmt.Sprintf("packRows%dAVX2", width)
	TEXT(name, NOSPLIT, "func(panel, b *float64, row, k int)")
	Doc(fmt.Sprintf("%s copies k rows of %d numbers, for processors with AVX2.", name, width))
	Pragma("noescape")
	panel, b := Mem{Base: Load(Param("panel"), GP64())}, Mem{Base: Load(Param("b"), GP64())}
	row, left := Load(Param("row"), GP64()), Load(Param("k"), GP64())
	SHLQ(Imm(3), row)
	Label("row")
	for p := range width / lanes {
		VMOVUPD(load(p, b), panel.Offset(8*lanes*p))
	}
	ADDQ(row, b.Base)
	ADDQ(Imm(uint64(8*width)), panel.Base)
	DECQ(left)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}

// packColumns copies four columns, whose numbers are neighbours in B, four rows at a time.
func packColumns() {
	TEXT("packColumnsAVX2", NOSPLIT, "func(panel *float64, width int, b *float64, column, fours int)")
	Doc("packColumnsAVX2 transposes four rows of B by fours into four columns of a panel, for processors with AVX2.")
	Pragma("noescape")
	panel, width := Load(Param("panel"), GP64()), Load(Param("width"), GP64())
	b, column, left := Load(Param("b"), GP64()), Load(Param("column"), GP64()), Load(Param("fours"), GP64())
	SHLQ(Imm(3), width)
	SHLQ(Imm(3), column)
	to, _ := rowsFrom(panel, width, 4)
	from, _ := rowsFrom(b, column, 4)
	Label("four")
	var x, pairs [4]VecVirtual
	for c := range x {
		x[c], pairs[c] = YMM(), YMM()
		VMOVUPD(from[c], x[c])
	}
	VUNPCKLPD(x[1], x[0], pairs[0])
	VUNPCKHPD(x[1], x[0], pairs[1])
	VUNPCKLPD(x[3], x[2], pairs[2])
	VUNPCKHPD(x[3], x[2], pairs[3])
	for l, halves := range []uint64{0x20, 0x20, 0x31, 0x31} {
		VPERM2F128(Imm(halves), pairs[2+l%2], pairs[l%2], x[l])
		VMOVUPD(x[l], to[l])
	}
	ADDQ(Imm(8*lanes), b)
	LEAQ(Mem{Base: panel, Index: width, Scale: 4}, panel)
	DECQ(left)
	JNZ(LabelRef("four"))
	VZEROUPPER()
	RET()
}
