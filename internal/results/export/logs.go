package export

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// bbob is the suite whose functions COCO and IOHprofiler number alike.
const bbob = "bbob"

// appending keeps a few files of logs open that are written to in turns. A grid changes them rarely:
// it goes through the methods within a problem.
type appending struct {
	open  map[string]*logFile
	order []string
}

type logFile struct {
	*bufio.Writer
	file *os.File
}

// mostOpen is how many files are open at a time.
const mostOpen = 64

// to is the file of a path, at its end.
func (a *appending) to(path string) (*bufio.Writer, error) {
	if f := a.open[path]; f != nil {
		return f.Writer, nil
	}
	if len(a.order) >= mostOpen {
		oldest := a.order[0]
		a.order = a.order[1:]
		if err := a.shut(oldest); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	if a.open == nil {
		a.open = map[string]*logFile{}
	}
	a.open[path] = &logFile{bufio.NewWriter(file), file}
	a.order = append(a.order, path)
	return a.open[path].Writer, nil
}

func (a *appending) shut(path string) error {
	f := a.open[path]
	delete(a.open, path)
	return errors.Join(f.Flush(), f.file.Close())
}

// close writes what is left.
func (a *appending) close() error {
	var all error
	for _, path := range a.order {
		all = errors.Join(all, a.shut(path))
	}
	a.order = nil
	return all
}

// logRuns logs each run that a format holds, once for each price of a gradient.
func (j *job) logRuns(files *appending, holds func(*results.Record) bool, add func(*results.Record, counts.Price) error) error {
	err := j.each(courseColumns, func(r *results.Record) error {
		if !holds(r) {
			return nil
		}
		j.outcome.Cells++
		for _, p := range j.Prices {
			if err := add(r, p); err != nil {
				return err
			}
		}
		return nil
	})
	if closed := files.close(); err == nil {
		err = closed
	}
	return err
}

// begun leaves out cells that have nothing to log.
func (j *job) begun(r *results.Record) bool {
	switch {
	case r.Status == results.Skipped:
		j.leave(r, "it was skipped")
	case r.Start == nil:
		j.leave(r, "it failed before its start")
	case r.Minimum == nil:
		j.leave(r, "f* is unknown, and the format has gaps f - f* (export csv or parquet, which have values)")
	default:
		if r.Iterations > 0 && (r.Trace == nil || r.Trace.Len() < 2) { // a run of no iterations is its start
			j.note("some cells have no trace: their curves have the start, the targets and the end; run the suite with trace: {points: 200} for more")
		}
		return true
	}
	return false
}
