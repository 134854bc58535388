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
// run keeps: for level lines, facts and checks, long after the run. Its data are found as
// prepare.DataFolder finds them.
func Rebuild(runs []*results.Run) func(*results.Record) (problems.Problem, *problems.Facts, error) {
	var suites []*suite.Suite
	var lost []error // of each suite: why its data are not those of the run
	var unread error // of suites that this gdbench no longer reads; they have no problems to offer
	for _, run := range runs {
		dir, missing := prepare.DataFolder(run, "")
		s, err := suite.Of(run.Manifest, dir)
		if err != nil {
			unread = errors.Join(unread, err)
			continue
		}
		suites, lost = append(suites, s), append(lost, missing)
	}
	return among(suites, lost, unread)
}

// RebuildOf makes the problem of a record of a suite again, of which nothing has to be read for it,
// and no program be started.
func RebuildOf(s *suite.Suite) func(*results.Record) (problems.Problem, *problems.Facts, error) {
	return among([]*suite.Suite{s}, []error{nil}, nil)
}

// among looks for a problem in suites.
func among(suites []*suite.Suite, lost []error, unread error) func(*results.Record) (problems.Problem, *problems.Facts, error) {
	return func(r *results.Record) (problems.Problem, *problems.Facts, error) {
		for i, s := range suites {
			for _, p := range s.Problems {
				if p.Label == r.Labels.Problem && p.Spec.Entry.Name == r.Problem.Name {
					if reads, err := prepare.Reads(p); err == nil && reads && lost[i] != nil {
						return nil, nil, lost[i]
					}
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
