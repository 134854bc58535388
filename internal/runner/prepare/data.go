package prepare

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
)

// Data reads the data sets of a suite and builds nothing. The notes say how they were read, each
// once.
func Data(s *suite.Suite) (notes []string, err error) {
	for _, p := range s.Problems {
		component, err := p.Spec.New()
		if err != nil {
			return nil, err
		}
		var failed error
		param.Visit(component, func(part any) {
			set, ok := part.(data.Set)
			if !ok || failed != nil {
				return
			}
			samples, err := set.Load(problems.Env{Dir: s.Dir, Seed: s.Seed, Name: p.Spec.Text()})
			if err != nil {
				failed = fmt.Errorf("%s: problem %s: %w", p.Spec.Position, p.Label, err)
				return
			}
			for _, note := range samples.Notes {
				if !slices.Contains(notes, note) {
					notes = append(notes, note)
				}
			}
		})
		if failed != nil {
			return nil, failed
		}
	}
	return notes, nil
}
