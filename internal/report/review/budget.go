package review

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// unequal is the ratio of two amounts of work from which on a budget treats methods unequally.
const unequal = 2

// budget: does what limits the runs favour one way of counting? It changes what is said of a
// target only where one run met it with more work than another was allowed that missed it.
func (r *referee) budget() {
	var unfair, harmless []string
	for _, p := range r.Problems {
		low, high := stopped(p, func(*evidence.Cell) bool { return true })
		if high.work <= unequal*low.work {
			continue
		}
		said := fmt.Sprintf("%s: %s was allowed %s %s and %s only %s", p.Label, high.label, text.Short(high.work), p.Work().Name, low.label, text.Short(low.work))
		if len(p.Goals()) == 0 || decides(p) {
			unfair = append(unfair, said)
		} else {
			harmless = append(harmless, said)
		}
	}
	mend := "Set the budget in evaluations or epochs, or compare only up to the smallest."
	if len(unfair) > 0 {
		r.find(true, "budget", results.UnequalBudget, "the budget stops methods at different amounts of work: "+text.Some(unfair)+".", mend)
	}
	if len(harmless) > 0 {
		r.find(false, "budget", results.UnequalBudget, "the budget stops methods at different amounts of work: "+text.Some(harmless)+
			". No target was met with much more work than a run was allowed that missed it, so that only final values are affected.", mend)
	}
	for _, run := range r.Runs {
		if run.Manifest.Inexact != "" {
			r.find(true, "budget", "", run.Manifest.Inexact+".", "Set budgets in counts, which repeat to the byte.")
		}
	}
}

// allowance is how much work a run had done when its budget ended it.
type allowance struct {
	work  float64
	label string
}

// stopped are the least and the most work at which the budget ended runs of a problem.
func stopped(p *evidence.Problem, of func(*evidence.Cell) bool) (low, high allowance) {
	low.work = math.Inf(1)
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			if c.Status != results.Budget || entry.Archived || !of(c) { // of an archive no budget is known
				continue
			}
			work := p.Work().Total(c, p)
			if work > high.work {
				high = allowance{work, entry.Label}
			}
			if work < low.work {
				low = allowance{work, entry.Label}
			}
		}
	}
	return low, high
}

// decides reports whether some target was met with much more work than the budget allowed to a
// run that missed it.
func decides(p *evidence.Problem) bool {
	for _, g := range p.Goals() {
		least, _ := stopped(p, func(c *evidence.Cell) bool { return math.IsInf(c.ToReach(g, p.Work()), 1) })
		for _, entry := range p.Entries {
			for _, cost := range entry.ToReach(g, p.Work()) {
				if cost > unequal*least.work && !math.IsInf(cost, 1) {
					return true
				}
			}
		}
	}
	return false
}
