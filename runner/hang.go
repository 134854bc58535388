package runner

import (
	"cmp"
	"fmt"
	"time"

	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner/suite"
)

// guard runs a cell, and gives up on one that has a budget in seconds and does not come
// back from an evaluation: the record is then a failed one, and returned is false. Go
// cannot end a goroutine, so that the evaluation goes on, with the worker and all its
// buffers, which nobody may use again; what is timed beside it is slower than it was.
func (p *pool) guard(w *worker, c suite.Cell) (record *results.Record, ok, returned bool) {
	if p.suite.Budget.Seconds == 0 {
		record, ok = w.run(c)
		return record, ok, true
	}
	runs := time.Duration(1 + p.suite.Jitter)
	limit := runs*time.Duration(p.suite.Budget.Seconds*1e9) + cmp.Or(p.options.Grace, 10*time.Second)
	type answer struct {
		record *results.Record
		ok     bool
	}
	done := make(chan answer, 1) // taken by nobody after the limit
	go func() {
		record, ok := w.run(c)
		done <- answer{record, ok}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-done:
		return a.record, a.ok, true
	case <-timer.C:
	}
	record = newPairing(c, p.built[c.Problem]).begin(p.suite, c) // the worker has one, but uses it
	record.Status = results.Failed
	record.Message = fmt.Sprintf("no evaluation returned within %v; the cell was abandoned", limit)
	p.output.Lock()
	defer p.output.Unlock()
	if p.left {
		return record, true, false
	}
	p.manifest.Warnings = append(p.manifest.Warnings, fmt.Sprintf(
		"the cell %s (%s on %s) was abandoned in an evaluation that goes on; times measured after it are indicative",
		record.ID, c.Method.Label, c.Problem.Label))
	return record, true, false
}
