package keep

import (
	"errors"
	"fmt"
	"iter"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Run is a run that is being written into its folder. It is used by one goroutine at a time, apart from Flush.
type Run struct {
	Folder   string
	Suite    *suite.Suite
	Cells    iter.Seq[suite.Cell] // of the grid, or of the shard
	Manifest *results.Manifest

	Past map[int]results.Status // cells that need not run, by their index: an earlier process has finished them
	Done int                    // finished cells

	files *results.Appender
	taken map[string]bool // trials that were taken over from another run
}

// Open begins the files of the run or continues them, and takes over what another run has.
func (r *Run) Open(earlier *results.Manifest, reused *results.Run) error {
	begin := r.create
	if earlier != nil {
		begin = func() error { return r.reopen(earlier) }
	}
	if err := begin(); err != nil {
		return err
	}
	err := r.reuse(reused)
	if err == nil {
		err = r.Flush() // trials that were taken over are read again
	}
	if err != nil {
		return errors.Join(err, r.files.Close())
	}
	return nil
}

// create begins a run in a folder that holds none: the manifest first, so that a kill
// between the two leaves a run that can be resumed.
func (r *Run) create() error {
	if err := CheckVacant(r.Folder); err != nil {
		return err
	}
	err := r.Manifest.Write(r.Folder)
	if err == nil {
		r.files, err = results.Create(r.Folder)
	}
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	return nil
}

// Gather takes the line of a finished cell, and reports whether a Flush is due.
func (r *Run) Gather(c suite.Cell, line []byte, status results.Status) (due bool) {
	r.Done++
	r.Manifest.Status[status]++
	return r.files.Gather(c.Index, line)
}

// Flush writes the lines that have been gathered. Meanwhile others may be.
func (r *Run) Flush() error { return r.files.Flush() }

// Close closes the files.
func (r *Run) Close() error { return r.files.Close() }
