package export

import (
	"bufio"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// writeCSV writes the long table as comma-separated values (RFC 4180): a null is an empty field.
func writeCSV(j *job) error {
	l, err := j.survey()
	if err != nil {
		return err
	}
	s := newCSVSheet(j, l.cell, l.rowColumns())
	if err := j.writeLong(l, s); err != nil {
		return err
	}
	return s.close()
}

// csvSheet writes a table as text.
type csvSheet struct {
	out   *bufio.Writer
	begin []byte // the fields that the rows of a cell share
	line  []byte
}

func newCSVSheet(j *job, cell, row []column) *csvSheet {
	s := &csvSheet{out: bufio.NewWriterSize(j.Out, 1<<16)}
	for i, c := range append(cell[:len(cell):len(cell)], row...) {
		if i > 0 {
			s.line = append(s.line, ',')
		}
		s.line = appendField(s.line, value{kind: words, text: c.name})
	}
	s.out.Write(append(s.line, '\n'))
	return s
}

func (s *csvSheet) rows(shared []value, each [][]value) error {
	s.begin = s.begin[:0]
	for _, v := range shared {
		s.begin = append(appendField(s.begin, v), ',')
	}
	for _, row := range each {
		s.line = append(s.line[:0], s.begin...)
		for i, v := range row {
			if i > 0 {
				s.line = append(s.line, ',')
			}
			s.line = appendField(s.line, v)
		}
		if _, err := s.out.Write(append(s.line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

func (s *csvSheet) close() error { return s.out.Flush() }

// appendField is a value as a field. What a spreadsheet would take for a formula gets an apostrophe.
func appendField(to []byte, v value) []byte {
	if v.kind != words {
		return v.append(to)
	}
	field := text.CSV(v.text)
	if !strings.ContainsAny(field, ",\"\r\n") && strings.TrimSpace(field) == field {
		return append(to, field...)
	}
	return append(append(append(to, '"'), strings.ReplaceAll(field, `"`, `""`)...), '"')
}

// append adds a value as the shortest text that reads back.
func (v value) append(to []byte) []byte {
	switch v.kind {
	case boolean:
		return strconv.AppendBool(to, v.whole == 1)
	case whole:
		return strconv.AppendInt(to, v.whole, 10)
	case number:
		return strconv.AppendFloat(to, v.number, 'g', -1, 64)
	}
	return append(to, v.text...)
}
