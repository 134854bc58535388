package pool

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// First runs the first cell of a suite of one problem without files, and returns its record with the
// problem that it ran on. When ctx ends, the error wraps that of ctx.
func First(ctx context.Context, s *suite.Suite) (*results.Record, *prepare.Built, error) {
	for cell := range s.Cells() {
		b, err := prepare.Problem(s, cell.Problem)
		if err != nil {
			return nil, nil, err
		}
		if _, err := prepare.Digests(s); err != nil {
			return nil, nil, err
		}
		built := prepare.Problems{cell.Problem: b}
		if err := descend.CheckDiagnostics(s, built); err != nil {
			return nil, nil, err
		}
		var stop atomic.Bool
		defer context.AfterFunc(ctx, func() { stop.Store(true) })()
		record := descend.NewWorker(s, built, &stop).Guarded(cell)
		if record == nil {
			return nil, nil, context.Cause(ctx)
		}
		return record, b, nil
	}
	return nil, nil, errors.New("the suite has no cells")
}
