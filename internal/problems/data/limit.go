package data

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
)

// maxLine is the number of bytes of the longest line.
func maxLine() int { return int(limit.Line.Max()) }

// maxValues is the most numbers that a data set may have.
func maxValues() int { return int(limit.Data.Max()) }

func lineTooLong(file string, line int) error {
	return &param.Error{
		Position: param.Position{File: file, Line: line, Column: 1},
		Message:  fmt.Sprintf("the line is longer than %d MiB; is this a text file with one sample per line? %s", maxLine()>>20, limit.Line.Exceeded()),
	}
}

// tooLarge ends a message about a data set with more numbers than that.
func tooLarge() string { return limit.Data.Exceeded() }
