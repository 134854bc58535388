package pool

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Options say how to run a suite; none of them changes a result.
type Options struct {
	Folder  string // of the run; made if it does not exist, refused if it holds a run
	New     bool   // make Folder under a name that is free: a number is added to one that is taken
	Workers int    // 0: one a processor; a suite with exclusive timing has one
	Version string // of gdbench, for the manifest
	Commit  string

	// Shard, if set, is the part of the grid to run.
	Shard *results.Shard

	// Resume continues the run in Folder, which must be of the same suite.
	Resume bool

	// Compress compresses the run file when the run has ended. One that was compressed is so again.
	Compress bool

	// Reuse, if set, is the folder of an earlier run, whose cells are taken over where their
	// definition is the same.
	Reuse string

	// Grace is how long past its budget in seconds a cell may stay in one evaluation before
	// it is abandoned; 0: ten seconds.
	Grace time.Duration

	// Drain, if set, ends the run gently when it is done: cells in flight are finished, no
	// further one is begun.
	Drain context.Context

	// Begun, if set, is called before the first cell with the folder of the run, in which there
	// is from then on something to resume.
	Begun func(folder string)

	// Progress, if set, is called after each finished cell, from one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far a run has come.
type Progress struct {
	Done, Cells int
	Last        *results.Record // valid during the call only
}

// Run runs every cell of the suite. When ctx ends, cells in flight are dropped, within
// seconds even where one is in an evaluation that does not return; when Options.Drain ends,
// which must be when ctx does or before, they are finished. Either way what was finished is
// kept, and the error wraps that of the context.
func Run(ctx context.Context, s *suite.Suite, o Options) (*results.Manifest, error) {
	switch {
	case s.Exclusive():
		o.Workers = 1
	case o.Workers <= 0:
		o.Workers = runtime.GOMAXPROCS(0)
	}
	defer s.Close()
	began := time.Now()
	manifest := keep.NewManifest(s, began, o.Workers, o.Version, o.Commit, o.Shard)
	var earlier *results.Manifest
	if !o.New {
		var err error
		if earlier, err = keep.Find(o.Folder, o.Resume, manifest); err != nil {
			return nil, err
		}
	}
	reused, err := keep.OpenEarlier(o.Reuse, manifest)
	if err != nil {
		return nil, err
	}
	var undo func()
	if o.New {
		o.Folder, undo, err = keep.MakeNewFolder(o.Folder)
	} else {
		undo, err = keep.MakeFolder(o.Folder)
	}
	if err != nil {
		return nil, err
	}
	defer undo() // where nothing was written
	p, err := newPool(ctx, s, o, manifest)
	if err != nil {
		return nil, err
	}
	unlock, unmake, err := keep.LockFolder(o.Folder)
	if err != nil {
		return nil, err
	}
	defer unlock()
	compress := o.Compress || results.IsCompressed(o.Folder)
	if err := p.run.Open(earlier, reused); err != nil {
		if earlier == nil {
			unmake()
		}
		return nil, err
	}
	if err := p.search.restore(p.run); err != nil {
		return nil, errors.Join(err, p.run.Close())
	}
	if o.Begun != nil {
		o.Begun(o.Folder)
	}
	err = errors.Join(p.runCells(ctx), p.run.Close())
	if err == nil && compress {
		err = results.Compress(o.Folder)
	}
	if err == nil {
		manifest.Finished = keep.Wall(began.Add(time.Since(began))) // whatever was done to the clock meanwhile
	}
	return manifest, joinErrors(err, manifest.Write(o.Folder))
}

// joinErrors joins the errors of the cells and of the end of a run. A full disk causes both, and
// is reported once, with what to do.
func joinErrors(running, ending error) error {
	if errors.Is(running, syscall.ENOSPC) {
		ending = nil
	}
	err := errors.Join(running, ending)
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w; free some space and run again with --resume", err)
	}
	return err
}

// newPool builds what the cells need, and finds out before anything is written what would
// not work: the folder, the data, the diagnostics, the memory.
func newPool(ctx context.Context, s *suite.Suite, o Options, m *results.Manifest) (*pool, error) {
	if err := keep.CheckWritable(o.Folder); err != nil {
		return nil, err
	}
	built, err := prepare.All(cmp.Or(o.Drain, ctx), s, o.Workers) // no cell is in flight yet
	if err != nil {
		return nil, err
	}
	if err := descend.CheckDiagnostics(s, built); err != nil {
		return nil, err
	}
	if m.Data, err = prepare.Digests(s); err != nil {
		return nil, err
	}
	run := &keep.Run{Folder: o.Folder, Suite: s, Cells: s.Cells(), Manifest: m, Past: map[int]results.Status{}}
	if m.Data != nil {
		m.DataFolder = prepare.PlaceOf(s.Dir, o.Folder)
	}
	if o.Shard != nil {
		run.Cells, m.Cells = keep.Share(s, *o.Shard, built)
	}
	workers, note, err := prepare.Workers(s, run.Cells, built, o.Workers)
	if err != nil {
		return nil, err
	}
	if note != "" {
		m.Warnings = append(m.Warnings, note)
	}
	o.Workers, m.Workers = workers, workers
	m.Notes = prepare.Notes(s, built)
	p := &pool{suite: s, options: o, built: built, run: run, search: newSearch(s), crew: crew.New()}
	for _, b := range built {
		b.HelpedBy(p.crew)
	}
	return p, nil
}

// pool is the workers of one run.
type pool struct {
	suite   *suite.Suite
	options Options
	built   prepare.Problems
	search  *search
	crew    *crew.Crew // workers that have found no further cell

	taking sync.Mutex // guards next, and its end
	next   func() (suite.Cell, bool)

	output sync.Mutex // guards run and left
	run    *keep.Run
	left   bool // the run has ended; a worker that returns later must not write

	ended chan error // of workers, with what went wrong

	stop  atomic.Bool // drop cells in flight
	drain atomic.Bool // begin no further cell
}

func (p *pool) runCells(ctx context.Context) error {
	room := headroom()
	defer runtime.KeepAlive(room)
	next, end := iter.Pull(p.run.Cells)
	p.next = next
	defer func() { // a worker that is left behind may come for another cell at this moment
		p.taking.Lock()
		defer p.taking.Unlock()
		end()
	}()
	gentle := cmp.Or(p.options.Drain, context.Background())
	defer context.AfterFunc(gentle, func() { p.drain.Store(true) })()

	p.ended = make(chan error, p.options.Workers) // so that one who comes late does not wait
	work := p.work
	if p.suite.Exclusive() {
		work = p.workAlone
	}
	for range p.options.Workers {
		go p.employ(work)
	}
	err := p.await(ctx)
	p.crew.Close()
	p.output.Lock()
	defer p.output.Unlock()
	p.left = true
	if p.run.Done < p.run.Manifest.Cells {
		err = errors.Join(err, cmp.Or(context.Cause(ctx), context.Cause(gentle)))
	}
	return err
}

// employ has a worker run cells until there are none, and then help the others.
func (p *pool) employ(work func() error) {
	p.ended <- work()
	p.crew.Join()
}

// patience is how long a worker that is to stop may stay in one iteration.
const patience = 2 * time.Second

// await waits for the workers. When one has failed or ctx ends, the others are to stop; one
// that is still in an evaluation after some patience is left behind.
func (p *pool) await(ctx context.Context) error {
	var errs []error
	var late <-chan time.Time
	halt := func() {
		p.stop.Store(true)
		p.search.end()
		if late == nil {
			late = time.After(patience)
		}
	}
	stopped := ctx.Done()
	for running := p.options.Workers; running > 0; {
		select {
		case err := <-p.ended:
			running--
			if err != nil {
				if !slices.Contains(errs, err) { // every worker gets the same error from the file
					errs = append(errs, err)
				}
				halt()
			}
		case <-stopped:
			stopped = nil
			halt()
		case <-late:
			return errors.Join(errs...)
		}
	}
	return errors.Join(errs...)
}

// work runs cells until there are none.
func (p *pool) work() error {
	w := descend.NewWorker(p.suite, p.built, &p.stop)
	for !p.stop.Load() && !p.drain.Load() {
		cell, ok := p.take()
		if !ok {
			return nil
		}
		if cell, ok = p.search.settle(cell); !ok { // stopped before the trials of the cell ended
			return nil
		}
		record, ok, returned := p.guard(w, cell)
		if !ok { // stopped in the middle
			return nil
		}
		if !returned {
			w = descend.NewWorker(p.suite, p.built, &p.stop) // the old one belongs to the evaluation
		}
		if err := p.put(w, cell, record); err != nil {
			return err
		}
	}
	return nil
}

func (p *pool) take() (suite.Cell, bool) {
	p.taking.Lock()
	defer p.taking.Unlock()
	for {
		cell, ok := p.next()
		if _, done := p.run.Past[cell.Index]; !ok || !done {
			return cell, ok
		}
	}
}

func (p *pool) put(w *descend.Worker, cell suite.Cell, record *results.Record) error {
	line, err := w.Encode(record)
	if err != nil {
		return fmt.Errorf("cell %s: %w", record.ID, err)
	}
	return p.write(cell, line, record)
}

// write hands a line to the file and reports the progress.
func (p *pool) write(cell suite.Cell, line []byte, record *results.Record) error {
	if p.gather(cell, line, record) {
		return p.run.Flush() // without the lock: others gather meanwhile
	}
	return nil
}

func (p *pool) gather(cell suite.Cell, line []byte, record *results.Record) (due bool) {
	p.output.Lock()
	defer p.output.Unlock()
	if p.left {
		return false
	}
	due = p.run.Gather(cell, line, record.Status)
	p.search.note(cell, record)
	if p.options.Progress != nil {
		p.options.Progress(Progress{Done: p.run.Done, Cells: p.run.Manifest.Cells, Last: record})
	}
	return due
}
