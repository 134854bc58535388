package descend

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// keptVariables is the largest dimension whose final x is kept in the record.
const keptVariables = 32

// Worker runs cells one after the other, with memory that it uses again.
type Worker struct {
	suite    *suite.Suite
	built    prepare.Problems
	stopped  *atomic.Bool
	allotted [2]allotment // to problems that are no sum over samples, and to sums

	forked   *prepare.Built   // whose fork the two below are
	fork     problems.Problem // the method's
	observed problems.Problem // the observer's
	watched  *diagnostics     // of the observer's
	paired   *pairing         // of the cell before

	trace    results.Trace
	observer observer
	theorems theory.Checker
	line     []byte
	nudge    *rand.Rand      // moves the start; nil but in jitter
	moved    *results.Number // how far the last start was from the constraint; nil: it satisfied it
	keepsEnd bool            // the record keeps the last x in any dimension
}

// allotment is what the runs of a kind of problem have in common: budget and schedule.
type allotment struct {
	budget   suite.Budget
	schedule *schedule
	spent    string // message of a run that spends its iterations
}

func allot(s *suite.Suite, samples int) allotment {
	b := s.Budget.For(samples)
	a := allotment{budget: b, schedule: newSchedule(s.Trace, b.Iterations), spent: "budget spent: " + english.Count(b.Iterations, "iteration")}
	if b.Iterations != s.Budget.Iterations {
		a.spent += ", the default, since epochs limit only sums over samples"
	}
	return a
}

// NewWorker is a worker for the cells of a suite. Once stopped is set, it drops the cell in
// flight.
func NewWorker(s *suite.Suite, built prepare.Problems, stopped *atomic.Bool) *Worker {
	return &Worker{
		suite: s, built: built, stopped: stopped, allotted: [2]allotment{allot(s, 0), allot(s, 1)},
	}
}

// Run is the record of a cell; false where the suite was stopped in its middle.
func (w *Worker) Run(c suite.Cell) (*results.Record, bool) {
	p, b := w.pair(c), w.built[c.Problem]
	r := p.begin(w.suite, c)
	moved, err := w.jitter(c, b) // first: it uses the buffers of the trace too
	if err == nil {
		r.Jitter = moved
		err = w.descend(c, b, r)
	}
	var missing *problems.Missing
	switch {
	case errors.Is(err, errStopped):
		return nil, false
	case errors.As(err, &missing):
		r.Status, r.Message = results.Skipped, err.Error()
	case err != nil:
		r.Status, r.Message = results.Failed, err.Error()
	}
	r.Message = strings.ToValidUTF8(r.Message, "\uFFFD") // as it will be read
	return r, true
}

// Guarded is Run for a caller whose own goroutine must not end with a component's: the cell is
// then a failed one. The record is nil where the suite was stopped.
func (w *Worker) Guarded(c suite.Cell) (record *results.Record) {
	err := guard.Run("in a cell", func() error {
		record, _ = w.Run(c)
		return nil
	})
	if err != nil {
		return Failed(w.suite, w.built[c.Problem], c, err.Error())
	}
	return record
}

// descend runs the cell into its record. A panic anywhere below is an error here, and
// leaves the worker fit for the next cell.
func (w *Worker) descend(c suite.Cell, b *prepare.Built, r *results.Record) (err error) {
	d := &descent{}
	defer func() {
		if v := recover(); v != nil {
			w.forked, w.paired = nil, nil // their scratch may be in any state
			err = guard.Panicked("after "+english.Count(d.k, "iteration"), v)
		}
	}()
	method, err := w.pair(c).build(b)
	if err != nil {
		return err
	}
	behind, err := traits.Behind(method, b.Facts)
	if err != nil {
		return err
	}
	if err := w.prepare(d, c, b, behind); err != nil {
		return err
	}
	defer func() { traits.Release(d.method) }() // the last one, where there were several
	// Theorems are about one descent.
	if d.restarts == nil && w.suite.HasCurve(&c) {
		d.checker = w.checker(c, behind, b)
	}
	return w.record(d, c, b, r)
}

// prepare sets up the descent: the worker's fork, the oracle, the start, the budget.
func (w *Worker) prepare(d *descent, c suite.Cell, b *prepare.Built, method methods.Method) error {
	if w.forked != b {
		w.fork, w.observed, w.forked = b.Fork(), b.Fork(), b
		w.watched = newDiagnostics(w.observed, w.suite.Diagnostics)
		w.pair(c).studied, w.pair(c).checker = false, nil // they know another fork
	}
	stream, repeat := c.Stream()
	seed := problems.Seed{Suite: w.suite.Seed, Problem: stream, Repeat: repeat}
	samples := b.Samples()
	a := w.allotted[min(samples, 1)]
	oracle, err := problems.NewOracle(w.fork, b.Facts, problems.OracleOptions{
		Batch: c.Method.Keys.Batch.Size, Replacement: c.Method.Keys.Sampling == "replace",
		Horizon: w.suite.Horizon(c.Method, samples), Seed: seed, Watch: &d.watch,
	})
	if err != nil {
		return err
	}
	if err := methods.Resolve(method, b.Facts); err != nil { // parts of a preset, before the clock runs
		return err
	}
	d.method, d.oracle = method, oracle
	d.at = newIterate(b.Problem.Dim())
	if err := w.place(c, b, seed, d.at.X); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	w.observe(d, b, oracle, w.traces() && w.suite.HasCurve(&c))
	d.limits = newLimits(a.budget, samples)
	if samples > 0 {
		d.due = dueAfter(0, d.limits.epoch)
	}
	d.schedule, d.stopped, d.allIterations = a.schedule, w.stopped, a.spent
	d.restarts = w.restarting(c, b, seed)
	d.watch.Limits, d.watch.Expired, d.watch.Stopped = nil, &d.expired, d.stopped
	if d.limits.metered {
		d.watch.Limits = &d.limits.counts
	}
	return nil
}

// observe lends the descent the worker's observer and trace.
func (w *Worker) observe(d *descent, b *prepare.Built, oracle *problems.Oracle, curve bool) {
	n := b.Problem.Dim()
	o := &w.observer
	o.problem, o.facts, o.oracle = w.observed, b.Facts, oracle
	o.asked = &d.watch
	o.composite, _ = problems.As[problems.Composite](w.observed)
	if len(o.scratch) != n {
		o.scratch = make([]float64, n)
	}
	d.observer = o
	if curve {
		resetTrace(&w.trace)
		d.trace, d.watched = &w.trace, w.watched
		d.keepPath, d.room = w.suite.KeepsPath(n), w.suite.MostTracePoints(n)
	}
}

// traces reports whether the suite wants curves.
func (w *Worker) traces() bool { return w.suite.Trace.Points > 0 || w.suite.Trace.Every > 0 }

// record runs the descent and writes down how it went.
func (w *Worker) record(d *descent, c suite.Cell, b *prepare.Built, r *results.Record) error {
	e := new(ends)
	e.start, r.Start = d.observer.begin(&d.at, w.suite), &e.start
	e.start.Projected = w.moved
	if on := active(w.observed, d.at.X); on != nil && *on > 0 {
		e.start.Boundary = traits.FromBoundary(d.method)
	}
	if !finite(d.observer.value) {
		return errors.New("the value at the start is not finite")
	}
	if seconds := w.suite.Budget.Seconds; seconds > 0 {
		timer := time.AfterFunc(time.Duration(seconds*1e9), func() { d.expired.Store(true) })
		defer timer.Stop()
	}
	d.pair, d.memory = w.pair(c), &r.Memory
	v, err := d.run()
	elapsed := time.Since(d.started).Seconds()
	if err != nil {
		return err
	}
	o := d.observer
	r.Status, r.Message, r.Iterations = v.status, v.message, d.k
	r.Counts = *d.oracle.Counts()
	e.final, r.Final = results.Final{
		Value: results.Number(o.value), Gap: results.Number(o.gap()), GradientNorm: results.Number(o.gradNorm),
		Distance: results.Number(b.Facts.Distance(d.at.X)),
	}, &e.final
	if w.keepsEnd || len(d.at.X) <= keptVariables {
		e.x, e.final.X = d.at.X, &e.x
	}
	e.final.Active = active(w.observed, d.at.X)
	e.final.DualityGap = o.dualityGap(&d.at)
	e.final.CriticalPoint = string(critical.Classify(w.observed, b.Facts, d.at.X, o.origin))
	e.best, r.Best = o.best(), &e.best
	r.Targets = append(r.Targets, o.targets...)
	r.Trace = d.trace
	if d.restarts == nil {
		e.conclude(d, r)
	} else {
		r.Restarts = d.restarts.count
	}
	r.Theorems = theorems(d.checker, d.trace)
	r.Seconds = results.Number(elapsed)
	return nil
}

// ends are the parts of a record that a cell lacks which did not begin, in one piece of
// memory.
type ends struct {
	start results.Start
	final results.Final
	best  results.Best
	x     results.Series
	law   results.Law
	tail  results.Tail
}

// Encode is the record as a line, valid until the next call.
func (w *Worker) Encode(r *results.Record) (line []byte, err error) {
	w.line, err = r.AppendLine(w.line[:0])
	return w.line, err
}
