package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Appender writes finished cells in the order of the grid. The file is at every moment a
// prefix of the final one; lines that come ahead of their turn wait in the pending file,
// so that memory does not grow with the grid. Lines are gathered for some milliseconds, and a
// kill loses no others: a call of the system for each would be a good part of a short cell,
// and most of those ahead of their turn wait only for a moment. Several goroutines may use it.
type Appender struct {
	runs, pending *os.File

	writing sync.Mutex // held while something is written; locked before the other
	written []byte     // lines in the file, as room for others

	gathering sync.Mutex // guards what follows
	next      int
	lines     []byte       // in their order, to be written
	ahead     []byte       // ahead of their turn, to be written behind the pending file
	aheads    []int        // the indexes of these
	waiting   map[int]span // index → place in the pending file or behind it
	end       int64        // of the pending file
	ticking   bool         // there will be a Flush
	err       error        // the first failure; nothing is written after it
	reported  bool
}

// span is the place of a line.
type span struct {
	from int64
	size int
}

// Lines are gathered for so long at most, and up to so many bytes. The pending file keeps lines that no longer
// wait up to a size: who reads it leaves them out.
const gatherFor, mostGathered, mostStale = 5 * time.Millisecond, 1 << 17, 1 << 20

// Create makes the run files in an existing folder.
func Create(folder string) (*Appender, error) {
	runs, err := os.OpenFile(filepath.Join(folder, RunsFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	pending, err := os.OpenFile(filepath.Join(folder, PendingFile), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o644)
	if err != nil {
		return nil, errors.Join(err, runs.Close())
	}
	return &Appender{runs: runs, pending: pending, waiting: map[int]span{}}, nil
}

// Put takes the line of the cell with the given index, its end of line included. That it could not
// be written may be the error of a later call, or of Close.
func (a *Appender) Put(index int, line []byte) error {
	if a.Gather(index, line) {
		return a.Flush()
	}
	return nil
}

// Gather is Put without the writing, and reports whether a Flush is due.
func (a *Appender) Gather(index int, line []byte) (due bool) {
	a.gathering.Lock()
	defer a.gathering.Unlock()
	if index == a.next {
		a.lines = append(a.lines, line...)
		a.next++
		a.drain()
	} else {
		a.waiting[index] = span{from: a.end + int64(len(a.ahead)), size: len(line)}
		a.ahead = append(a.ahead, line...)
		a.aheads = append(a.aheads, index)
	}
	if !a.ticking {
		a.ticking = true
		time.AfterFunc(gatherFor, a.tick)
	}
	return a.err != nil || len(a.lines) >= mostGathered || len(a.ahead) >= mostGathered
}

// drain gathers waiting lines whose turn has come, until they are many.
func (a *Appender) drain() {
	for a.err == nil && len(a.lines) < mostGathered {
		place, ok := a.waiting[a.next]
		if !ok {
			return
		}
		if behind := place.from - a.end; behind >= 0 {
			a.lines = append(a.lines, a.ahead[behind:][:place.size]...)
		} else {
			a.lines = slices.Grow(a.lines, place.size)
			line := a.lines[len(a.lines):][:place.size]
			if _, err := a.pending.ReadAt(line, place.from); err != nil {
				a.fail(err)
				return
			}
			a.lines = a.lines[:len(a.lines)+place.size]
		}
		delete(a.waiting, a.next)
		a.next++
	}
}

func (a *Appender) fail(err error) {
	if err != nil && a.err == nil {
		a.err = fmt.Errorf("writing results: %w", err)
	}
}

// tick writes what was gathered. The next Flush, or Close, reports a failure.
func (a *Appender) tick() {
	a.gathering.Lock()
	a.ticking = false
	a.gathering.Unlock()
	a.write()
}

// Flush writes what was gathered.
func (a *Appender) Flush() error {
	a.write()
	a.gathering.Lock()
	defer a.gathering.Unlock()
	a.reported = a.err != nil
	return a.err
}

// write writes what was gathered, and what is gathered meanwhile.
func (a *Appender) write() {
	a.writing.Lock()
	defer a.writing.Unlock()
	a.gathering.Lock()
	defer a.gathering.Unlock()
	for a.err == nil && len(a.lines) > 0 {
		lines := a.lines
		a.lines = a.written[:0]
		a.gathering.Unlock()
		_, err := a.runs.Write(lines)
		a.gathering.Lock()
		a.written = lines
		a.fail(err)
		a.drain() // of many that waited only a part was gathered
	}
	if a.err == nil {
		a.fail(a.save())
	}
}

// save writes those lines behind the pending file that still wait, or cuts it where nothing does.
func (a *Appender) save() error {
	still := a.ahead[:0] // moves lines to the front
	for _, index := range a.aheads {
		if place, waits := a.waiting[index]; waits {
			line := a.ahead[place.from-a.end:][:place.size]
			a.waiting[index] = span{from: a.end + int64(len(still)), size: place.size}
			still = append(still, line...)
		}
	}
	a.ahead, a.aheads = a.ahead[:0], a.aheads[:0]
	if len(still) > 0 {
		_, err := a.pending.WriteAt(still, a.end)
		a.end += int64(len(still))
		return err
	}
	if len(a.waiting) == 0 && a.end > mostStale {
		a.end = 0
		return a.pending.Truncate(0)
	}
	return nil
}

// Close writes what was gathered and ends the files. The pending file goes when all lines are in the other.
// What Put or Flush has reported is not reported again.
func (a *Appender) Close() error {
	a.write()
	a.gathering.Lock()
	defer a.gathering.Unlock()
	err := errors.Join(a.runs.Close(), a.pending.Close())
	if a.err == nil && len(a.waiting) == 0 {
		err = errors.Join(err, os.Remove(a.pending.Name()))
	}
	if !a.reported {
		err = errors.Join(a.err, err)
	}
	return err
}
