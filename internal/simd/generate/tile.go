package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// set is a set of instructions with its registers for numbers.
type set struct {
	name     string
	lanes    int
	register func() VecVirtual
	rows     []int // of the tiles, most first
}

var sets = []set{
	{"AVX2", 4, YMM, []int{6, 4, 2, 1}}, // of six rows the sums leave four registers
	{"AVX512", 8, ZMM, []int{8, 4, 2, 1}},
}

// tiles writes, for each number of rows, the product of rows of A with a panel of B of two
// registers' columns. A whole tile of sums stays in registers for all k.
func tiles() {
	for _, s := range sets {
		for _, rows := range s.rows {
			s.tile(rows)
		}
	}
}

// rowsFrom are the addresses of up to eight rows, a stride apart.
func rowsFrom(base, stride Register, rows int) (at []Mem, bases []Register) {
	three := GP64()
	if rows > 2 {
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, three)
	}
	for r := range rows {
		if r%4 == 0 {
			bases = append(bases, base)
			if r > 0 {
				bases[r/4] = GP64()
				LEAQ(Mem{Base: base, Index: stride, Scale: 4}, bases[r/4])
			}
		}
		from := bases[r/4]
		switch r % 4 {
		case 0:
			at = append(at, Mem{Base: from})
		case 3:
			at = append(at, Mem{Base: from, Index: three, Scale: 1})
		default:
			at = append(at, Mem{Base: from, Index: stride, Scale: uint8(r % 4)})
		}
	}
	return at, bases
}

func (s set) tile(rows int) {
	const registers = 2
	name := fmt.Sprintf("tile%d%s", rows, s.name)
	TEXT(name, NOSPLIT, "func(c *float64, stride int, a *float64, row, column int, panel *float64, k, count int, add bool)")
	Doc(fmt.Sprintf("%s adds the products of %d rows of A with a panel to those of C, count times, for processors with %s.", name, rows, s.name))
	Pragma("noescape")
	c, stride := Load(Param("c"), GP64()), Load(Param("stride"), GP64())
	a, row, column := Load(Param("a"), GP64()), Load(Param("row"), GP64()), Load(Param("column"), GP64())
	for _, r := range []Register{stride, row, column} {
		SHLQ(Imm(3), r)
	}
	Label("tile")
	var sums [][]VecVirtual
	for range rows {
		var of []VecVirtual
		for range registers {
			of = append(of, s.register())
		}
		sums = append(sums, of)
	}
	size := 8 * s.lanes
	cs, _ := rowsFrom(c, stride, rows)
	CMPB(Load(Param("add"), GP8()), Imm(0))
	JNE(LabelRef("begun"))
	for r := range sums {
		for _, sum := range sums[r] {
			if s.lanes == 8 {
				VPXORQ(sum, sum, sum)
			} else {
				VXORPD(sum, sum, sum)
			}
		}
	}
	JMP(LabelRef("ready"))
	Label("begun")
	for r := range sums {
		for p, sum := range sums[r] {
			VMOVUPD(cs[r].Offset(size*p), sum)
		}
	}
	Label("ready")
	panel, left, at := Load(Param("panel"), GP64()), Load(Param("k"), GP64()), GP64()
	MOVQ(a, at)
	as, bases := rowsFrom(at, row, rows)
	Label("k")
	var b [registers]VecVirtual
	for p := range b {
		b[p] = s.register()
		VMOVUPD(Mem{Base: panel}.Offset(size*p), b[p])
	}
	for r := range sums {
		v := s.register()
		VBROADCASTSD(as[r], v)
		for p, sum := range sums[r] {
			product := v // the last product may overwrite it
			if p < registers-1 {
				product = s.register()
			}
			VMULPD(b[p], v, product)
			VADDPD(product, sum, sum)
		}
	}
	ADDQ(Imm(uint64(size*registers)), panel)
	for _, base := range bases {
		ADDQ(column, base)
	}
	DECQ(left)
	JNZ(LabelRef("k"))
	for r := range sums {
		for p, sum := range sums[r] {
			VMOVUPD(sum, cs[r].Offset(size*p))
		}
	}
	s.next(rows, a, row)
	s.next(rows, c, stride)
	left = Load(Param("count"), GP64())
	DECQ(left)
	Store(left, Param("count"))
	JNZ(LabelRef("tile"))
	VZEROUPPER()
	RET()
}

// next moves to the rows of the next tile.
func (s set) next(rows int, base, stride Register) {
	for _, some := range []int{8, 4, 2, 1} {
		if rows&some != 0 {
			LEAQ(Mem{Base: base, Index: stride, Scale: uint8(some)}, base)
		}
	}
}
