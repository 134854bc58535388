package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// group is the number of rows, or columns, that a factorization takes at a time.
const group = 8

// factors writes what a factorization needs besides the tiles.
func factors() {
	for _, s := range sets {
		s.divide()
		s.above()
	}
}

// divide completes a group of rows in a list of panels: register by register of their columns,
// the whole group in registers.
func (s set) divide() {
	TEXT("divide"+s.name, NOSPLIT, "func(c *float64, apart int, corner *float64, pivots *[8]float64, panels int)")
	Doc(fmt.Sprintf("divide%s is the bulk of divide for processors with %s.", s.name, s.name))
	Pragma("noescape")
	c, apart := Load(Param("c"), GP64()), Load(Param("apart"), GP64())
	corner, pivots := Mem{Base: Load(Param("corner"), GP64())}, Mem{Base: Load(Param("pivots"), GP64())}
	left := Load(Param("panels"), GP64())
	size := 8 * s.lanes
	SHLQ(Imm(3), apart)
	SUBQ(Imm(uint64(2*size)), apart)
	half := GP64()
	Label("panel")
	MOVQ(U32(2), half)
	Label("register")
	var rows [group]VecVirtual
	for r := range rows {
		rows[r] = s.register()
		VMOVUPD(Mem{Base: c}.Offset(2*size*r), rows[r])
		u, product := s.register(), s.register()
		for k := range r {
			VBROADCASTSD(corner.Offset(2*size*k+8*r), u)
			VMULPD(rows[k], u, product)
			VADDPD(product, rows[r], rows[r])
		}
		VBROADCASTSD(pivots.Offset(8*r), u)
		VDIVPD(u, rows[r], rows[r])
		VMOVUPD(rows[r], Mem{Base: c}.Offset(2*size*r))
	}
	ADDQ(Imm(uint64(size)), c)
	DECQ(half)
	JNZ(LabelRef("register"))
	ADDQ(apart, c)
	DECQ(left)
	JNZ(LabelRef("panel"))
	VZEROUPPER()
	RET()
}

// above adds the products of a group of columns with eight numbers to the eight sums of each row.
func (s set) above() {
	TEXT("above"+s.name, NOSPLIT, "func(sums, u *float64, x *[8]float64, rows int)")
	Doc(fmt.Sprintf("above%s is the bulk of backward for processors with %s.", s.name, s.name))
	Pragma("noescape")
	sums, u := Mem{Base: Load(Param("sums"), GP64())}, Mem{Base: Load(Param("u"), GP64())}
	x, left := Mem{Base: Load(Param("x"), GP64())}, Load(Param("rows"), GP64())
	size := 8 * s.lanes
	var xs []VecVirtual
	for p := range group / s.lanes {
		v := s.register()
		VMOVUPD(x.Offset(size*p), v)
		xs = append(xs, v)
	}
	Label("row")
	for p, v := range xs {
		product := s.register()
		VMULPD(u.Offset(size*p), v, product)
		VADDPD(sums.Offset(size*p), product, product)
		VMOVUPD(product, sums.Offset(size*p))
	}
	ADDQ(Imm(8*group), sums.Base)
	ADDQ(Imm(uint64(2*size)), u.Base)
	DECQ(left)
	JNZ(LabelRef("row"))
	VZEROUPPER()
	RET()
}
