package pool

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/gdbench/gdbench/internal/results/seal"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/keep"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Exclusive timing. A cell runs once, observed, for its record. Then it is replayed: the same
// number of steps, unobserved, alone on the machine, with the clock read around a batch of at
// least ten milliseconds. The cells of a problem take turns, round after round, so that a
// drift of the machine (temperature, frequency) affects all methods alike. The first round
// warms up and is discarded; the median of the others is kept.
const (
	timingWarmUp = 500 * time.Millisecond // until a processor has left its idle states
	timingBlock  = 100                    // cells that take turns at most
	busyLoad     = 0.5                    // load average from which on others share the machine
)

// finished is a cell that has run and waits to be timed.
type finished struct {
	cell    suite.Cell
	record  results.Record // without what the worker uses again
	line    []byte
	seconds []float64 // of a descent, by round
}

// workAlone runs and times cells, block by block of one problem, until there are none.
func (p *pool) workAlone() error {
	if before := float64(p.run.Manifest.Timing.LoadBefore); before > busyLoad {
		p.run.Manifest.Warnings = append(p.run.Manifest.Warnings, fmt.Sprintf("the load average was %.1f when timing began: other programs use the machine, so times are indicative", before))
	}
	for began := time.Now(); time.Since(began) < timingWarmUp && !p.stop.Load(); {
	}
	w := descend.NewWorker(p.suite, p.built, &p.stop)
	var block []finished
	var spread mean
	flush := func() error {
		err := p.time(w, block, &spread)
		block = block[:0]
		return err
	}
	for !p.stop.Load() && !p.drain.Load() {
		cell, ok := p.take()
		if !ok {
			break
		}
		full := len(block) == timingBlock || len(block) > 0 && block[0].cell.Problem != cell.Problem
		if full || cell.IsFinal() && len(block) > 0 && block[0].cell.IsTrial() { // its settings are chosen by what waits
			if err := flush(); err != nil {
				return err
			}
		}
		if cell, ok = p.search.settle(cell); !ok {
			break
		}
		record, ok, returned := p.guard(w, cell)
		if !ok { // stopped in the middle
			return nil
		}
		if !returned {
			w = descend.NewWorker(p.suite, p.built, &p.stop)
		}
		line, err := w.Encode(record)
		if err != nil {
			return fmt.Errorf("cell %s: %w", record.ID, err)
		}
		kept := *record
		kept.Trace, kept.Theorems = nil, nil
		block = append(block, finished{cell: cell, record: kept, line: slices.Clone(line)})
	}
	err := flush()
	p.output.Lock()
	defer p.output.Unlock()
	if !p.left {
		p.run.Manifest.Timing.Spread, p.run.Manifest.Timing.LoadAfter = results.Number(spread.value()), keep.LoadAverage()
	}
	return err
}

// time measures the cells of a block and writes their lines.
func (p *pool) time(w *descend.Worker, block []finished, spread *mean) error {
	runtime.GC()
	for round := range 1 + keep.TimingRounds {
		for i := range block {
			f := &block[i]
			if f.record.Final == nil { // it did not descend
				continue
			}
			seconds, err := w.Replay(f.cell, f.record.Iterations, keep.TimingBatch)
			if p.stop.Load() {
				return nil
			}
			if err != nil {
				return fmt.Errorf("cell %s failed when it was repeated for timing: %w", f.record.ID, err)
			}
			if round > 0 {
				f.seconds = append(f.seconds, seconds)
			}
		}
	}
	for i := range block {
		f := &block[i]
		if len(f.seconds) > 0 {
			slices.Sort(f.seconds)
			median := f.seconds[keep.TimingRounds/2]
			spread.add((f.seconds[keep.TimingRounds-1] - f.seconds[0]) / median)
			f.record.Seconds = results.Number(median)
			text, err := f.record.Seconds.MarshalJSON()
			if err != nil {
				return err
			}
			f.line = seal.Retime(f.line, text)
		}
		if err := p.write(f.cell, f.line, &f.record); err != nil {
			return err
		}
	}
	return p.run.Flush() // not beside the next block
}

// mean is a running mean, NaN of nothing.
type mean struct {
	sum   float64
	count int
}

func (m *mean) add(v float64)  { m.sum, m.count = m.sum+v, m.count+1 }
func (m *mean) value() float64 { return m.sum / float64(m.count) }
