package theory

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Outcome is what a checker concludes.
type Outcome string

const (
	Holds      Outcome = "holds"       // no comparison went against the theorem
	Violated   Outcome = "violated"    // the method or a fact is wrong
	NotRefuted Outcome = "not refuted" // in expectation: the mean is not above the bound beyond its interval
	Refuted    Outcome = "refuted"     // in expectation: it is
	Unmeasured Outcome = "not measured"
)

// slack is what arithmetic may add to a ratio that is 1 in theory.
const slack = 1e-9

// Verdict is how a run, or all repeats of one, did by a theorem.
type Verdict struct {
	Theorem
	Outcome   Outcome
	Ratio     float64 // the worst measured/bound; NaN where nothing was measured
	Interval  float64 // half-width of the interval of Ratio, for a mean over repeats
	Iteration int     // where it was
	Compared  int     // iterations compared
	Message   string
}

// Checker watches one run.
type Checker struct {
	observer   *observer
	guarantees []Guarantee
	claims     []Claim
	series     [][]point
	curves     []Curve

	start    State
	pair     [2]State // the last observation and the one before, in turn
	observed int
}

// point is a comparison at an iteration.
type point struct {
	k int
	Comparison
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
	for i, g := range c.guarantees {
		c.claims = append(c.claims, g.begin(&c.start))
		c.series[i] = c.series[i][:0]
	}
}

// Curve is what a run measured by one theorem, with the bound, at the iterations that were
// observed: for drawing, and for means over repeats.
type Curve struct {
	Iteration              []int64
	Measured, Bound, Floor []float64 // one an iteration
	Promised               []float64 // from the start alone: see Comparison
	Ratio                  []float64 // measured over bound, NaN where both drown in rounding
}

// Curve is that of guarantee i, valid until the next run.
func (c *Checker) Curve(i int) Curve {
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
		out.Ratio = append(out.Ratio, p.ratio())
	}
	return *out
}

// Verdicts says how the run did, in the order of the guarantees. Those in expectation are
// not measured on a single run: see Expect.
func (c *Checker) Verdicts() []Verdict {
	out := make([]Verdict, len(c.guarantees))
	for i, g := range c.guarantees {
		out[i] = Verdict{Theorem: g.Theorem, Outcome: Unmeasured, Ratio: math.NaN()}
		if g.InExpectation {
			out[i].Message = "a bound in expectation is measured over repeats"
			continue
		}
		for _, p := range c.series[i] {
			out[i].add(p)
		}
	}
	return out
}

// add compares at one iteration.
func (v *Verdict) add(p point) {
	if p.drowned() {
		return
	}
	v.Compared++
	if v.Outcome == Unmeasured {
		v.Outcome = Holds
	}
	if !(p.Measured-p.Floor <= p.Bound*(1+slack)) {
		if v.Outcome != Violated {
			v.Message = fmt.Sprintf("measured %.9g at iteration %d; the bound is %.9g", p.Measured, p.k, p.Bound)
		}
		v.Outcome = Violated
	}
	if ratio := p.ratio(); !(ratio <= v.Ratio) { // NaN ratios stay
		v.Ratio, v.Iteration = ratio, p.k
	}
}
