package runner

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
)

// builtProblem is a problem ready to descend on.
type builtProblem struct {
	problem problems.Problem
	facts   *problems.Facts
}

// Build makes the problem of a suite entry: its data, its facts, its f*.
func Build(s *suite.Suite, p *suite.Problem) (problem problems.Problem, facts *problems.Facts, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: panic while it was built: %v", p.Label, v)
		}
	}()
	component, err := p.Spec.New()
	if err != nil {
		return nil, nil, err
	}
	problem = component.(problems.Problem)
	if b, ok := component.(problems.Builder); ok {
		if err := b.Build(problems.Env{Dir: s.Dir, Seed: s.Seed, Name: p.Spec.Text()}); err != nil {
			return nil, nil, fmt.Errorf("%s: problem %s: %w", p.Spec.Position, p.Label, err)
		}
	}
	if problem.Dim() < 1 {
		return nil, nil, fmt.Errorf("%s: problem %s has %d variables", p.Spec.Position, p.Label, problem.Dim())
	}
	return problem, problems.FactsOf(problem), nil
}

// build makes every problem of the suite, before the first cell: a data file that cannot
// be read should be known now and not after an hour. Problems that differ only in their
// start share one. When ctx ends, what is being built is left behind.
func build(ctx context.Context, s *suite.Suite, workers int) (map[*suite.Problem]*builtProblem, error) {
	shared := map[string]*builtProblem{}
	out := map[*suite.Problem]*builtProblem{}
	errs := make([]error, len(s.Problems))
	var group sync.WaitGroup
	tokens := make(chan struct{}, workers)
	for i, p := range s.Problems {
		key := p.Spec.Text()
		if shared[key] == nil {
			b := &builtProblem{}
			shared[key] = b
			group.Go(func() {
				tokens <- struct{}{}
				defer func() { <-tokens }()
				if ctx.Err() == nil {
					b.problem, b.facts, errs[i] = Build(s, p)
				}
			})
		}
		out[p] = shared[key]
	}
	done := make(chan struct{})
	go func() {
		group.Wait()
		close(done)
	}()
	select {
	case <-done:
		return out, errors.Join(append(errs, context.Cause(ctx))...)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
