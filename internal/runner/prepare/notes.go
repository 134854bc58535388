package prepare

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
)

// Notes are what a user should know of the problems of a suite, such as a constant feature
// of the data, each said once: a grid of regularizers has the same data many times.
func Notes(s *suite.Suite, built Problems) []string {
	var found []string
	labels := map[string][]string{}
	for _, p := range s.Problems {
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
	found = append(found, startNotes(s, built)...)
	found = append(found, dualityNote(s, built)...)
	return append(found, epochNote(s, built)...)
}

// epochNote says which problems have a default budget, since they have no epochs.
func epochNote(s *suite.Suite, built Problems) []string {
	var on []string
	for _, p := range s.Problems {
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
