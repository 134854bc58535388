package theory

import (
	"fmt"
	"math"

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
	last       *State
}

// point is a comparison at an iteration.
type point struct {
	k int
	Comparison
}

// NewChecker is about to watch a run of the setting.
func NewChecker(gs []Guarantee, p problems.Problem, f *problems.Facts) *Checker {
	return &Checker{observer: newObserver(p, f), guarantees: gs, series: make([][]point, len(gs))}
}

// Observe looks at the run: first at the start, k = 0, and then after iterations k > 0. It
// may be shown some of the iterations only; theorems about each step then have less to
// say. Where the iterate has no value or gradient it evaluates the problem, off the
// method's account. It keeps a few numbers an iteration and theorem.
func (c *Checker) Observe(k int, it *methods.Iterate) {
	s := c.observer.at(k, it)
	if k == 0 {
		for _, g := range c.guarantees {
			c.claims = append(c.claims, g.begin(s))
		}
	}
	for i, claim := range c.claims {
		if k == 0 {
			continue
		}
		v := claim(c.last, s)
		if math.IsNaN(v.Bound) || math.IsNaN(v.Measured) && !math.IsNaN(s.F) {
			continue // nothing to compare; but a run that is not a number breaks its bound
		}
		c.series[i] = append(c.series[i], point{k, v})
	}
	c.last = s
}

// Curve is what a run measured by one theorem, with the bound, at the iterations that were
// observed: for drawing, and for means over repeats.
type Curve struct {
	Iteration              []int64
	Measured, Bound, Floor []float64 // one an iteration
	Promised               []float64 // from the start alone: see Comparison
	Ratio                  []float64 // measured over bound, NaN where both drown in rounding
}

// Curve is that of guarantee i.
func (c *Checker) Curve(i int) Curve {
	var out Curve
	for _, p := range c.series[i] {
		out.Iteration = append(out.Iteration, int64(p.k))
		out.Measured = append(out.Measured, p.Measured)
		out.Bound = append(out.Bound, p.Bound)
		out.Floor = append(out.Floor, p.Floor)
		out.Promised = append(out.Promised, p.Promised)
		out.Ratio = append(out.Ratio, p.ratio())
	}
	return out
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
