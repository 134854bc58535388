package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/results"
)

// ending is how a run ended, the worst first.
type ending int

const (
	lost    ending = iota // it diverged, failed or did not begin
	ended                 // without the target
	reached               // the target, or the stop where there is none
)

// standing is how a run ended, its target aside.
func standing(o *results.Summary) ending {
	switch o.Status {
	case results.Diverged, results.Failed, results.Skipped:
		return lost
	}
	return ended
}

// ending is how a run ended.
func (g goal) ending(o *results.Summary) ending {
	if g.succeeded(o) {
		return reached
	}
	return standing(o)
}

// loss compares how a run ended with how its partner did: 1 where it ended worse, −1 where
// better. What is tolerated of a cost may also lose a target that was reached just within the
// budget: a target that the partner met in the last part of what the budget allows counts
// as missed.
func (c *cell) loss(before, after *results.Summary, tolerated float64) float64 {
	b, a := c.goal.ending(before), c.goal.ending(after)
	if b == reached && c.goal.spent(Evaluations, before).high*(1+tolerated) > c.allowed(before, after) {
		b = ended
	}
	switch {
	case a < b:
		return 1
	case a > b:
		return -1
	}
	return 0
}

// allowed is the budget of a repeat in evaluations, as far as a run has met it: +Inf where none
// has.
func (c *cell) allowed(before, after *results.Summary) float64 {
	if after.Status == results.Budget && !c.goal.succeeded(after) {
		return total(Evaluations, after)
	}
	spent := total(Evaluations, before)
	met := false
	for _, o := range c.runs() {
		if o.Status == results.Budget {
			spent, met = math.Max(spent, total(Evaluations, o)), true
		}
	}
	if !met {
		return math.Inf(1)
	}
	return spent
}

// judgeSuccess compares who got there. It is shown before any cost.
func (c *cell) judgeSuccess(s *Settings) Row {
	r := c.row(SuccessMetric, Success)
	r.Goal, r.N, r.Gated = c.goal.String(), len(c.base), true
	var before, after, losses, gains int
	tolerated := s.toleratedOf(c)
	for i := range c.base {
		b, n := c.goal.succeeded(c.base[i]), c.goal.succeeded(c.new[i])
		if b {
			before++
		}
		if n {
			after++
		}
		if b != n || c.goal.ending(c.base[i]) != c.goal.ending(c.new[i]) {
			r.differs = true
		}
		worse, better := c.loss(c.base[i], c.new[i], tolerated), c.loss(c.new[i], c.base[i], tolerated)
		if !c.deterministic() {
			r.margins = append(r.margins, margin{c.block(i), worse, better})
		}
		losses += int(max(0, worse))
		gains += int(max(0, better))
	}
	share := func(k int) results.Number { return results.Number(float64(k) / float64(len(c.base))) }
	r.Base, r.New, r.Effect = share(before), share(after), share(after)-share(before)
	r.lost = math.Max(float64(max(before-after, losses-gains))/float64(len(c.base)), c.moreFailed())
	r.note(c.diverging())
	switch failure := c.failure(s); {
	case failure != "":
		r.Verdict = Broke
		r.note(failure)
	case !r.differs:
	case c.allLost(losses, s.cells):
		r.Verdict = Broke
	case c.allLost(gains, s.cells):
		r.Verdict = Fixed
	case c.deterministic():
		r.Verdict = Changed
		r.note("the target was met within the last part of the budget that the tolerance covers")
	}
	return r
}

// toleratedOf is the loss of cost that a cell may have.
func (s *Settings) toleratedOf(c *cell) float64 {
	if c.deterministic() && !s.drifts(c) {
		return s.Tolerance
	}
	return s.delta(c, Evaluations)
}

// failureKind is an ending that is a defect, in words.
type failureKind struct {
	status results.Status
	what   string
}

// failures are the endings that are defects: none has to happen, whatever the luck of a run.
var failures = []failureKind{{results.Failed, "failed"}, {results.Timeout, "ran out of time"}, {results.Skipped, "did not begin"}}

// failure says how many repeats of NEW failed or ran out of time in a cell in which none of
// BASE did: an error, a panic or a cell that hangs is a loss whatever the others show. Where some
// of BASE did, there must be more by more than chance makes, in all such cells together.
func (c *cell) failure(s *Settings) string {
	for _, f := range failures {
		before, after, runs := withStatus(c.base, f.status), withStatus(c.new, f.status), counted(c.new)
		switch {
		case after <= before:
		case before == 0:
			return fmt.Sprintf("%d of %s %s, none did in BASE", after, english.Count(runs, "run"), f.what)
		case byChance(runs, after-before)*float64(s.failing) <= s.Alpha/2:
			return fmt.Sprintf("%d of %s %s, and %d in BASE", after, english.Count(runs, "run"), f.what, before)
		}
	}
	return ""
}

// failing reports whether runs of BASE failed, which may be chance.
func (c *cell) failing() bool {
	return slices.ContainsFunc(failures, func(f failureKind) bool { return withStatus(c.base, f.status) > 0 })
}

// moreFailed is the share of the runs that fail now and did not in BASE.
func (c *cell) moreFailed() float64 {
	more := 0
	for _, f := range failures {
		more += withStatus(c.new, f.status) - withStatus(c.base, f.status)
	}
	return float64(more) / float64(counted(c.new))
}

// byChance is the largest probability with which one of two samples of n runs has so many more
// of an ending of equal probability: where that is ½, for then the difference spreads most.
func byChance(n, more int) float64 { return probability.FairSurvival(2*n, n+more) }

// diverging says how many runs of each side diverged, where the numbers differ.
func (c *cell) diverging() string {
	before, after := withStatus(c.base, results.Diverged), withStatus(c.new, results.Diverged)
	if before == after {
		return ""
	}
	return fmt.Sprintf("%d of %s diverged, %d in BASE", after, english.Count(counted(c.new), "run"), before)
}

// withStatus counts the runs with a status, those from moved starts included.
func withStatus(runs []*results.Summary, status results.Status) int {
	n := 0
	for _, o := range runs {
		if o.Status == status {
			n++
		}
		for i := range o.Jitter {
			if j := &o.Jitter[i]; j.Status == status {
				n += max(1, j.Times)
			}
		}
	}
	return n
}

// counted is the number of runs, those from moved starts included.
func counted(runs []*results.Summary) int {
	n := len(runs)
	for _, o := range runs {
		for i := range o.Jitter {
			n += max(1, o.Jitter[i].Times)
		}
	}
	return n
}

// allLost reports whether every repeat was lost, which needs no test where chance cannot have
// done it: all of BASE and none of NEW get there with a probability of at most 4⁻ⁿ, whatever
// the true share, and in any of the random cells with a thousandth at most.
func (c *cell) allLost(losses, cells int) bool {
	return losses == len(c.base) && (c.deterministic() || byChance(losses, losses)*float64(cells) <= 0.001)
}
