// Package table describes tables as plain data and writes them as text, Markdown, CSV,
// LaTeX (booktabs) and JSON. Text, Markdown and LaTeX are for reading: numbers have
// three significant digits. CSV and JSON are for programs: numbers are complete, and a
// median with its quartiles is three columns.
package table

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/gdbench/gdbench/internal/text"
)

// Table is rows of cells under named columns.
type Table struct {
	Name    string // file name without extension
	Title   string
	Columns []Column
	Rows    [][]Cell // one cell a column
	Notes   []string // what a reader must know: samples, intervals, assumptions
	// Width bounds the lines of the text: words of long cells go on below, and columns for which
	// there is no room follow in a further block. 0: no bound.
	Width int
	// Whole: long texts lose nothing, as in a file; on a terminal they lose their middle.
	Whole bool
	// Wide: in LaTeX it takes both columns of a page that has two, with the words of its head below
	// each other.
	Wide bool
}

// Column is a named column.
type Column struct {
	Name string // for programs too: "evaluations"
	Unit string
}

// Cell is an entry of a table.
type Cell interface {
	// Read is the cell for human eyes.
	Read() string
	// Parts are the values for programs, with the endings of their column names. A
	// value is a text, a bool, an int or a float64.
	Parts() []Part
}

// Part is one value of a cell.
type Part struct {
	Ending string // "" or "q1", "q3", …
	Value  any
}

// Text is a cell of words.
type Text string

// Count is a cell with a whole number.
type Count int

// Number is a cell with a number: NaN is undefined, infinity is never.
type Number float64

// Share is a cell with a part of a whole.
type Share struct{ Part, Of int }

// Quartiles is a cell with the median and the quartiles of a sample. Infinity, from runs
// that failed, is a value like any other.
type Quartiles struct{ Median, Q1, Q3 float64 }

// Marked is a cell with quartiles, of which some are the best: bold, or with a star as text.
type Marked struct {
	Quartiles
	Best bool
}

// Interval is a cell with an estimate and its confidence interval, whose ends are NaN where there
// is none.
type Interval struct{ Estimate, Low, High float64 }

func (c Text) Read() string  { return string(c) }
func (c Text) Parts() []Part { return []Part{{"", string(c)}} }

func (c Count) Read() string  { return strconv.Itoa(int(c)) }
func (c Count) Parts() []Part { return []Part{{"", int(c)}} }

func (c Number) Read() string  { return text.Short(float64(c)) }
func (c Number) Parts() []Part { return []Part{{"", float64(c)}} }

func (c Share) Read() string {
	if c.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d", c.Part, c.Of)
}
func (c Share) Parts() []Part { return []Part{{"", c.Part}, {"of", c.Of}} }

func (c Quartiles) Read() string {
	if math.IsNaN(c.Median) {
		return "–"
	}
	if c.Q1 == c.Median && c.Q3 == c.Median {
		return text.Short(c.Median)
	}
	return fmt.Sprintf("%s [%s, %s]", text.Short(c.Median), text.Short(c.Q1), text.Short(c.Q3))
}
func (c Quartiles) Parts() []Part {
	return []Part{{"median", c.Median}, {"q1", c.Q1}, {"q3", c.Q3}}
}

func (c Marked) Read() string {
	if c.Best {
		return c.Quartiles.Read() + " *"
	}
	return c.Quartiles.Read()
}
func (c Marked) Parts() []Part { return append(c.Quartiles.Parts(), Part{"best", c.Best}) }

func (c Interval) Read() string {
	if math.IsNaN(c.Estimate) {
		return "–"
	}
	if math.IsInf(c.Low, 1) || math.IsNaN(c.Low) {
		return text.Short(c.Estimate)
	}
	return fmt.Sprintf("%s (%s–%s)", text.Short(c.Estimate), text.Short(c.Low), text.Short(c.High))
}
func (c Interval) Parts() []Part {
	return []Part{{"estimate", c.Estimate}, {"low", c.Low}, {"high", c.High}}
}

// Format is a file format by its extension.
type Format string

const (
	TextFormat     Format = "txt"
	MarkdownFormat Format = "md"
	CSVFormat      Format = "csv"
	LaTeXFormat    Format = "tex"
	JSONFormat     Format = "json"
)

// Formats lists all of them.
var Formats = []Format{TextFormat, MarkdownFormat, CSVFormat, LaTeXFormat, JSONFormat}

// Write writes tables in a format: one after the other, as one list in JSON. CSV tables
// are separated by an empty line.
func Write(w io.Writer, format Format, tables ...*Table) error {
	writers := map[Format]func(io.Writer, []*Table) error{
		TextFormat: each((*Table).writeText), MarkdownFormat: each((*Table).writeMarkdown),
		CSVFormat: each((*Table).writeCSV), LaTeXFormat: each((*Table).writeLaTeX), JSONFormat: writeJSON,
	}
	write, ok := writers[format]
	if !ok {
		return fmt.Errorf("unknown table format %q; there are %v", format, Formats)
	}
	return write(w, tables)
}

func each(write func(*Table, io.Writer) error) func(io.Writer, []*Table) error {
	return func(w io.Writer, tables []*Table) error {
		for i, t := range tables {
			if i > 0 {
				if _, err := io.WriteString(w, "\n"); err != nil {
					return err
				}
			}
			if err := write(t, w); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		return nil
	}
}
