package descend

import (
	"time"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/suite"
)

// replayGroup is the least time between two readings of the clock.
const replayGroup = 100 * time.Microsecond

// Replay runs a cell again and again, unobserved, until that took as long as a batch, and
// returns the seconds of a descent.
// Descents are set up in groups beforehand, so that neither that nor the clock is
// in the time of short ones.
func (w *Worker) Replay(c suite.Cell, iterations int, batch time.Duration) (seconds float64, err error) {
	defer func() {
		if v := recover(); v != nil {
			w.forked, w.paired = nil, nil
			err = guard.Panicked("while it was timed", v)
		}
	}()
	b := w.built[c.Problem]
	var total time.Duration
	count, group := 0, 1
	for total < batch {
		descents := make([]*descent, group)
		for i := range descents {
			descents[i] = &descent{}
			method, err := w.pair(c).build(b)
			if err != nil {
				return 0, err
			}
			behind, err := traits.Behind(method, b.Facts)
			if err != nil {
				return 0, err
			}
			if err := w.prepare(descents[i], c, b, behind); err != nil {
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
		group = min(max(1, int(replayGroup*time.Duration(group)/took)), 256)
	}
	return total.Seconds() / float64(count), nil
}

// replay takes so many steps and looks at nothing.
func (d *descent) replay(iterations int) error {
	defer traits.Release(d.method)
	d.watch.Limits, d.watch.Expired, d.watch.Stopped = nil, nil, nil // they were kept already, and stop is seen between steps
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
