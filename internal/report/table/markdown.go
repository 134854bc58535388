package table

import (
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// writeMarkdown fills no column up: beside one long text every other row would get as many blanks.
func (t *Table) writeMarkdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString("### " + text.Markdown(t.Title) + "\n\n")
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	cells, rule := make([]string, len(t.Columns)), "|"
	for i, c := range t.Columns {
		cells[i] = text.Markdown(c.title())
		if t.numeric(i) {
			rule += " ---:|"
		} else {
			rule += ":--- |"
		}
	}
	line(cells)
	b.WriteString(rule + "\n")
	for _, row := range t.Rows {
		for i, cell := range row {
			cells[i] = bold(cell)
		}
		line(cells)
	}
	for _, note := range t.Notes {
		b.WriteString("\n" + text.Markdown(note) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// bold is a cell in Markdown; numbers need no escaping.
func bold(c Cell) string {
	switch c := c.(type) {
	case Text:
		return text.Markdown(string(c))
	case Marked:
		if c.Best {
			return "**" + c.Quartiles.Read() + "**"
		}
	}
	return c.Read()
}
