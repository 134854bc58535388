package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Appender writes finished cells in the order of the grid. The file is at every moment a
// prefix of the final one; lines that come ahead of their turn wait in the pending file,
// so that memory does not grow with the grid and a killed run loses nothing it finished.
type Appender struct {
	runs, pending *os.File
	next          int
	waiting       map[int]span // index → place in the pending file
	end           int64        // of the pending file
	copied        int          // bytes of the lines of which there is a copy
	room          []byte       // of a copy that is no longer needed
	err           error        // the first failure; nothing is written after it
}

// span is a line in the pending file, with a copy unless it waits behind many.
type span struct {
	from int64
	size int
	copy []byte
}

// mostCopied is how many bytes of waiting lines are kept in memory as well, and mostStale the size up to
// which the pending file keeps lines that no longer wait: who reads it leaves them out. With short cells
// half of the lines wait for a moment, and each call of the system counts.
const mostCopied, mostStale = 1 << 20, 1 << 20

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

// Put takes the line of the cell with the given index, its end of line included.
func (a *Appender) Put(index int, line []byte) error {
	if a.err != nil {
		return a.err
	}
	if index != a.next {
		return a.fail(a.wait(index, line))
	}
	if err := a.write(line); err != nil {
		return a.fail(err)
	}
	return a.fail(a.drain())
}

func (a *Appender) fail(err error) error {
	if err != nil && a.err == nil {
		a.err = fmt.Errorf("writing results: %w", err)
	}
	return a.err
}

func (a *Appender) write(line []byte) error {
	if _, err := a.runs.Write(line); err != nil {
		return err
	}
	a.next++
	return nil
}

func (a *Appender) wait(index int, line []byte) error {
	if _, err := a.pending.WriteAt(line, a.end); err != nil {
		return err
	}
	place := span{from: a.end, size: len(line)}
	if a.copied+len(line) <= mostCopied {
		place.copy, a.room = append(a.room[:0], line...), nil
		a.copied += len(line)
	}
	a.waiting[index] = place
	a.end += int64(len(line))
	return nil
}

// take removes a waiting line.
func (a *Appender) take(index int) ([]byte, error) {
	place := a.waiting[index]
	delete(a.waiting, index)
	if place.copy != nil {
		a.copied -= place.size
		a.room = place.copy
		return place.copy, nil
	}
	line := make([]byte, place.size)
	_, err := a.pending.ReadAt(line, place.from)
	return line, err
}

// drain writes the waiting lines whose turn has come.
func (a *Appender) drain() error {
	for {
		if _, ok := a.waiting[a.next]; !ok {
			break
		}
		line, err := a.take(a.next)
		if err != nil {
			return err
		}
		if err := a.write(line); err != nil {
			return err
		}
	}
	if len(a.waiting) == 0 && a.end > mostStale {
		a.end = 0
		return a.pending.Truncate(0)
	}
	return nil
}

// Close ends the files. The pending file goes when nothing waits in it. What Put has reported
// is not reported again.
func (a *Appender) Close() error {
	err := errors.Join(a.runs.Close(), a.pending.Close())
	if len(a.waiting) == 0 {
		err = errors.Join(err, os.Remove(a.pending.Name()))
	}
	return err
}
