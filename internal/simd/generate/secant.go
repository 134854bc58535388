package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// pair are the two differences of Secant with their three products.
type pair struct {
	changes [2]change
	sums    [3]sums

	now, product VecVirtual // scratch
}

// change is the difference of one list and what it was before; the list is kept for the step after.
type change struct {
	now, before, kept, difference Mem
	is                            VecVirtual
}

// multiplied are the two differences whose product is in each of the sums.
var multiplied = [3][2]int{{0, 0}, {0, 1}, {1, 1}}

// secant takes four numbers at a time, and those that fill no register one by one.
func secant() {
	text("secant", "func(s, y, last, next, x, before, grad *float64, n int) (ss, sy, yy float64)")
	i, end := zero(), Load(Param("n"), GP64())
	SHLQ(Imm(3), end)
	list := func(name string) Mem { return pointed(name, i) }
	last := list("last")
	p := pair{
		[2]change{{list("x"), last, last, list("s"), YMM()}, {list("grad"), list("before"), list("next"), list("y"), YMM()}},
		[3]sums{newSums(), newSums(), newSums()},
		YMM(), YMM(),
	}
	loop("eight", i, end, 2*lanes, func() {
		p.add(0)
		p.add(1)
	})
	loop("four", i, end, lanes, func() { p.add(0) })
	for _, s := range p.sums {
		s.join()
	}
	loop("one", i, end, 1, p.addOne)
	VZEROUPPER()
	for k, s := range p.sums {
		Store(s[0].AsX(), ReturnIndex(k))
	}
	RET()
}

// add takes the k-th four numbers, whose products it adds to the k-th sums.
func (p *pair) add(k int) {
	at := 8 * lanes * k
	for _, c := range p.changes {
		VMOVUPD(c.now.Offset(at), p.now)
		VSUBPD(c.before.Offset(at), p.now, c.is)
		VMOVUPD(p.now, c.kept.Offset(at))
		VMOVUPD(c.is, c.difference.Offset(at))
	}
	for j, f := range multiplied {
		VMULPD(p.changes[f[0]].is, p.changes[f[1]].is, p.product)
		VADDPD(p.product, p.sums[j][k], p.sums[j][k])
	}
}

// addOne takes one number, whose products it adds to the joined sums.
func (p *pair) addOne() {
	now, product := p.now.AsX(), p.product.AsX()
	for _, c := range p.changes {
		VMOVSD(c.now, now)
		VSUBSD(c.before, now, c.is.AsX())
		VMOVSD(now, c.kept)
		VMOVSD(c.is.AsX(), c.difference)
	}
	for j, f := range multiplied {
		VMULSD(p.changes[f[0]].is.AsX(), p.changes[f[1]].is.AsX(), product)
		VADDSD(product, p.sums[j][0].AsX(), p.sums[j][0].AsX())
	}
}
