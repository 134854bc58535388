package runner

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner/suite"
)

// Rebuild makes the problem of a record again, from the suite that the manifest of its
// run keeps: for level lines, facts and checks, long after the run. Relative paths of
// data start from dir.
func Rebuild(manifests []*results.Manifest, dir string) func(*results.Record) (problems.Problem, *problems.Facts, error) {
	var suites []*suite.Suite
	for _, m := range manifests {
		// A suite that this gdbench no longer reads has no problems to offer.
		if s, err := suite.Read(m.Suite, dir, strings.NewReader(m.Text), m.Overrides); err == nil {
			suites = append(suites, s)
		}
	}
	return func(r *results.Record) (problems.Problem, *problems.Facts, error) {
		for _, s := range suites {
			for _, p := range s.Problems {
				if p.Label == r.Labels.Problem && p.Spec.Entry.Name == r.Problem.Name {
					return Build(s, p)
				}
			}
		}
		return nil, nil, fmt.Errorf("the suite of the run has no problem %q", r.Labels.Problem)
	}
}
