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

// tiles writes the products of rows of A with a panel of B whose columns fill one or two registers.
func tiles() {
	for _, s := range sets {
		s.tiles("wide", 2)
		s.tiles("narrow", 1)
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

// tiles takes as many rows at a time as it can.
func (s set) tiles(width string, registers int) {
	name := width + s.name
	TEXT(name, NOSPLIT, "func(c *float64, stride int, a *float64, row, column int, panel *float64, k, m int, add bool)")
	Doc(fmt.Sprintf("%s adds the products of m rows of A with a panel of %d columns to those of C, for processors with %s.", name, registers*s.lanes, s.name))
	Pragma("noescape")
	c, a := grid{Load(Param("c"), GP64()), Load(Param("stride"), GP64())}, grid{Load(Param("a"), GP64()), Load(Param("row"), GP64())}
	column, m := Load(Param("column"), GP64()), parameter("m")
	for _, r := range []Register{c.stride, a.stride, column} {
		SHLQ(Imm(3), r)
	}
	sums := make([][]VecVirtual, s.rows[0]) // the same registers for all tiles
	for r := range sums {
		for range registers {
			sums[r] = append(sums[r], s.register())
		}
	}
	for _, rows := range s.rows {
		label := fmt.Sprintf("rows%d", rows)
		Label(label)
		CMPQ(m, Imm(uint64(rows)))
		JL(LabelRef(label + "End"))
		s.tile(label, sums[:rows], c, a, column)
		c.skip(rows)
		a.skip(rows)
		SUBQ(Imm(uint64(rows)), m)
		JMP(LabelRef(label))
		Label(label + "End")
	}
	VZEROUPPER()
	RET()
}

// tile keeps a whole tile of sums in registers for all k.
func (s set) tile(label string, sums [][]VecVirtual, c, a grid, column Register) {
	rows, registers, size := len(sums), len(sums[0]), 8*s.lanes
	cs, _ := rowsFrom(c.base, c.stride, rows)
	CMPB(parameter("add"), Imm(0))
	JNE(LabelRef(label + "Add"))
	for r := range sums {
		for _, sum := range sums[r] {
			s.clear(sum)
		}
	}
	JMP(LabelRef(label + "Ready"))
	Label(label + "Add")
	for r := range sums {
		for p, sum := range sums[r] {
			VMOVUPD(cs[r].Offset(size*p), sum)
		}
	}
	Label(label + "Ready")
	panel, left, at := Load(Param("panel"), GP64()), Load(Param("k"), GP64()), GP64()
	MOVQ(a.base, at)
	as, bases := rowsFrom(at, a.stride, rows)
	Label(label + "K")
	b := make([]VecVirtual, registers)
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
	JNZ(LabelRef(label + "K"))
	for r := range sums {
		for p, sum := range sums[r] {
			VMOVUPD(sum, cs[r].Offset(size*p))
		}
	}
}

func (s set) clear(v VecVirtual) {
	if s.lanes == 8 {
		VPXORQ(v, v, v)
		return
	}
	VXORPD(v, v, v)
}

// grid is where rows are, a stride apart.
type grid struct{ base, stride Register }

// skip moves on by so many rows.
func (g grid) skip(rows int) {
	for _, some := range []int{8, 4, 2, 1} {
		if rows&some != 0 {
			LEAQ(Mem{Base: g.base, Index: g.stride, Scale: uint8(some)}, g.base)
		}
	}
}
