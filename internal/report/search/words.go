package search

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/text"
)

// Protocol says in a sentence how methods were tuned.
func (s *Search) Protocol() string {
	p := s.Plan
	sampler := "a scrambled Halton sequence"
	if p.Sampler == tuning.Random {
		sampler = "independent draws"
	}
	scope := map[string]string{"problem": "settings for each problem", "suite": "one setting for all problems",
		"leave-one-out": "settings for each problem by the trials on all others"}[p.Scope]
	return fmt.Sprintf("Tuned in %s of %s each (%s), which choose %s.", english.Count(p.Studies, "study"), english.Count(p.Trials, "trial"), sampler, scope)
}

// Notes are what a reader of a table about tuning must know.
func (s *Search) Notes() []string {
	p := s.Plan
	var targets []string
	for _, t := range p.Targets {
		targets = append(targets, text.Short(float64(t)))
	}
	notes := []string{s.Protocol() + fmt.Sprintf(" A trial is scored by the geometric mean of its cost, in %s, to the relative gaps %s; a missed one costs the budget.", p.Cost, strings.Join(targets, ", "))}
	if p.Studies >= BandStudies {
		notes = append(notes, "In parentheses: 95% intervals of the bootstrap over the studies.")
	} else {
		notes = append(notes, fmt.Sprintf("No intervals: %s are too few, and %d give some.", english.Count(p.Studies, "study"), BandStudies))
	}
	var same, data, split, privileged []string
	for _, g := range p.Problems {
		switch {
		case g.InSample:
			same = append(same, g.Problem)
		case g.SameData:
			data = append(data, g.Problem)
		case g.OtherSplit:
			split = append(split, g.Problem)
		}
	}
	for _, m := range p.Methods {
		for _, c := range m.Space {
			if c.Unit != "" {
				privileged = append(privileged, m.Method+" ("+c.Unit+")")
			}
		}
	}
	if len(same) > 0 {
		notes = append(notes, "Tuned in-sample, as far as methods are not random, since neither start nor data vary: "+text.Some(same)+".")
	}
	if len(data) > 0 {
		notes = append(notes, "Tuned with other seeds, but on the same data or function: "+text.Some(data)+".")
	}
	if len(split) > 0 {
		notes = append(notes, "Tuned on other divisions of the same samples into training and held-out ones: "+text.Some(split)+".")
	}
	if len(privileged) > 0 {
		notes = append(notes, "Privileged, since the space is written in facts about the problem: "+text.Some(privileged)+".")
	}
	return notes
}

// Gain is by what tuning divides the work: the geometric mean over methods and problems, those
// that methods were tuned on or those that were held out.
func (s *Search) Gain(heldOut bool) Estimate {
	var pairs [][2][]float64
	for _, p := range s.Problems {
		for _, m := range s.Methods {
			if s.HeldOut(p) != heldOut || !s.Tuned(p, m) {
				continue
			}
			before, after := s.Works(p, m, 0), s.Works(p, m, s.Plan.Trials)
			if len(before) > 0 && len(after) > 0 {
				pairs = append(pairs, [2][]float64{before, after})
			}
		}
	}
	return ratioOf(pairs)
}
