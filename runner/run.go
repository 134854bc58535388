package runner

import (
	"context"
	"errors"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

// Options say how to run a suite. None of them changes a number in the results.
type Options struct {
	Folder  string // of the run; it is created, and must not hold a run unless Resume is set
	Workers int    // number of cells to run in parallel; 0: number of CPUs
	Resume  bool   // continue the run in Folder, which must be of the same suite

	// Progress, if set, is called after each finished cell, from one goroutine at a time. The
	// record is valid during the call only.
	Progress func(done, cells int, last *results.Record)
}

// Run runs every cell of the suite and returns the run in o.Folder. A cell that fails,
// diverges or is skipped is a record with that status, not an error. When ctx ends, the cells
// in flight are dropped, the error wraps that of ctx, and the finished cells stay in the
// folder, to be continued with Resume.
func Run(ctx context.Context, s *Suite, o Options) (*results.Run, error) {
	if s == nil || s.suite == nil {
		return nil, errors.New("run: the suite is empty; make one with LoadSuite or ReadSuite")
	}
	if o.Folder == "" {
		return nil, errors.New("run: Options.Folder is empty; it names the folder of the run")
	}
	build := version.Current()
	internal := pool.Options{Folder: o.Folder, Workers: o.Workers, Resume: o.Resume, Version: build.Version, Commit: build.Commit}
	if o.Progress != nil {
		internal.Progress = func(p pool.Progress) { o.Progress(p.Done, p.Cells, p.Last) }
	}
	if _, err := pool.Run(ctx, s.suite, internal); err != nil {
		return nil, err
	}
	return results.Open(o.Folder)
}
