package results

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/results/seal"
)

// LockFile keeps two processes from writing one run. The lock dies with its process; the
// file stays.
const LockFile = ".lock"

// Unfinished says in what way a run is not complete and what to do about it, such as "was
// interrupted"; nothing where its manifest has an end.
func (r *Run) Unfinished() (how, advice string) {
	switch {
	case !r.Manifest.Finished.IsZero():
		return "", ""
	case isLocked(r.Folder):
		return "is being written by another process", "wait for its end"
	}
	return "was interrupted", "finish it with `gdbench run --resume`"
}

// Resumed is what Reopen found.
type Resumed struct {
	Done map[int]Status // finished cells by their index in the grid
	Torn int            // last lines, torn by a kill or a loss of power, that were dropped
}

// Reopen continues the run files of a folder. indexOf gives the index of a line's cell in
// the grid; a line that has no place there, or is out of order, is an error that
// names it. Where the run was killed before its first line there is no file yet.
func Reopen(folder string, indexOf func(CellLine) (int, error)) (*Appender, *Resumed, error) {
	for _, name := range []string{RunsFile, CompressedFile, PendingFile} {
		if err := limit.RegularOrNone(filepath.Join(folder, name), written); err != nil {
			return nil, nil, err
		}
	}
	if err := expand(folder); err != nil {
		return nil, nil, err
	}
	runs, err := os.OpenFile(filepath.Join(folder, RunsFile), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, nil, err
	}
	pending, err := os.OpenFile(filepath.Join(folder, PendingFile), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, nil, errors.Join(err, runs.Close())
	}
	a := &Appender{runs: runs, pending: pending, waiting: map[int]span{}}
	found := &Resumed{Done: map[int]Status{}}
	if err := errors.Join(a.reopenRuns(indexOf, found), a.reopenPending(indexOf, found)); err != nil {
		return nil, nil, errors.Join(err, runs.Close(), pending.Close())
	}
	a.drain()
	return a, found, a.Flush()
}

// reopenRuns reads the finished prefix, drops a torn last line and is at its end.
func (a *Appender) reopenRuns(indexOf func(CellLine) (int, error), found *Resumed) error {
	var end int64
	err := eachLine(a.runs, func(line []byte, whole bool) error {
		if !whole {
			found.Torn++
			return nil
		}
		cell, index, err := identify(line, indexOf)
		if err == nil && index != a.next {
			err = fmt.Errorf("cell %s is number %d of the grid", cell.ID, index+1)
		}
		if err != nil {
			return damaged(a.runs.Name(), a.next+1, err)
		}
		found.Done[index] = cell.Status
		a.next++
		end += int64(len(line))
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.runs.Truncate(end); err != nil {
		return err
	}
	_, err = a.runs.Seek(end, io.SeekStart)
	return err
}

// reopenPending finds the lines that wait, leaving out those that have been written since
// they began to.
func (a *Appender) reopenPending(indexOf func(CellLine) (int, error), found *Resumed) error {
	number := 0
	return eachLine(a.pending, func(line []byte, whole bool) error {
		number++
		if !whole {
			found.Torn++
			return nil
		}
		cell, index, err := identify(line, indexOf)
		if err != nil {
			return damaged(a.pending.Name(), number, err)
		}
		if index >= a.next {
			a.waiting[index] = span{from: a.end, size: len(line)}
			found.Done[index] = cell.Status
		}
		a.end += int64(len(line))
		return nil
	})
}

// CellLine is what distinguishes a line from others.
type CellLine struct {
	ID         string `json:"id"`
	Definition string `json:"definition"`
	Status     Status `json:"status"`
}

func identify(line []byte, indexOf func(CellLine) (int, error)) (CellLine, int, error) {
	var cell CellLine
	if _, err := seal.Check(line); err != nil {
		return cell, 0, err
	}
	if err := json.Unmarshal(line, &cell); err != nil {
		return cell, 0, notARecord(err)
	}
	index, err := indexOf(cell)
	return cell, index, err
}

// eachLine visits the lines of a file; whole is false for a last line without an end, and
// for one with an end but no JSON before it, as a loss of power leaves.
func eachLine(file *os.File, visit func(line []byte, whole bool) error) error {
	in := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			whole := bytes.HasSuffix(line, []byte{'\n'})
			if _, end := in.Peek(1); errors.Is(end, io.EOF) {
				whole = whole && json.Valid(line)
			}
			if err := visit(line, whole); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
