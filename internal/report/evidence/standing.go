package evidence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/results"
)

// Name is the method behind an entry: its label without learning rate and batch size, which
// are settings of it.
func (e *Entry) Name() string {
	setting := fmt.Sprintf("batch=%v", e.Method.Get("batch"))
	return cmp.Or(strings.Join(slices.DeleteFunc(strings.Fields(e.Group), func(word string) bool { return word == setting }), " "), e.Label)
}

// Aims are the two goals that a summary speaks of: a coarse and a fine one, the same where only
// one was asked for. They are among those that all problems were asked for, if there are such, as
// in tables and figures across problems, and of the kind that can be measured on most problems. The coarse
// relative gap is the one nearest to 1e-2, of other kinds the easiest target; the fine one is
// the hardest. ok reports whether there is any that can be measured.
func (e *Evidence) Aims() (coarse, fine Goal, ok bool) {
	var goals []Goal
	measuring := map[string]int{}
	shared := e.sharedGoals()
	for _, p := range e.Problems {
		kinds := map[string]bool{}
		for _, g := range p.Goals() {
			if len(shared) > 0 && !slices.Contains(shared, g) {
				continue
			}
			kinds[g.Kind] = true
			if !slices.Contains(goals, g) {
				goals = append(goals, g)
			}
		}
		for kind := range kinds {
			measuring[kind]++
		}
	}
	if len(goals) == 0 {
		return coarse, fine, false
	}
	slices.SortStableFunc(goals, easierFirst)
	kind := goals[0].Kind
	for _, g := range goals {
		if measuring[g.Kind] > measuring[kind] {
			kind = g.Kind
		}
	}
	goals = slices.DeleteFunc(goals, func(g Goal) bool { return g.Kind != kind })
	coarse, fine = goals[0], goals[len(goals)-1]
	if kind == results.RelativeTarget {
		for _, g := range goals {
			if awayFromCoarse(g) < awayFromCoarse(coarse) {
				coarse = g
			}
		}
	}
	return coarse, fine, true
}

// awayFromCoarse is how far a relative gap is from 1e-2, in decades.
func awayFromCoarse(g Goal) float64 {
	return math.Abs(elementary.Log10(g.Target) - elementary.Log10(1e-2))
}

// Standing is what the runs on a problem say of a goal: which settings reach it at the least
// cost, and what the reference method needs.
type Standing struct {
	Problem    *Problem
	Goal       Goal
	Asked      bool     // of some run
	Measurable bool     // in some run
	Methods    int      // that ran where it could be measured
	Cheapest   []*Entry // several where they cost the same to the digit; none: no setting reaches it in more than half of its runs
	Cost       float64  // theirs; infinite where there are none
	Reference  float64  // cost of the reference at its own cheapest setting: infinite where it does not arrive, NaN where it did not run
}

// Standing of a goal on the problem.
func (p *Problem) Standing(g Goal, cost Cost) Standing {
	s := Standing{Problem: p, Goal: g, Asked: slices.Contains(p.goals, g), Measurable: p.Measures(g), Cost: math.Inf(1), Reference: math.NaN()}
	if !s.Measurable {
		return s
	}
	var reference []*Entry
	names := map[string]bool{}
	for _, entry := range p.Entries {
		if len(entry.ToReach(g, cost)) == 0 {
			continue
		}
		names[entry.Name()] = true
		if entry.IsReference {
			reference = append(reference, entry)
		}
	}
	s.Methods = len(names)
	s.Cheapest, s.Cost = p.Cheapest(p.Entries, g, cost)
	if len(reference) > 0 {
		_, s.Reference = p.Cheapest(reference, g, cost)
	}
	return s
}

// Reached reports whether some setting reaches the goal in more than half of its runs.
func (s *Standing) Reached() bool { return len(s.Cheapest) > 0 }

// contested reports whether one of several methods is first.
func (s *Standing) contested() bool { return s.Reached() && s.Methods > 1 }

// names are the methods of the cheapest settings, each once.
func (s *Standing) names() []string {
	var out []string
	for _, entry := range s.Cheapest {
		if name := entry.Name(); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// differ reports whether no method is first in both.
func differ(a, b *Standing) bool {
	others := b.names()
	return !slices.ContainsFunc(a.names(), func(name string) bool { return slices.Contains(others, name) })
}

// Endings counts the runs by how they ended, and the cells that did not begin. What is known of an
// archived run says how long it was, and not what ended it: they are counted apart.
func (e *Evidence) Endings() (runs, skipped, archived int, by map[results.Status]int) {
	by = map[results.Status]int{}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if entry.Archived {
				archived += len(entry.Cells)
				continue
			}
			for _, c := range entry.Cells {
				by[c.Status]++
				if c.Ran() {
					runs++
				} else {
					skipped++
				}
			}
		}
	}
	return runs, skipped, archived, by
}
