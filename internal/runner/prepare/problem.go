package prepare

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
)

// Built is a problem ready to descend on.
type Built struct {
	Problem problems.Problem
	Facts   *problems.Facts
}

// Fork is the problem with scratch memory of its own, for one goroutine.
func (b *Built) Fork() problems.Problem {
	if f, ok := b.Problem.(problems.Forker); ok {
		return f.Fork()
	}
	return b.Problem
}

// HelpedBy has the idle workers of a run help the forks with what they can do in parts.
func (b *Built) HelpedBy(c *crew.Crew) {
	for p := b.Problem; ; {
		if h, ok := p.(crew.Helped); ok {
			h.HelpedBy(c)
		}
		w, wraps := p.(problems.Wrapper)
		if !wraps {
			return
		}
		p = w.Inner()
	}
}

// Samples is the number of terms of the sum that the problem is, 0 where it is none.
func (b *Built) Samples() int {
	if sum, ok := problems.As[problems.FiniteSum](b.Problem); ok {
		return sum.Samples()
	}
	return 0
}

// Problems are the built problems of a suite.
type Problems map[*suite.Problem]*Built

// Problem builds the problem of a suite entry: it reads the data, collects the facts, finds f*,
// and refuses a problem that is not sound.
func Problem(s *suite.Suite, p *suite.Problem) (built *Built, err error) {
	err = guard.Run("while the problem was built", func() error {
		problem, err := p.New()
		if err != nil {
			return err
		}
		if err := problems.Build(problem, problems.Env{Dir: s.Dir, Seed: s.Seed, Name: p.Spec.Text(), Room: room}); err != nil {
			return err
		}
		built, err = Check(problem)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: problem %s: %w", p.Spec.Position, p.Label, err)
	}
	return built, nil
}

// Check collects the facts of a problem that is built, and refuses one that is not sound or for
// which there is no room.
func Check(p problems.Problem) (*Built, error) {
	if err := room(int64(p.Dim())); err != nil {
		return nil, err
	}
	facts := problems.FactsOf(p)
	if err := sound(p, facts); err != nil {
		return nil, err
	}
	if s, ok := problems.As[problems.Shapes](p); ok {
		if err := problems.CheckShapes(s.Shapes(), p.Dim()); err != nil {
			return nil, err
		}
	}
	return &Built{p, facts}, nil
}

// All builds every problem of the suite before the first cell runs: a data file that cannot
// be read should be known now and not after an hour. Problems that differ only in their
// start share one. When ctx ends, what is being built is left behind.
func All(ctx context.Context, s *suite.Suite, workers int) (Problems, error) {
	shared := map[string]*Built{}
	out := Problems{}
	all := s.AllProblems()
	errs := make([]error, len(all))
	var group sync.WaitGroup
	tokens := make(chan struct{}, workers)
	for i, p := range all {
		key := p.Definition()
		if shared[key] == nil {
			b := &Built{}
			shared[key] = b
			group.Go(func() {
				tokens <- struct{}{}
				defer func() { <-tokens }()
				if ctx.Err() != nil {
					return
				}
				built, err := Problem(s, p)
				if err != nil {
					errs[i] = err
					return
				}
				*b = *built
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
		if err := errors.Join(append(errs, context.Cause(ctx))...); err != nil {
			return nil, err
		}
		return out, checkStarts(s, out)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// checkStarts refuses a start that a problem cannot have: of another length, or by a name that
// the problem does not know.
func checkStarts(s *suite.Suite, built Problems) error {
	var errs []error
	for _, p := range s.Problems {
		facts, x := built[p].Facts, make([]float64, built[p].Problem.Dim())
		rng := rand.New(random.NewSource(s.Seed, "check of the start"))
		err := guard.Run("while the start was chosen", func() error { return p.Keys.Start.Start(facts, x, rng) })
		var missing *problems.Missing
		if err != nil && !errors.As(err, &missing) {
			errs = append(errs, fmt.Errorf("%s: problem %s: start: %w", p.StartPosition(), p.Label, err))
		}
	}
	return errors.Join(errs...)
}
