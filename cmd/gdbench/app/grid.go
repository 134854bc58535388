package app

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	layout "github.com/jedib0t/go-pretty/v6/text"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
)

// printGrid shows what a suite would run. It walks the grid twice, for the widths of the columns and
// for the lines: a table that holds a million lines takes a gigabyte.
func printGrid(out io.Writer, s *suite.Suite) {
	header := gridLine{"problem", "method", "repeats"}
	widths := header.widths([3]int{})
	for line := range gridLines(s) {
		widths = line.widths(widths)
	}
	w := bufio.NewWriter(out)
	defer w.Flush()
	header.write(w, widths)
	fmt.Fprintln(w, strings.Repeat("─", widths[0]+widths[1]+widths[2]+6))
	for line := range gridLines(s) {
		line.write(w, widths)
	}
	fmt.Fprintf(w, "\n%s: %s from %s and %s\n", s.Name,
		english.Count(s.Count(), "cell"), english.Count(len(s.Problems), "problem"), english.Count(len(s.Methods), "method"))
}

// gridLine is a problem, a method and the number of repeats.
type gridLine [3]string

// gridLines are the cells of the grid, those of one problem and method in one line.
func gridLines(s *suite.Suite) iter.Seq[gridLine] {
	return func(yield func(gridLine) bool) {
		var last suite.Cell
		problem, repeats := "", 0
		line := func() gridLine {
			return gridLine{problem, text.Terminal(last.Method.Label), strconv.Itoa(repeats)}
		}
		for c := range s.Cells() {
			if repeats > 0 && (last.Problem != c.Problem || last.Method != c.Method) {
				if !yield(line()) {
					return
				}
				repeats = 0
			}
			if last.Problem != c.Problem {
				problem = text.Terminal(c.Problem.Label)
			}
			last = c
			repeats++
		}
		if repeats > 0 {
			yield(line())
		}
	}
}

// widths are those of columns wide enough for the line and for others.
func (l gridLine) widths(others [3]int) [3]int {
	for i, cell := range l {
		others[i] = max(others[i], width(cell))
	}
	return others
}

// write aligns the texts at the left and the number at the right.
func (l gridLine) write(w *bufio.Writer, widths [3]int) {
	gap := func(n int) {
		for range n {
			w.WriteByte(' ')
		}
	}
	gap(1)
	for i, cell := range l[:2] {
		w.WriteString(cell)
		gap(widths[i] - width(cell) + 2)
	}
	gap(widths[2] - width(l[2]))
	w.WriteString(l[2])
	w.WriteString(" \n")
}

// width is the number of columns that a text without control characters takes on a terminal.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return layout.StringWidthWithoutEscSequences(s)
		}
	}
	return len(s)
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
