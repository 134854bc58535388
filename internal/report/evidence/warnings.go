package evidence

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// inspect looks for what a reader must know before believing the numbers.
func (e *Evidence) inspect() {
	for i, run := range e.Runs {
		if how, advice := run.Unfinished(); how != "" {
			e.warn("%s %s: %d of %d cells are finished; %s", run.Manifest.Suite, how, e.Read[i], run.Manifest.Cells, advice)
		}
		if lacks := run.Manifest.Lacks(); lacks != "" {
			e.warn("%s", lacks)
		}
		if run.Manifest.Inexact != "" {
			e.warn("%s: %s", run.Manifest.Suite, run.Manifest.Inexact)
		}
	}
	e.inspectEnds()
	e.inspectArchived()
	e.untrue = len(e.Warnings)
	for _, run := range e.Runs {
		for _, w := range run.Manifest.Warnings {
			e.Warnings = append(e.Warnings, Warning(w))
		}
	}
	e.inspectRepeats()
	e.inspectRates()
	e.inspectAsked()
	e.refuted()
	for _, p := range e.Problems {
		if p.BestSeen {
			e.warn("%s: f* is unknown; gaps are above the best value that any run has seen, so the winner's gap is zero by construction", p.Label)
		}
	}
}

// Untrue are the warnings that a table is untrue without: the run is not whole, or there is
// nothing in it to compare.
func (e *Evidence) Untrue() []Warning {
	return e.Warnings[:e.untrue]
}

// inspectEnds warns of runs that leave little to compare.
func (e *Evidence) inspectEnds() {
	ran, failed, aimed, measured := 0, 0, false, false
	for _, p := range e.Problems {
		aimed, measured = aimed || len(p.goals) > 0, measured || len(p.Goals()) > 0
		for _, entry := range p.Entries {
			for _, c := range entry.Ran() {
				ran++
				if c.Failed() {
					failed++
				}
			}
		}
	}
	switch {
	case e.Cells > 0 && ran == 0:
		e.warn("every cell was skipped: the problems lack what the methods require; see the messages in the table of runs")
	case ran > 0 && failed == ran:
		e.warn("every run diverged or failed: try smaller learning rates")
	case ran > 0 && !aimed:
		e.warn("no run had a target, so that the cost of reaching one is unknown; add `targets` to the suite")
	case ran > 0 && !measured:
		why, advice := enumerated(e.unmeasured(func(Goal) bool { return true }))
		e.warn("no target is measurable, since %s; %s", why, advice)
	}
}

func (e *Evidence) inspectRepeats() {
	switch fewest := e.fewestRepeats(); {
	case fewest == 1:
		e.warn("one repeat although the runs are random: another seed may give another result; use 10 repeats or more")
	case fewest > 0 && fewest < fewRepeats:
		e.warn("%d repeats although the runs are random: quartiles of so few runs say little; use 10 repeats or more", fewest)
	}
}

func (e *Evidence) inspectRates() {
	edge, _ := e.edges()
	const most = 3
	for i, note := range edge {
		if i == most {
			e.warn("the best learning rate of %s lies at the edge of the grid; see the table learning-rates", english.Count(len(edge)-most, "further method"))
			break
		}
		e.warn("%s", note)
	}
}

// inspectAsked warns of methods whose iterates are not known.
func (e *Evidence) inspectAsked() {
	if note := AskedNote(e.of("")); note != "" {
		e.warn("%s", note)
	}
}

// AskedNote says which methods are observed at their questions; empty where none is.
func AskedNote(entries []*Entry) string {
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); entry.Asked && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Observed at each point at which a gradient is asked for, since no iterates are announced: " + text.Some(names) +
		". Trials of a line search count as iterations there."
}

// RoundTripNote says what of the seconds of methods questions to another program cost; empty
// where all is in one.
func RoundTripNote(entries []*Entry) string {
	var parts []string
	for _, entry := range entries {
		if part := fmt.Sprintf("%s %.2g µs", entry.Name(), entry.RoundTrip*1e6); entry.RoundTrip > 0 && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Each question takes some of the time between the programs: " + text.Some(parts) + "."
}

// edges are the notes on grids of learning rates whose best is the first or the last, and the
// number of grids.
func (e *Evidence) edges() (notes []string, grids int) {
	for _, p := range e.Problems {
		for _, entries := range p.RateGrids(FewestRates) {
			grids++
			if note := p.EdgeOfGrid(entries); note != "" {
				notes = append(notes, p.Label+", "+note)
			}
		}
	}
	return notes, grids
}
