package results

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"iter"

	"github.com/gdbench/gdbench/internal/results/seal"
)

// maxLine bounds one record: a trace of 10⁶ points with its columns stays below it.
const maxLine = 1 << 30

// HowToMend is what to do about a line that is damaged or is where it should not be.
const HowToMend = "take the folder from a backup, or delete this line and those after it and finish the run with `gdbench run --resume`"

// damaged is an error in a line of a file of records.
func damaged(name string, line int, err error) error {
	return fmt.Errorf("%s:%d: %w; %s", name, line, err, HowToMend)
}

// notARecord is a line that cannot be read.
func notARecord(err error) error { return fmt.Errorf("not a record: %w", err) }

// Reader reads records one by one, so that a run need not fit into memory.
type Reader struct {
	name string
	in   *bufio.Reader
	line int
	seen map[uint64]int // the lines of the cells so far, by the hashes of their ids

	// Columns are those of the traces that are read; nil: all of them.
	Columns Columns

	// Torn is set when the last line had no end: the run was killed while writing it. It
	// is dropped.
	Torn bool
}

// NewReader reads records from r; name is for messages.
func NewReader(name string, r io.Reader) *Reader {
	return &Reader{name: name, in: bufio.NewReaderSize(r, 1<<20)}
}

// Read is the next record, or io.EOF. An error names file and line.
func (r *Reader) Read() (*Record, error) {
	line, err := r.readLine(nil)
	if err != nil {
		return nil, err
	}
	record, err := r.decode(r.line, line)
	if err == nil {
		err = r.once(record.ID, r.line)
	}
	if err != nil {
		return nil, err
	}
	return record, nil
}

// once refuses a cell that is in the file twice: it would count as one more repeat.
func (r *Reader) once(id string, line int) error {
	if r.seen == nil {
		r.seen = map[uint64]int{}
	}
	key := maphash.String(hashes, id)
	if first := r.seen[key]; first > 0 {
		return damaged(r.name, line, fmt.Errorf("the cell %s is there twice, first on line %d", id, first))
	}
	r.seen[key] = line
	return nil
}

var hashes = maphash.MakeSeed()

// decode reads one line of a file of records.
func (r *Reader) decode(number int, line []byte) (*Record, error) {
	if _, err := seal.Check(line); err != nil {
		return nil, damaged(r.name, number, err)
	}
	var record Record
	if err := decode(line, recordPlan, &record, r.Columns); err != nil {
		return nil, damaged(r.name, number, notARecord(err))
	}
	if record.ID == "" || record.Status == "" {
		return nil, damaged(r.name, number, notARecord(errors.New("it has no id or no status")))
	}
	if record.Families == nil {
		record.renameSchema1()
	}
	return &record, nil
}

// readLine appends the next line with its end to a text.
func (r *Reader) readLine(text []byte) ([]byte, error) {
	line := text
	for {
		part, err := r.in.ReadSlice('\n')
		line = append(line, part...)
		if len(line)-len(text) > maxLine {
			return nil, fmt.Errorf("%s:%d: a line longer than 1 GiB", r.name, r.line+1)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(bytes.TrimSpace(line[len(text):])) > 0:
			r.Torn = true
			return nil, io.EOF
		case err != nil:
			return nil, err
		}
		r.line++
		return line, nil
	}
}

// Run is a run folder opened for reading.
type Run struct {
	Folder   string
	Manifest *Manifest
}

// Open reads the manifest of a run folder.
func Open(folder string) (*Run, error) {
	m, err := ReadManifest(folder)
	if err != nil {
		return nil, err
	}
	return &Run{Folder: folder, Manifest: m}, nil
}

// Records goes through the finished cells in the order of the grid. After an error it
// ends.
func (r *Run) Records() iter.Seq2[*Record, error] { return r.RecordsWith(nil) }

// RecordsWith is Records with the columns of traces that are wanted, and no others: most
// of what reading costs is columns.
func (r *Run) RecordsWith(columns Columns) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		file, path, err := openRuns(r.Folder)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		reader := NewReader(path, file)
		reader.Columns = columns
		reader.all(yield)
	}
}
