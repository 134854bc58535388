// Package runner runs a suite: it walks the grid with a pool of workers, each of which
// takes a cell, builds the method, lets it descend while an observer watches, and hands
// the record to the file in the order of the grid.
//
// The pieces, in the order in which a cell meets them:
//
//  1. build.go makes each problem once, with its facts and f*.
//  2. worker.go takes a cell, resolves expressions such as 1/L, opens the oracle.
//  3. descent.go is the loop: Step, look, decide.
//  4. observer.go is the look: value, gradient norm, targets, stops, at no charge.
//  5. trace.go keeps the curve in buffers that are used again for the next cell.
package runner

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
	began := time.Now()
	manifest := newManifest(s, o, began)
	earlier, err := find(o, manifest)
	if err != nil {
		return nil, err
	}
	reused, err := openEarlier(o.Reuse, manifest)
	if err != nil {
		return nil, err
	}
	var undo func()
	if o.New {
		o.Folder, undo, err = makeNewFolder(o.Folder)
	} else {
		undo, err = makeFolder(o.Folder)
	}
	if err != nil {
		return nil, err
	}
	defer undo() // where nothing was written
	p, err := prepare(ctx, s, o, manifest)
	if err != nil {
		return nil, err
	}
	unlock, unmake, err := lockFolder(o.Folder)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := p.open(earlier, reused); err != nil {
		if earlier == nil {
			unmake()
		}
		return nil, err
	}
	if o.Begun != nil {
		o.Begun(o.Folder)
	}
	err = errors.Join(p.run(ctx), p.files.Close())
	if err == nil {
		manifest.Finished = wall(began.Add(time.Since(began))) // whatever was done to the clock meanwhile
	}
	return manifest, tellFull(err, manifest.Write(o.Folder))
}

// tellFull joins what went wrong while the cells ran and at the end. A full disk fails both,
// and is told once, with what to do.
func tellFull(running, ending error) error {
	if errors.Is(running, syscall.ENOSPC) {
		ending = nil
	}
	err := errors.Join(running, ending)
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w; free space and call again with --resume", err)
	}
	return err
}

// prepare builds what the cells need, and finds out before anything is written what would
// not do: the folder, the data, the diagnostics, the memory.
func prepare(ctx context.Context, s *suite.Suite, o Options, m *results.Manifest) (*pool, error) {
	if err := checkWritable(o.Folder); err != nil {
		return nil, err
	}
	built, err := build(cmp.Or(o.Drain, ctx), s, o.Workers) // no cell is in flight yet
	if err != nil {
		return nil, err
	}
	if err := checkDiagnostics(s, built); err != nil {
		return nil, err
	}
	if m.Data, err = readDigests(s); err != nil {
		return nil, err
	}
	p := &pool{suite: s, options: o, built: built, cells: s.Cells(), manifest: m, past: map[int]results.Status{}}
	if o.Shard != nil {
		p.cells, m.Cells = share(s, *o.Shard, built)
	}
	if err := p.fit(); err != nil {
		return nil, err
	}
	m.Notes = notes(s, built)
	return p, nil
}

// open begins the files of the run or continues them, and takes over what another run has.
func (p *pool) open(earlier *results.Manifest, reused *results.Run) error {
	begin := p.create
	if earlier != nil {
		begin = func() error { return p.reopen(earlier) }
	}
	if err := begin(); err != nil {
		return err
	}
	if err := p.reuse(reused); err != nil {
		return errors.Join(err, p.files.Close())
	}
	return nil
}

// create begins a run in a folder that holds none: the manifest first, so that a kill
// between the two leaves a run that can be resumed.
func (p *pool) create() error {
	if err := checkVacant(p.options.Folder); err != nil {
		return err
	}
	err := p.manifest.Write(p.options.Folder)
	if err == nil {
		p.files, err = results.Create(p.options.Folder)
	}
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	return nil
}

// pool is the workers of one run.
type pool struct {
	suite    *suite.Suite
	options  Options
	built    map[*suite.Problem]*builtProblem
	cells    iter.Seq[suite.Cell] // of the grid, or of the shard
	manifest *results.Manifest

	taking sync.Mutex // guards next
	next   func() (suite.Cell, bool)
	past   map[int]results.Status // cells that an earlier process has finished

	output sync.Mutex // guards files, done, left and manifest
	files  *results.Appender
	done   int
	left   bool // a worker that comes back has nobody to tell

	ended chan error // of workers, with what went wrong

	stop  atomic.Bool // drop cells in flight
	drain atomic.Bool // begin no further cell
}

func (p *pool) run(ctx context.Context) error {
	next, end := iter.Pull(p.cells)
	defer end()
	p.next = next
	gentle := cmp.Or(p.options.Drain, context.Background())
	defer context.AfterFunc(gentle, func() { p.drain.Store(true) })()

	p.ended = make(chan error, p.options.Workers) // so that one who comes late does not wait
	work := p.work
	if p.suite.Exclusive() {
		work = p.workAlone
	}
	for range p.options.Workers {
		go func() { p.ended <- work() }()
	}
	err := p.await(ctx)
	p.output.Lock()
	defer p.output.Unlock()
	p.left = true
	if p.done < p.manifest.Cells {
		err = errors.Join(err, cmp.Or(context.Cause(ctx), context.Cause(gentle)))
	}
	return err
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
				if !slices.Contains(errs, err) { // the file tells every worker the same
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
	w := newWorker(p.suite, p.built, &p.stop)
	for !p.stop.Load() && !p.drain.Load() {
		cell, ok := p.take()
		if !ok {
			return nil
		}
		record, ok, returned := p.guard(w, cell)
		if !ok { // stopped in the middle
			return nil
		}
		if !returned {
			w = newWorker(p.suite, p.built, &p.stop) // the old one belongs to the evaluation
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
		if _, done := p.past[cell.Index]; !ok || !done {
			return cell, ok
		}
	}
}

func (p *pool) put(w *worker, cell suite.Cell, record *results.Record) error {
	line, err := w.encode(record)
	if err != nil {
		return fmt.Errorf("cell %s: %w", record.ID, err)
	}
	return p.write(cell, line, record)
}

// write hands a line to the file, and tells how far the run has come.
func (p *pool) write(cell suite.Cell, line []byte, record *results.Record) error {
	p.output.Lock()
	defer p.output.Unlock()
	if p.left {
		return nil
	}
	if err := p.files.Put(cell.Index, line); err != nil {
		return err
	}
	p.done++
	p.manifest.Status[record.Status]++
	if p.options.Progress != nil {
		p.options.Progress(Progress{Done: p.done, Cells: p.manifest.Cells, Last: record})
	}
	return nil
}
