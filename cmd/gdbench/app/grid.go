package app

import (
	"fmt"
	"io"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
)

// printGrid shows what a suite would run.
func printGrid(out io.Writer, s *suite.Suite) {
	t := newTable(out, "problem", "method", "repeats")
	var last *suite.Cell
	repeats := 0
	flush := func() {
		if last != nil {
			t.AppendRow(table.Row{text.Terminal(last.Problem.Label), text.Terminal(last.Method.Label), repeats})
		}
	}
	for c := range s.Cells() {
		if last == nil || last.Problem != c.Problem || last.Method != c.Method {
			flush()
			repeats = 0
		}
		repeats++
		last = &c
	}
	flush()
	t.Render()
	fmt.Fprintf(out, "\n%s: %s from %s and %s\n", s.Name,
		english.Count(s.Count(), "cell"), english.Count(len(s.Problems), "problem"), english.Count(len(s.Methods), "method"))
}

// newTable is the plain table of the commands.
func newTable(out io.Writer, columns ...any) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(out)
	t.SetStyle(table.StyleLight)
	t.Style().Options.DrawBorder = false
	t.Style().Options.SeparateColumns = false
	t.Style().Format.Header = 0
	t.AppendHeader(table.Row(columns))
	return t
}
