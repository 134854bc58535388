package pool

import (
	"cmp"
	"fmt"
	"time"

	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// guard runs a cell. A cell with a budget in seconds is abandoned when an evaluation does not
// return in time: its record is then a failed one, and returned is false. Go cannot stop a
// goroutine, so the evaluation continues with the worker and all its buffers, which must not
// be used again; cells that are timed meanwhile are slower than usual. Go cannot keep a
// goroutine that a component ends, either: the cell fails too.
func (p *pool) guard(w *descend.Worker, c suite.Cell) (record *results.Record, ok, returned bool) {
	if p.suite.Budget.Seconds == 0 && !p.suite.Exclusive() {
		defer func() {
			if !returned {
				p.replace(c)
			}
		}()
		record, ok = w.Run(c)
		return record, ok, true
	}
	runs := time.Duration(1 + p.suite.Jitter)
	limit := runs*time.Duration(p.suite.Budget.Seconds*1e9) + cmp.Or(p.options.Grace, 10*time.Second)
	type answer struct {
		record       *results.Record
		ok, returned bool
	}
	done := make(chan answer, 1) // not received after the limit
	go func() {
		var a answer
		defer func() { done <- a }()
		a.record, a.ok = w.Run(c)
		a.returned = true
	}()
	var late <-chan time.Time
	if p.suite.Budget.Seconds > 0 {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case a := <-done:
		if !a.returned {
			return p.failed(c, guard.ErrLeft.Error()), true, false
		}
		return a.record, a.ok, true
	case <-late:
	}
	record = p.failed(c, fmt.Sprintf("an evaluation did not return within %v; the cell was abandoned", limit))
	p.output.Lock()
	defer p.output.Unlock()
	if p.left {
		return record, true, false
	}
	p.run.Manifest.Warnings = append(p.run.Manifest.Warnings, fmt.Sprintf(
		"the cell %s (%s on %s) was abandoned, but its evaluation is still running; times of cells beside and after it are indicative",
		record.ID, c.Method.Label, c.Problem.Label))
	return record, true, false
}

// failed is the record of a cell whose own cannot be had.
func (p *pool) failed(c suite.Cell, message string) *results.Record {
	return descend.Failed(p.suite, p.built[c.Problem], c, message) // the worker may still use its own
}

// replace puts another worker in the place of one whose goroutine ended in a cell.
func (p *pool) replace(c suite.Cell) {
	if err := p.put(descend.NewWorker(p.suite, p.built, &p.stop), c, p.failed(c, guard.ErrLeft.Error())); err != nil {
		p.ended <- err
		return
	}
	go p.employ(p.work)
}
