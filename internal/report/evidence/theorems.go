package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// HeldAgainstTheory reports whether any theorem was measured.
func (e *Evidence) HeldAgainstTheory() bool {
	for _, p := range e.Problems {
		if slices.ContainsFunc(p.Entries, func(entry *Entry) bool { return entry.Worst() != nil }) {
			return true
		}
	}
	return false
}

// Expected is a theorem in expectation with what all repeats measured by it.
type Expected struct {
	theorem.Expectation
	Quantity string // see results.Theorem
}

// expect takes what a run measured by theorems in expectation into the means of its entry.
func (e *Entry) expect(theorems []results.Theorem) {
	for i := range theorems {
		t := &theorems[i]
		if n := len(t.Iteration); !t.InExpectation || len(t.Bound) != n || len(t.Measured) != n || len(t.Floor) != n {
			continue
		}
		at := slices.IndexFunc(e.Expected, func(x *Expected) bool { return x.Name == t.Name })
		if at < 0 {
			at = len(e.Expected)
			e.Expected = append(e.Expected, &Expected{Quantity: t.Quantity, Expectation: theorem.Expectation{Theorem: theorem.Theorem{
				Name: t.Name, Statement: t.Statement, Source: t.Source, DOI: t.DOI, Tight: t.Tight, InExpectation: true}}})
		}
		e.Expected[at].Add(theorem.Curve{Iteration: t.Iteration, Measured: t.Measured, Bound: t.Bound, Floor: t.Floor})
	}
}

// Judgement is how the runs of an entry did by a theorem: each run, or for a theorem in
// expectation their mean.
type Judgement struct {
	theorem.Verdict
	Held table.Share // of the runs in which it could be measured; 0/0 in expectation
}

// Judgements are in the order in which the runs list the theorems.
func (e *Entry) Judgements() []Judgement {
	var out []Judgement
	at := map[string]int{}
	for _, c := range e.Ran() {
		for i := range c.Theorems {
			t := &c.Theorems[i]
			if t.InExpectation || t.Compared == 0 {
				continue
			}
			if _, known := at[t.Name]; !known {
				at[t.Name] = len(out)
				out = append(out, Judgement{Verdict: theorem.Verdict{Outcome: theorem.Holds, Ratio: math.NaN(),
					Theorem: theorem.Theorem{Name: t.Name, Source: t.Source, Tight: t.Tight, Lower: t.Lower, Condition: t.Condition}}})
			}
			out[at[t.Name]].add(t)
		}
	}
	for _, x := range e.Expected {
		out = append(out, Judgement{Verdict: x.Verdict()})
	}
	return out
}

// add takes a run in.
func (j *Judgement) add(t *results.Theorem) {
	j.Held.Of++
	if t.Outcome == string(theorem.Holds) {
		j.Held.Part++
	} else if j.Outcome != theorem.Violated {
		j.Outcome, j.Message = theorem.Violated, t.Message
	}
	if ratio := float64(t.Ratio); !(ratio <= j.Ratio) {
		j.Ratio, j.Iteration = ratio, t.At
	}
}

// broken reports a bound that did not hold.
func (j *Judgement) broken() bool {
	return j.Outcome == theorem.Violated || j.Outcome == theorem.Refuted
}

// Worst is the theorem with the largest ratio of measured to bound, one that did not hold
// before all others; nil where none was measured. A condition on the steps is no bound that a
// run could be near to, and counts only where it is broken.
func (e *Entry) Worst() *Judgement {
	var worst *Judgement
	for _, j := range e.Judgements() {
		if j.Outcome == theorem.Unmeasured || j.Condition && !j.broken() {
			continue
		}
		if worst == nil || j.broken() && !worst.broken() || j.broken() == worst.broken() && j.Ratio > worst.Ratio {
			worst = &j
		}
	}
	return worst
}

// refuted warns of the first bound that did not hold: one is enough to stop and look.
func (e *Evidence) refuted() {
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if j := entry.Worst(); j != nil && j.broken() {
				e.warn("%s, %s: a theorem did not hold: %s (%s: measured/bound = %s at iteration %d); the theorem, the facts about the problem or the code is wrong",
					p.Label, entry.Label, j.Name, j.Outcome, text.Short(j.Ratio), j.Iteration)
				return
			}
		}
	}
}

// LeastExpected is the theorem in expectation that promises most for the last mean of the
// quantity; nil where there is none, or no mean.
func (e *Entry) LeastExpected(key string) *Expected {
	var least *Expected
	lowest := math.Inf(1)
	for _, x := range e.Expected {
		if means := x.Means(); x.Quantity == key && x.Repeats > 1 && len(means) > 0 && means[len(means)-1].Bound < lowest {
			least, lowest = x, means[len(means)-1].Bound
		}
	}
	return least
}
