package pool

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// search is what the choice of settings needs of a run: how each trial ended. The settings of a
// final run are chosen when it is its turn. Its trials come before it in the grid, so they have
// run, or other workers are at them.
type search struct {
	suite *suite.Suite
	plan  *results.Tuning // nil: nothing is tuned

	mu       sync.Mutex
	changed  sync.Cond // a trial has ended, or the run
	ended    bool
	outcomes map[trialKey]tuning.Outcome
}

// trialKey names a trial.
type trialKey struct {
	method              *suite.Method // as the suite writes it
	group, study, trial int
}

func newSearch(s *suite.Suite) *search {
	out := &search{suite: s, plan: s.Tuning(), outcomes: map[trialKey]tuning.Outcome{}}
	out.changed.L = &out.mu
	return out
}

// note keeps how a trial ended.
func (s *search) note(c suite.Cell, r *results.Record) {
	if s.plan == nil || !c.IsTrial() {
		return
	}
	outcome := tuning.Of(r, s.plan.Targets, s.plan.Cost)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outcomes[trialKey{c.Place.Base, c.Place.Group, c.Place.Study, c.Place.Trial}] = outcome
	s.changed.Broadcast()
}

// end wakes all who wait.
func (s *search) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.changed.Broadcast()
}

// settle is a cell with its settings; false where the run ended before its trials did.
func (s *search) settle(c suite.Cell) (suite.Cell, bool) {
	if !c.IsFinal() {
		return c, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sources := s.suite.Sources(&c)
	trials := make([][]tuning.Outcome, len(sources))
	for i, group := range sources {
		for k := 1; k <= c.Place.After; k++ {
			outcome, ok := s.await(trialKey{c.Place.Base, group, c.Place.Study, k})
			if !ok {
				return c, false
			}
			trials[i] = append(trials[i], outcome)
		}
	}
	return s.suite.WithSettings(c, tuning.Best(trials)+1), true
}

// await is how a trial ended, once it has; false where the run ended before. The search is locked.
func (s *search) await(trial trialKey) (tuning.Outcome, bool) {
	for {
		if outcome, ok := s.outcomes[trial]; ok || s.ended {
			return outcome, ok
		}
		s.changed.Wait()
	}
}

// restore notes the trials that need not run: those that are in the files of the folder.
func (s *search) restore(run *keep.Run) error {
	if s.plan == nil || len(run.Past) == 0 {
		return nil
	}
	trials := map[string]suite.Cell{}
	for c := range run.Cells {
		if c.IsTrial() {
			trials[c.ID()] = c
		}
	}
	for r, err := range (&results.Run{Folder: run.Folder, Manifest: run.Manifest}).RecordsWith(results.Columns{}) {
		if err != nil {
			return err
		}
		s.note(trials[r.ID], r)
	}
	return each(filepath.Join(run.Folder, results.PendingFile), func(r *results.Record) { s.note(trials[r.ID], r) })
}

// each visits the records of a file, if there is one.
func each(path string, visit func(*results.Record)) error {
	file, err := limit.Open(path, "lines of a run")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	reader := results.NewReader(path, file)
	reader.Columns = results.Columns{}
	for {
		r, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		visit(r)
	}
}
