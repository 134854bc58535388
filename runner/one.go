package runner

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Outcome is one run with what it ran on, for telling about it.
type Outcome struct {
	Record  *results.Record
	Problem problems.Problem
	Facts   *problems.Facts
}

// First runs the first cell of a suite, without files. When ctx ends the error wraps
// that of ctx.
func First(ctx context.Context, s *suite.Suite) (*Outcome, error) {
	for cell := range s.Cells() {
		problem, facts, err := Build(s, cell.Problem)
		if err != nil {
			return nil, err
		}
		if _, err := readDigests(s); err != nil {
			return nil, err
		}
		var stop atomic.Bool
		defer context.AfterFunc(ctx, func() { stop.Store(true) })()
		built := map[*suite.Problem]*builtProblem{cell.Problem: {problem, facts}}
		record, ok := newWorker(s, built, &stop).run(cell)
		if !ok {
			return nil, context.Cause(ctx)
		}
		return &Outcome{record, problem, facts}, nil
	}
	return nil, errors.New("the suite has no cell")
}
