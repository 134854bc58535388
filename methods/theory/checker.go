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

// NewChecker begins to watch a run of the setting from the start x0.
func NewChecker(gs []Guarantee, p problems.Problem, f *problems.Facts, x0 []float64) *Checker {
	c := &Checker{observer: newObserver(p, f, x0), guarantees: gs, series: make([][]point, len(gs))}
	if len(gs) == 0 {
		return c
	}
	c.last = c.observer.at(0, &methods.Iterate{Point: methods.Point{X: x0}})
	for _, g := range gs {
		c.claims = append(c.claims, g.begin(c.last))
	}
	return c
}

// Observe looks at the run after iteration k > 0. It may be shown some of the iterations
// only; theorems about each step then have less to say. It evaluates the problem, off the
// method's account, and keeps a few numbers an iteration and theorem.
func (c *Checker) Observe(k int, it *methods.Iterate) {
	if len(c.guarantees) == 0 {
		return
	}
	s := c.observer.at(k, it)
	for i, claim := range c.claims {
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
}

// Curve is that of guarantee i.
func (c *Checker) Curve(i int) Curve {
	var out Curve
	for _, p := range c.series[i] {
		out.Iteration = append(out.Iteration, int64(p.k))
		out.Measured = append(out.Measured, p.Measured)
		out.Bound = append(out.Bound, p.Bound)
		out.Floor = append(out.Floor, p.Floor)
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

// add compares at one iteration. Where bound and measurement both drown in rounding
// there is no ratio.
func (v *Verdict) add(p point) {
	if p.Bound <= p.Floor && p.Measured <= 2*p.Floor {
		return
	}
	v.Compared++
	excess := p.Measured - p.Floor
	ratio := p.Measured / p.Bound
	if ratio > 1 { // rounding accounts for its part of an excess
		ratio = math.Max(1, excess/p.Bound)
	}
	if v.Outcome == Unmeasured {
		v.Outcome = Holds
	}
	if !(excess <= p.Bound*(1+slack)) {
		if v.Outcome != Violated {
			v.Message = fmt.Sprintf("measured %.9g at iteration %d; the bound is %.9g", p.Measured, p.k, p.Bound)
		}
		v.Outcome = Violated
	}
	if !(ratio <= v.Ratio) { // NaN ratios stay
		v.Ratio, v.Iteration = ratio, p.k
	}
}

// Expect says how the repeats of one cell did by the guarantees in expectation: the mean
// measurement at each iteration, with its interval, against the mean bound. All checkers
// are of the same setting; an iteration counts where all repeats observed it.
func Expect(repeats []*Checker) []Verdict {
	if len(repeats) == 0 {
		return nil
	}
	var out []Verdict
	for i, g := range repeats[0].guarantees {
		if g.InExpectation {
			curves := make([]Curve, len(repeats))
			for j, c := range repeats {
				curves[j] = c.Curve(i)
			}
			out = append(out, ExpectCurves(g.Theorem, curves))
		}
	}
	return out
}

// ExpectCurves is Expect for one theorem, from what the repeats measured.
func ExpectCurves(t Theorem, repeats []Curve) Verdict {
	v := Verdict{Theorem: t, Outcome: Unmeasured, Ratio: math.NaN()}
	byIteration := map[int64][]Comparison{}
	for _, c := range repeats {
		for i, k := range c.Iteration {
			byIteration[k] = append(byIteration[k], Comparison{c.Measured[i], c.Bound[i], c.Floor[i]})
		}
	}
	for _, k := range repeats[0].Iteration {
		if sample := byIteration[k]; len(sample) == len(repeats) {
			v.addMean(int(k), sample)
		}
	}
	return v
}

// deviations is the half-width of the interval of a mean, in standard errors: with it a
// true bound is refuted at one of 15,000 iterations.
const deviations = 4

func (v *Verdict) addMean(k int, sample []Comparison) {
	n := float64(len(sample))
	var mean, bound, floor, spread float64
	for _, c := range sample {
		mean += c.Measured / n
		bound += c.Bound / n
		floor += c.Floor / n
	}
	for _, c := range sample {
		spread += (c.Measured - mean) * (c.Measured - mean)
	}
	if n < 2 || bound <= floor && mean <= 2*floor {
		return
	}
	width := deviations * math.Sqrt(spread/(n-1)/n)
	v.Compared++
	if v.Outcome == Unmeasured {
		v.Outcome = NotRefuted
	}
	if !(mean-width-floor <= bound*(1+slack)) {
		if v.Outcome != Violated {
			v.Message = fmt.Sprintf("mean %.6g ± %.2g over %d repeats at iteration %d; the bound is %.6g", mean, width, len(sample), k, bound)
		}
		v.Outcome = Violated
	}
	if ratio := mean / bound; !(ratio <= v.Ratio) {
		v.Ratio, v.Interval, v.Iteration = ratio, width/bound, k
	}
}
