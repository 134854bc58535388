package report

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// expected is a theorem in expectation with what all repeats measured by it.
type expected struct {
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
		at := slices.IndexFunc(e.Expected, func(x *expected) bool { return x.Name == t.Name })
		if at < 0 {
			at = len(e.Expected)
			e.Expected = append(e.Expected, &expected{Quantity: t.Quantity, Expectation: theorem.Expectation{Theorem: theorem.Theorem{
				Name: t.Name, Statement: t.Statement, Source: t.Source, DOI: t.DOI, Tight: t.Tight, InExpectation: true}}})
		}
		e.Expected[at].Add(theorem.Curve{Iteration: t.Iteration, Measured: t.Measured, Bound: t.Bound, Floor: t.Floor})
	}
}

// judgement is how the runs of an entry did by a theorem: each run, or for a theorem in
// expectation their mean.
type judgement struct {
	theorem.Verdict
	held table.Share // of the runs in which it could be measured; 0/0 in expectation
}

// judgements are in the order in which the runs list the theorems.
func (e *Entry) judgements() []judgement {
	var out []judgement
	at := map[string]int{}
	for _, c := range e.Ran() {
		for i := range c.Theorems {
			t := &c.Theorems[i]
			if t.InExpectation || t.Compared == 0 {
				continue
			}
			if _, known := at[t.Name]; !known {
				at[t.Name] = len(out)
				out = append(out, judgement{Verdict: theorem.Verdict{Outcome: theorem.Holds, Ratio: math.NaN(),
					Theorem: theorem.Theorem{Name: t.Name, Source: t.Source, Tight: t.Tight}}})
			}
			out[at[t.Name]].add(t)
		}
	}
	for _, x := range e.Expected {
		out = append(out, judgement{Verdict: x.Verdict()})
	}
	return out
}

// add takes a run in.
func (j *judgement) add(t *results.Theorem) {
	j.held.Of++
	if t.Outcome == string(theorem.Holds) {
		j.held.Part++
	} else if j.Outcome != theorem.Violated {
		j.Outcome, j.Message = theorem.Violated, t.Message
	}
	if ratio := float64(t.Ratio); !(ratio <= j.Ratio) {
		j.Ratio, j.Iteration = ratio, t.At
	}
}

// broken reports a bound that did not hold.
func (j *judgement) broken() bool {
	return j.Outcome == theorem.Violated || j.Outcome == theorem.Refuted
}

// worst is the theorem with the largest ratio of measured to bound, one that did not hold
// before all others; nil where none was measured.
func (e *Entry) worst() *judgement {
	var worst *judgement
	for _, j := range e.judgements() {
		if j.Outcome == theorem.Unmeasured {
			continue
		}
		if worst == nil || j.broken() && !worst.broken() || j.broken() == worst.broken() && j.Ratio > worst.Ratio {
			worst = &j
		}
	}
	return worst
}

// Theorems is the table of what was held against theory: for each problem, method and
// theorem the verdict, and the worst ratio of measured to promised.
func (e *Evidence) Theorems() *table.Table {
	t := &table.Table{Name: "theorems", Title: "Runs held against theorems",
		Columns: columns("problem", "method", "theorem", "verdict", "held", "worst measured/bound", "±", "iteration", "tight", "source"),
		Notes: []string{"Held: runs in which no trace point lay above the bound, of those where the theorem could be measured. A ratio near 1 where the bound is tight is what theory predicts.",
			"A theorem in expectation speaks of the mean over repeats: refuted where that lies above the bound by more than its interval (±, four standard errors), not refuted elsewhere, which proves nothing."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, j := range entry.judgements() {
				t.Rows = append(t.Rows, append([]table.Cell{table.Text(p.Label), table.Text(entry.Label)}, j.row()...))
			}
		}
	}
	return t
}

func (j *judgement) row() []table.Cell {
	width := math.NaN()
	if j.InExpectation {
		width = j.Interval
	}
	tight := "no"
	if j.Tight {
		tight = "yes"
	}
	return []table.Cell{table.Text(j.Name), table.Text(string(j.Outcome)), j.held, table.Number(j.Ratio), table.Number(width),
		table.Count(j.Iteration), table.Text(tight), table.Text(j.Source)}
}

// refuted warns of the first bound that did not hold: one is enough to stop and look.
func (e *Evidence) refuted() {
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if j := entry.worst(); j != nil && j.broken() {
				e.warn("%s, %s: a theorem did not hold: %s (%s: measured/bound = %s at iteration %d); theorem, facts or code is wrong",
					p.Label, entry.Label, j.Name, j.Outcome, table.Short(j.Ratio), j.Iteration)
				return
			}
		}
	}
}
