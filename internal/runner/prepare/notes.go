package prepare

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
)

// Notes are what a user should know of the problems of a suite, such as a constant feature
// of the data, each said once: a grid of regularizers has the same data many times. Nothing is said of
// what does not run.
func Notes(s *suite.Suite, built Problems) []string {
	var found []string
	labels := map[string][]string{}
	run := running(s, built)
	for _, p := range run {
		for _, note := range built[p].Facts.Notes {
			if labels[note] == nil {
				found = append(found, note)
			}
			labels[note] = append(labels[note], p.Label)
		}
	}
	for i, note := range found {
		on := labels[note][0]
		if more := len(labels[note]) - 1; more > 0 {
			on += fmt.Sprintf(" and %d more", more)
		}
		found[i] = on + ": " + note
	}
	found = append(found, startNotes(s, run, built)...)
	found = append(found, dualityNote(s, run, built)...)
	return append(found, epochNote(s, run, built)...)
}

// running are the problems on which a method runs: no `on`, `exclude` or --only leaves all of them out,
// and not all are refused.
func running(s *suite.Suite, built Problems) (run []*suite.Problem) {
	for p, m := range s.Pairs() {
		if !slices.Contains(run, p) && !refused(m, built[p]) {
			run = append(run, p)
		}
	}
	return run
}

// epochNote says which problems have a default budget, since they have no epochs.
func epochNote(s *suite.Suite, run []*suite.Problem, built Problems) []string {
	var on []string
	for _, p := range run {
		if s.Budget.For(built[p].Samples()).Iterations != s.Budget.Iterations {
			on = append(on, p.Label)
		}
	}
	if len(on) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s: no sum over samples, so the budget of epochs does not apply; each run has %s, the default",
		text.Some(on), english.Count(s.Budget.For(0).Iterations, "iteration"))}
}
