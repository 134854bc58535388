package data

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
)

// blanks is the separator of columns that runs of blanks and tabs separate.
const blanks = ' '

// records splits a text into records of fields. A field may be quoted ("a;b", with "" for a
// quote), and a quoted one may go on in the next line. Lines without anything and comments are
// skipped. (encoding/csv knows neither runs of blanks nor several marks of comments.)
type records struct {
	from      *bufio.Reader
	file      string
	separator byte
	comments  string // characters that begin one

	count   int      // number of lines read
	line    int      // number of the first line of the record
	fields  []string // valid until the next record
	columns []int    // where each field begins, in bytes from 1
	passed  []string // comments since the last record
}

// skip leaves out lines.
func (r *records) skip(lines int) error {
	for range lines {
		if _, err := r.readLine(); err != nil {
			return err
		}
	}
	return nil
}

// read is the next record, or io.EOF.
func (r *records) read() error {
	r.passed = r.passed[:0]
	for {
		line, err := r.readLine()
		if err != nil {
			return err
		}
		text := strings.TrimLeft(line, " ")
		switch {
		case strings.Trim(text, " \r") == "", r.separator == blanks && strings.TrimSpace(text) == "":
		case strings.IndexByte(r.comments, text[0]) >= 0:
			r.passed = append(r.passed, strings.TrimRight(text, "\r"))
		default:
			r.line = r.count
			return r.split(strings.TrimSuffix(line, "\r"))
		}
	}
}

// readLine is a line without its end.
func (r *records) readLine() (string, error) {
	part, err := r.from.ReadSlice('\n')
	line := part
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(line) > maxLine() {
			return "", lineTooLong(r.file, r.count+1)
		}
		line = bytes.Clone(line)
		part, err = r.from.ReadSlice('\n')
		line = append(line, part...)
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		return "", err
	}
	r.count++
	return string(bytes.TrimSuffix(line, []byte{'\n'})), nil
}

// split cuts a line into fields.
func (r *records) split(line string) error {
	r.fields, r.columns = r.fields[:0], r.columns[:0]
	at := 0
	for {
		for at < len(line) && (line[at] == ' ' || r.separator == blanks && line[at] == '\t') {
			at++
		}
		if r.separator == blanks && at == len(line) {
			return nil
		}
		r.columns = append(r.columns, at+1)
		var field string
		if at < len(line) && line[at] == '"' {
			var err error
			if field, line, at, err = r.quoted(line, at); err != nil {
				return err
			}
		} else {
			end := at + r.end(line[at:])
			field, at = strings.TrimSpace(line[at:end]), end
		}
		r.fields = append(r.fields, field)
		if at >= len(line) {
			return nil
		}
		at++ // the separator
	}
}

// end is where a field ends in the text that begins with it.
func (r *records) end(text string) int {
	at := -1
	if r.separator == blanks {
		at = strings.IndexAny(text, " \t")
	} else {
		at = strings.IndexByte(text, r.separator)
	}
	if at < 0 {
		return len(text)
	}
	return at
}

// quoted reads a field in quotes that begins at a place of the line. It returns the line that it
// ends in, and the place of the separator behind it.
func (r *records) quoted(line string, at int) (field, rest string, end int, err error) {
	begin := at
	var b strings.Builder
	for at++; ; {
		next := strings.IndexByte(line[at:], '"')
		if next < 0 { // it goes on in the next line
			b.WriteString(line[at:] + "\n")
			if b.Len() > maxLine() {
				return "", "", 0, lineTooLong(r.file, r.line)
			}
			more, err := r.readLine()
			if err != nil {
				return "", "", 0, r.errorf(begin+1, `a quote that begins here does not end; a quoted field ends with "`)
			}
			line, at = strings.TrimSuffix(more, "\r"), 0
			continue
		}
		b.WriteString(line[at : at+next])
		at += next + 1
		if at < len(line) && line[at] == '"' {
			b.WriteByte('"')
			at++
			continue
		}
		gap := r.end(line[at:])
		if strings.TrimSpace(line[at:at+gap]) != "" {
			return "", "", 0, r.errorf(at+1, `found %s after the end of a quoted field; expected the separator, or "" for a quote within it`, quote(line[at:at+gap]))
		}
		return b.String(), line, at + gap, nil
	}
}

// errorf is an error at a column of the line read last.
func (r *records) errorf(column int, format string, args ...any) error {
	return &param.Error{Position: param.Position{File: r.file, Line: r.line, Column: column}, Message: fmt.Sprintf(format, args...)}
}
