package runner

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// Exclusive timing. A cell is run as ever, observed, for its record. Then it is replayed:
// as many steps, with nobody looking, nothing else running, and the clock read around a
// batch of at least ten milliseconds. The cells of a problem take turns, round after round,
// so that what drifts on the machine (its temperature, its frequency) strikes all methods
// alike; the first round warms up and is thrown away, and the median of the others is kept.
const (
	timingRounds = 5
	timingBatch  = 10 * time.Millisecond
	timingGroup  = 100 * time.Microsecond // between two readings of the clock at least
	timingWarmUp = 500 * time.Millisecond // until a processor has left its idle states
	timingBlock  = 100                    // cells that take turns at most
	busyLoad     = 0.5                    // load average from which on others share the machine
)

func newTiming() *results.Timing {
	t := &results.Timing{Rounds: timingRounds, Batch: results.Number(timingBatch.Seconds()), Governor: "unknown",
		LoadBefore: loadAverage(), LoadAfter: results.Number(math.NaN()), Spread: results.Number(math.NaN())}
	if text, err := os.ReadFile("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"); err == nil {
		t.Governor = strings.TrimSpace(string(text))
	}
	return t
}

// loadAverage is that average over the last minute, NaN where the system does not tell.
func loadAverage() results.Number {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return results.Number(math.NaN())
	}
	first, _, _ := strings.Cut(string(text), " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return results.Number(math.NaN())
	}
	return results.Number(v)
}

// finished is a cell that has run and waits to be timed.
type finished struct {
	cell    suite.Cell
	record  results.Record // without what the worker uses again
	line    []byte
	seconds []float64 // of a descent, by round
}

// workAlone runs and times cells, block by block of one problem, until there are none.
func (p *pool) workAlone() error {
	if before := float64(p.manifest.Timing.LoadBefore); before > busyLoad {
		p.manifest.Warnings = append(p.manifest.Warnings, fmt.Sprintf("the load average was %.1f when timing began: other programs share the machine, and times are indicative", before))
	}
	for began := time.Now(); time.Since(began) < timingWarmUp && !p.stop.Load(); {
	}
	w := newWorker(p.suite, p.built, &p.stop)
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
		if len(block) == timingBlock || len(block) > 0 && block[0].cell.Problem != cell.Problem {
			if err := flush(); err != nil {
				return err
			}
		}
		record, ok, returned := p.guard(w, cell)
		if !ok { // stopped in the middle
			return nil
		}
		if !returned {
			w = newWorker(p.suite, p.built, &p.stop)
		}
		line, err := w.encode(record)
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
		p.manifest.Timing.Spread, p.manifest.Timing.LoadAfter = results.Number(spread.value()), loadAverage()
	}
	return err
}

// time measures the cells of a block and writes their lines.
func (p *pool) time(w *worker, block []finished, spread *mean) error {
	runtime.GC()
	for round := range 1 + timingRounds {
		for i := range block {
			f := &block[i]
			if f.record.Final == nil { // it did not descend
				continue
			}
			seconds, err := w.batch(f.cell, f.record.Iterations)
			if p.stop.Load() {
				return nil
			}
			if err != nil {
				return fmt.Errorf("cell %s does not repeat: %w", f.record.ID, err)
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
			median := f.seconds[timingRounds/2]
			spread.add((f.seconds[timingRounds-1] - f.seconds[0]) / median)
			f.record.Seconds = results.Number(median)
			f.line = results.Retime(f.line, median)
		}
		if err := p.write(f.cell, f.line, &f.record); err != nil {
			return err
		}
	}
	return nil
}

// batch replays a cell until the batch is long enough, and returns the seconds of a
// descent. Descents are set up in groups beforehand, so that neither that nor the clock is
// in the time of short ones.
func (w *worker) batch(c suite.Cell, iterations int) (seconds float64, err error) {
	defer func() {
		if v := recover(); v != nil {
			w.forked, w.paired = nil, nil
			err = fmt.Errorf("panic: %v%s", v, origin())
		}
	}()
	b := w.built[c.Problem]
	var total time.Duration
	count, group := 0, 1
	for total < timingBatch {
		descents := make([]*descent, group)
		for i := range descents {
			descents[i] = &descent{}
			method, err := w.pair(c).build(b)
			if err != nil {
				return 0, err
			}
			if err := w.prepare(descents[i], c, b, methods.Unwrap(method)); err != nil {
				return 0, err
			}
		}
		began := time.Now()
		for _, d := range descents {
			if err := d.replay(iterations); err != nil {
				return 0, err
			}
		}
		took := max(time.Since(began), 1)
		total, count = total+took, count+group
		group = min(max(1, int(timingGroup*time.Duration(group)/took)), 256)
	}
	return total.Seconds() / float64(count), nil
}

// replay takes so many steps and looks at nothing.
func (d *descent) replay(iterations int) error {
	if err := d.method.Init(d.oracle, &d.at); err != nil {
		return err
	}
	for range iterations {
		if d.stopped.Load() {
			return errStopped
		}
		if err := d.method.Step(&d.at); err != nil {
			return err
		}
	}
	return nil
}

// mean is a running mean, NaN of nothing.
type mean struct {
	sum   float64
	count int
}

func (m *mean) add(v float64)  { m.sum, m.count = m.sum+v, m.count+1 }
func (m *mean) value() float64 { return m.sum / float64(m.count) }
