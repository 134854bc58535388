package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/results"
)

// place is that of a problem in a published suite, by which archived runs are on a problem of ours.
type place struct {
	results.Benchmark
	variables int
}

func placeOf(r *results.Record) place {
	if r.Benchmark == nil {
		return place{}
	}
	b := *r.Benchmark
	b.Differences = false // says how gradients are made, not of what
	return place{b, r.Variables}
}

// archivedLast is the order in which runs are read: those from archives after all others, whose
// problems and targets they are shown with, whatever the order of the call.
func archivedLast(runs []*results.Run) []int {
	var ours, archived []int
	for i, run := range runs {
		if sourceOf(run.Manifest).archived {
			archived = append(archived, i)
		} else {
			ours = append(ours, i)
		}
	}
	return append(ours, archived...)
}

// compared is an archived run with the targets of a problem of ours, read off its curve. Relative
// targets are measured from the start, which is another one there.
func (p *Problem) compared(r *results.Record) *results.Record {
	out := *r
	out.Targets = nil
	for _, g := range p.goals {
		if g.Kind == results.AbsoluteTarget && r.Trace != nil {
			out.Targets = append(out.Targets, archive.Reached(r, g.Target))
		}
	}
	return &out
}

// inspectArchived warns where archived runs cannot be compared with ours.
func (e *Evidence) inspectArchived() {
	ours, archived, shared, aimed := 0, 0, 0, 0
	for _, p := range e.Problems {
		isArchived := func(entry *Entry) bool { return entry.Archived && !entry.Imported }
		has, own := slices.ContainsFunc(p.Entries, isArchived), p.own()
		if own {
			ours++
		}
		if has {
			archived++
		}
		if has && own {
			shared++
			if slices.ContainsFunc(p.Goals(), func(g Goal) bool { return g.Kind == results.AbsoluteTarget }) {
				aimed++
			}
		}
	}
	switch {
	case archived == 0 || ours == 0:
	case shared == 0:
		e.warn("the archived runs are on none of the problems of the other runs: compare runs of the same functions, dimensions and instances")
	case aimed == 0:
		e.warn("archived runs have other starts, so that relative targets do not compare; add targets such as `absolute: {log: [1e2, 1e-8, 51]}` to the suite")
	}
}

// Censored reports whether nothing is known of a run beyond what it spent, where it did not
// reach a goal for which some method needed at least some cost: an archived run that ended before
// may have reached it at that cost, too.
func (c *Cell) Censored(g Goal, cost Cost, needed float64) bool {
	return c.Entry.Archived && Finite(needed) && math.IsInf(c.ToReach(g, cost), 1) && cost.Total(c, c.Entry.Problem) < needed
}

// turn is the run of an archived entry that enters an instance. Archived runs have no repeat in
// common with others: each enters in its turn, so that all of them count where there are enough
// instances, and no instance lacks the method.
func (e *Entry) turn(number int) *Cell {
	ran := e.Ran()
	if len(ran) == 0 {
		return nil
	}
	return ran[number%len(ran)]
}
