package theory

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Checker watches one run.
type Checker struct {
	observer   *observer
	guarantees []Guarantee
	claims     []Claim
	series     [][]point
	curves     []theorem.Curve

	start    State
	wide     State    // what the start may be, by rounding: see State.widened
	pair     [2]State // the last observation and the one before, in turn
	observed int
}

// point is a comparison at an iteration.
type point struct {
	k int
	theorem.Comparison
}

// NewChecker is about to watch runs of the setting, one after the other.
func NewChecker(gs []Guarantee, p problems.Problem, f *problems.Facts) *Checker {
	c := new(Checker)
	c.Watch(gs, p, f)
	return c
}

// Watch turns to runs of another setting, in the same memory.
func (c *Checker) Watch(gs []Guarantee, p problems.Problem, f *problems.Facts) {
	c.observer, c.guarantees = newObserver(p, f), gs
	c.series = slices.Grow(c.series[:0], len(gs))[:len(gs)]
	c.curves = slices.Grow(c.curves[:0], len(gs))[:len(gs)]
	for i := range gs {
		c.series[i] = c.series[i][:0]
	}
}

// Observe looks at the run: first at the start, k = 0, and then after iterations k > 0. It
// may be shown some of the iterations only; theorems about each step then have less to
// say. Where the iterate has no value or gradient it evaluates the problem, off the
// method's account. It keeps a few numbers an iteration and theorem, in memory of the run
// before.
func (c *Checker) Observe(k int, it *methods.Iterate) {
	if k == 0 {
		c.begin(it)
		return
	}
	s, last := &c.pair[c.observed%2], &c.start
	if c.observed > 0 {
		last = &c.pair[1-c.observed%2]
	}
	c.observed++
	c.observer.look(s, k, it)
	for i, claim := range c.claims {
		v := claim(last, s)
		if math.IsNaN(v.Bound) || math.IsNaN(v.Measured) && !math.IsNaN(s.F) {
			continue // nothing to compare; but a run that is not a number breaks its bound
		}
		c.series[i] = append(c.series[i], point{k, v})
	}
}

// begin forgets the run before.
func (c *Checker) begin(it *methods.Iterate) {
	c.observed, c.claims = 0, c.claims[:0]
	c.observer.look(&c.start, 0, it)
	c.wide = c.start.widened()
	for i, g := range c.guarantees {
		c.claims = append(c.claims, g.begin(&c.wide))
		c.series[i] = c.series[i][:0]
	}
}

// Curve is that of guarantee i, valid until the next run.
func (c *Checker) Curve(i int) theorem.Curve {
	out := &c.curves[i]
	out.Iteration = out.Iteration[:0]
	for _, column := range []*[]float64{&out.Measured, &out.Bound, &out.Floor, &out.Promised, &out.Ratio} {
		*column = (*column)[:0]
	}
	for _, p := range c.series[i] {
		out.Iteration = append(out.Iteration, int64(p.k))
		out.Measured = append(out.Measured, p.Measured)
		out.Bound = append(out.Bound, p.Bound)
		out.Floor = append(out.Floor, p.Floor)
		out.Promised = append(out.Promised, p.Promised)
		out.Ratio = append(out.Ratio, p.Ratio())
	}
	return *out
}

// Verdicts says how the run did, in the order of the guarantees. Those in expectation are
// not measured on a single run: see Expect.
func (c *Checker) Verdicts() []theorem.Verdict {
	out := make([]theorem.Verdict, len(c.guarantees))
	for i, g := range c.guarantees {
		out[i] = theorem.Open(g.Theorem)
		if g.InExpectation {
			out[i].Message = "a bound in expectation is measured over repeats"
			continue
		}
		for _, p := range c.series[i] {
			out[i].Add(p.k, p.Comparison)
		}
	}
	return out
}

// Expect says how the repeats of one cell did by the guarantees in expectation. All
// checkers are of the same setting.
func Expect(repeats []*Checker) []theorem.Verdict {
	if len(repeats) == 0 {
		return nil
	}
	var out []theorem.Verdict
	for i, g := range repeats[0].guarantees {
		if !g.InExpectation {
			continue
		}
		e := theorem.Expectation{Theorem: g.Theorem}
		for _, c := range repeats {
			e.Add(c.Curve(i))
		}
		out = append(out, e.Verdict())
	}
	return out
}
