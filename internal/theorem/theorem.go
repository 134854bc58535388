// Package theorem holds what is known of a theorem without knowing any problem or method:
// its statement, one comparison of a measurement with its bound, and the verdict on a run
// or on the mean of several. It also fits laws of convergence to measured curves: a
// Course keeps as much of a run as they need, and FitRate states the rule and its reasons.
//
// The package theory of the methods finds the theorems that apply and measures runs;
// reports read what it measured from the run files and need only this package.
package theorem

import (
	"fmt"
	"math"
	"strings"
)

// Theorem is what is proved.
type Theorem struct {
	Name          string // "gradient descent, convex: gap"
	Statement     string // plain Unicode
	Hypotheses    string // what is checked before it is claimed, beyond what is always demanded
	Source        string
	DOI           string
	Tight         bool // an instance attains equality
	Lower         bool // a lower bound: it compares the bound with the quantity, not the quantity with the bound
	InExpectation bool // over the randomness of the method
	Condition     bool // on how a step is made: a method that keeps it promises no progress yet
}

// Qualities are how Kind differs from a plain upper bound, "" where it does not.
func (t Theorem) Qualities() string {
	return strings.TrimPrefix(strings.TrimPrefix(t.Kind(), "upper bound"), ", ")
}

// Kind is how much a theorem says: "tight", "upper bound" or "lower bound", "in
// expectation" where it is.
func (t Theorem) Kind() string {
	kind := "upper bound"
	switch {
	case t.Tight:
		kind = "tight"
	case t.Lower:
		kind = "lower bound"
	}
	if t.InExpectation {
		kind += ", in expectation"
	}
	return kind
}

// Result is what comparisons with a theorem show.
type Result string

const (
	Holds      Result = "holds"       // no comparison went against the theorem
	Violated   Result = "violated"    // the method or a fact is wrong
	NotRefuted Result = "not refuted" // in expectation: the mean is not above the bound beyond its interval
	Refuted    Result = "refuted"     // in expectation: it is
	Unmeasured Result = "not measured"
)

// Slack is what arithmetic may add to a ratio that is 1 in theory.
const Slack = 1e-9

// Comparison is one measurement against its bound. Floor is what rounding may have done
// to what was measured. Promised is what the theorem says from the start alone, NaN where
// it speaks of a step only: the bound itself, or the product of all factors so far where
// each step is compared with the one before.
type Comparison struct{ Measured, Bound, Floor, Promised float64 }

// Drowned reports a bound and a measurement of which rounding leaves nothing.
func (c Comparison) Drowned() bool { return c.Bound <= c.Floor && c.Measured <= 2*c.Floor }

// Ratio is measured/bound, where rounding accounts for its part of an excess: NaN where
// both drown in rounding.
func (c Comparison) Ratio() float64 {
	switch ratio := c.Measured / c.Bound; {
	case c.Drowned():
		return math.NaN()
	case ratio > 1:
		return math.Max(1, (c.Measured-c.Floor)/c.Bound)
	default:
		return ratio
	}
}

// Verdict is how a run, or all repeats of one, did by a theorem.
type Verdict struct {
	Theorem
	Outcome   Result
	Ratio     float64 // the worst measured/bound; NaN where nothing was measured
	Interval  float64 // half-width of the interval of Ratio, for a mean over repeats
	Iteration int     // where it was
	Compared  int     // iterations compared
	Message   string
}

// Open is the verdict before the first comparison.
func Open(t Theorem) Verdict {
	return Verdict{Theorem: t, Outcome: Unmeasured, Ratio: math.NaN()}
}

// Add takes the comparison at iteration k in.
func (v *Verdict) Add(k int, c Comparison) {
	if c.Drowned() {
		return
	}
	v.Compared++
	if v.Outcome == Unmeasured {
		v.Outcome = Holds
	}
	if !(c.Measured-c.Floor <= c.Bound*(1+Slack)) {
		if v.Outcome != Violated {
			measured, bound := c.Measured, c.Bound
			if v.Lower {
				measured, bound = bound, measured
			}
			v.Message = fmt.Sprintf("measured %.9g at iteration %d; the bound is %.9g", measured, k, bound)
		}
		v.Outcome = Violated
	}
	if ratio := c.Ratio(); !(ratio <= v.Ratio) { // NaN ratios stay
		v.Ratio, v.Iteration = ratio, k
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
