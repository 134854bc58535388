package results

import (
	"encoding/json"
	"errors"
	"io"

	"github.com/gdbench/gdbench/internal/results/seal"
)

// Lines goes through the run file of a folder line by line, undecoded but for the id.
type Lines struct {
	Name string // of the file
	Text []byte // of the line, its end included
	CellLine

	Sealed bool // the line has a checksum, and agrees with it

	file   io.ReadCloser
	reader *Reader
}

// Lines opens the run file. Close it when done.
func (r *Run) Lines() (*Lines, error) {
	file, path, err := openRuns(r.Folder)
	if err != nil {
		return nil, err
	}
	return &Lines{Name: path, file: file, reader: NewReader(path, file)}, nil
}

// Next goes to the next line; false at the end. A last line without an end is not one.
func (l *Lines) Next() (bool, error) {
	text, err := l.reader.readLine(nil)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	l.Text, l.CellLine = text, CellLine{}
	if l.Sealed, err = seal.Check(text); err != nil {
		return false, damaged(l.Name, l.reader.line, err)
	}
	if err := json.Unmarshal(text, &l.CellLine); err != nil {
		return false, damaged(l.Name, l.reader.line, notARecord(err))
	}
	if err := l.reader.once(l.ID, l.reader.line); err != nil {
		return false, err
	}
	return true, nil
}

// Number is that of the line in its file, from 1.
func (l *Lines) Number() int { return l.reader.line }

// Torn reports whether the file ends in a line without an end.
func (l *Lines) Torn() bool { return l.reader.Torn }

// Close closes the file.
func (l *Lines) Close() error { return l.file.Close() }
