package compare

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// fewestForTotal is the least number of random repeats whose total loss needs no test.
const fewestForTotal = 3

// judgeSuccess compares who got there. It is shown before any cost.
func (c *cell) judgeSuccess() Row {
	r := c.row(SuccessMetric, Success)
	r.Goal, r.N, r.Gated = c.goal.String(), len(c.base), true
	var before, after, losses, gains int
	for i := range c.base {
		b, n := c.goal.succeeded(c.base[i]), c.goal.succeeded(c.new[i])
		switch {
		case b && !n:
			losses++
		case n && !b:
			gains++
		}
		if b {
			before++
		}
		if n {
			after++
		}
	}
	share := func(k int) results.Number { return results.Number(float64(k) / float64(len(c.base))) }
	r.Base, r.New, r.Effect = share(before), share(after), share(after)-share(before)
	r.Note = c.failure()
	switch {
	case losses == 0 && gains == 0:
		if r.Note != "" {
			r.Verdict = Broke
		}
	case c.total(before, after):
		r.Verdict = Broke
		for i := range c.base[0].Jitter {
			if c.deterministic() && !c.goal.succeeded(c.moved(i)) {
				r.Verdict, r.Note = Changed, "BASE also misses it from a start moved by a few ulp"
			}
		}
	case c.total(after, before):
		r.Verdict = Fixed
	default:
		r.test(losses, gains)
	}
	return r
}

// failure says that NEW failed, where BASE did not: an error or panic is a loss even in a
// cell that never met its target.
func (c *cell) failure() string {
	for i := range c.base {
		b, n := c.base[i].Status, c.new[i].Status
		if n != b && (n == results.Failed || n == results.Skipped) {
			return fmt.Sprintf("%s in NEW, %s in BASE", n, b)
		}
	}
	return ""
}

// total reports whether everything was lost between a first and a second count of
// successes: all repeats had it, none has it now. A deterministic cell needs one repeat.
// With independent outcomes this happens by chance with a probability of at most 4⁻ⁿ
// whatever the true share of success, 1.6% for three repeats and one in a million for ten.
func (c *cell) total(first, second int) bool {
	n := len(c.base)
	return first == n && second == 0 && (c.deterministic() || n >= fewestForTotal)
}

// test compares partial losses with McNemar's exact test, for and against.
func (r *Row) test(losses, gains int) {
	r.differs = true
	r.P = number(statistics.McNemar(losses, gains).P)
	r.pBetter = statistics.McNemar(gains, losses).P
}
