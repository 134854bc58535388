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
	err           error        // the first failure; nothing is written after it
}

type span struct {
	from int64
	size int
}

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
	a.waiting[index] = span{a.end, len(line)}
	a.end += int64(len(line))
	return nil
}

// drain writes the waiting lines whose turn has come.
func (a *Appender) drain() error {
	for {
		place, ok := a.waiting[a.next]
		if !ok {
			break
		}
		line := make([]byte, place.size)
		if _, err := a.pending.ReadAt(line, place.from); err != nil {
			return err
		}
		delete(a.waiting, a.next)
		if err := a.write(line); err != nil {
			return err
		}
	}
	if len(a.waiting) == 0 && a.end > 0 {
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
