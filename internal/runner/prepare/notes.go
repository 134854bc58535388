package prepare

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/runner/suite"
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
	return found
}
