package verify

import (
	"errors"
	"fmt"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Rebuild makes the problem of a record again, from the suite that the manifest of its
// run keeps: for level lines, facts and checks, long after the run. Relative paths of
// data start from dir.
func Rebuild(manifests []*results.Manifest, dir string) func(*results.Record) (problems.Problem, *problems.Facts, error) {
	var suites []*suite.Suite
	var unread error // of suites that this gdbench no longer reads; they have no problems to offer
	for _, m := range manifests {
		s, err := suite.Of(m, dir)
		if err != nil {
			unread = errors.Join(unread, err)
			continue
		}
		suites = append(suites, s)
	}
	return func(r *results.Record) (problems.Problem, *problems.Facts, error) {
		for _, s := range suites {
			for _, p := range s.Problems {
				if p.Label == r.Labels.Problem && p.Spec.Entry.Name == r.Problem.Name {
					built, err := prepare.Problem(s, p)
					if err != nil {
						return nil, nil, err
					}
					return built.Problem, built.Facts, nil
				}
			}
		}
		if unread != nil {
			return nil, nil, fmt.Errorf("this version of gdbench cannot read the suite of the run: %w", unread)
		}
		return nil, nil, fmt.Errorf("the suite of the run has no problem %q", r.Labels.Problem)
	}
}
