package data

import (
	"bytes"
	"fmt"
	"io"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
)

// maxLine is the number of bytes of the longest line.
func maxLine() int { return int(limit.Line.Max()) }

// maxValues is the most numbers that a data set may have.
func maxValues() int { return int(limit.Data.Max()) }

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
	if l.length > maxLine() {
		return 0, lineTooLong(l.file, l.line)
	}
	return n, err
}

func lineTooLong(file string, line int) error {
	return &param.Error{
		Position: param.Position{File: file, Line: line, Column: 1},
		Message:  fmt.Sprintf("the line is longer than %d MiB; is this a text file with one sample per line? %s", maxLine()>>20, limit.Line.Exceeded()),
	}
}

// tooLarge ends a message about a data set with more numbers than that.
func tooLarge() string { return limit.Data.Exceeded() }
