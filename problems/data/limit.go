package data

import (
	"bytes"
	"fmt"
	"io"

	"github.com/gdbench/gdbench/internal/param"
)

// Limits on what is read from a file, so that a wrong one ends in a message and not in
// the machine's memory.
const (
	maxLine   = 16 << 20 // bytes
	maxValues = 1 << 28  // stored numbers: 2 GiB
)

// lineLimit reads until a line grows too long.
type lineLimit struct {
	from   io.Reader
	file   string
	line   int // the current one, counted from 1
	length int // of it so far
}

func (l *lineLimit) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	if last := bytes.LastIndexByte(p[:n], '\n'); last >= 0 {
		l.line += bytes.Count(p[:n], []byte{'\n'})
		l.length = n - last - 1
	} else {
		l.length += n
	}
	if l.length > maxLine {
		return 0, lineTooLong(l.file, l.line)
	}
	return n, err
}

func lineTooLong(file string, line int) error {
	return &param.Error{
		Position: param.Position{File: file, Line: line, Column: 1},
		Message:  fmt.Sprintf("the line is longer than %d MiB; is this a text file with one sample a line?", maxLine>>20),
	}
}
