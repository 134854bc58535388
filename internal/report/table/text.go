package table

import (
	"fmt"
	"io"
	"slices"
	"strings"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	layout "github.com/jedib0t/go-pretty/v6/text"

	"github.com/gdbench/gdbench/internal/text"
)

// writeText lays a table out with aligned columns and a rule under its head.
func (t *Table) writeText(w io.Writer) error {
	shown := t
	if t.Grouped {
		shown = t.withoutFirst()
	}
	writer := shown.pretty(text.Terminal, Cell.Read)
	if t.Width > 0 {
		writer.SetColumnConfigs(t.narrowed())
	}
	writer.SetStyle(pretty.Style{
		Name:    "plain",
		Box:     pretty.BoxStyle{PaddingRight: "  ", MiddleHorizontal: "─", MiddleSeparator: "─"},
		Format:  pretty.FormatOptions{Header: layout.FormatDefault},
		Options: pretty.Options{SeparateHeader: true},
	})
	lines := strings.Split(trimRight(writer.Render()), "\n")
	if t.Grouped {
		lines = t.withHeadings(lines)
	}
	_, err := fmt.Fprintf(w, "%s\n%s\n%s", text.Terminal(t.Title), strings.Join(lines, "\n"), t.notes("", text.Terminal))
	return err
}

// withHeadings puts the first column over the rows, which are the lines after the head
// and its rule.
func (t *Table) withHeadings(lines []string) []string {
	const head = 2
	out := slices.Clone(lines[:min(head, len(lines))])
	for i, row := range t.Rows {
		if i == 0 || row[0].Read() != t.Rows[i-1][0].Read() {
			out = append(out, text.Terminal(row[0].Read()))
		}
		out = append(out, lines[head+i])
	}
	return out
}

// withoutFirst is the table without its first column.
func (t *Table) withoutFirst() *Table {
	rest := &Table{Columns: t.Columns[1:]}
	for _, row := range t.Rows {
		rest.Rows = append(rest.Rows, row[1:])
	}
	return rest
}

func (t *Table) writeMarkdown(w io.Writer) error {
	_, err := fmt.Fprintf(w, "### %s\n\n%s\n%s", text.Markdown(t.Title), t.pretty(text.Markdown, bold).RenderMarkdown(), t.notes("\n", text.Markdown))
	return err
}

// narrowed are the columns of a table whose lines are at most Width long: those of words share what
// the numbers leave, each at least as wide as a short phrase.
func (t *Table) narrowed() []pretty.ColumnConfig {
	const gap, least = 2, 16
	configs := t.columns()
	room, widths := t.Width, make([]int, len(t.Columns))
	widest := least
	for i, c := range t.Columns {
		widths[i] = layout.StringWidth(c.title())
		for _, row := range t.Rows {
			widths[i] = max(widths[i], layout.StringWidth(text.Terminal(row[i].Read())))
		}
		room -= gap
		if t.numeric(i) {
			room -= widths[i]
		} else {
			widest = max(widest, widths[i])
		}
	}
	for ; widest > least; widest-- {
		total := 0
		for i, width := range widths {
			if !t.numeric(i) {
				total += min(width, widest)
			}
		}
		if total <= room {
			break
		}
	}
	for i := range configs {
		if !t.numeric(i) {
			configs[i].WidthMax, configs[i].WidthMaxEnforcer = widest, wrapCell
		}
	}
	return configs
}

// wrapCell breaks words into lines of at most so many columns. A word that is longer is broken behind
// one of its signs, where a line has room for that.
func wrapCell(cell string, most int) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(cell) {
		if line != "" && layout.StringWidth(line+" "+word) <= most {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for layout.StringWidth(word) > most {
			at := 0
			for i, r := range word {
				if strings.ContainsRune("=(", r) && i+1 < len(word) && layout.StringWidth(word[:i+1]) <= most {
					at = i + 1
				}
			}
			if at == 0 {
				break
			}
			lines, word = append(lines, word[:at]), word[at:]
		}
		line = word
	}
	return strings.Join(append(lines, line), "\n")
}

// columns are how the columns are aligned.
func (t *Table) columns() []pretty.ColumnConfig {
	configs := make([]pretty.ColumnConfig, len(t.Columns))
	for i := range configs {
		configs[i] = pretty.ColumnConfig{Number: i + 1, Align: layout.AlignLeft, AlignHeader: layout.AlignLeft}
		if t.numeric(i) {
			configs[i].Align, configs[i].AlignHeader = layout.AlignRight, layout.AlignRight
		}
	}
	return configs
}

// bold is a cell in Markdown.
func bold(c Cell) string {
	if m, ok := c.(Marked); ok && m.Best {
		return "**" + m.Quartiles.Read() + "**"
	}
	return c.Read()
}

// pretty lays the cells out, each read and made harmless for its medium.
func (t *Table) pretty(escape func(string) string, read func(Cell) string) pretty.Writer {
	writer := pretty.NewWriter()
	head := make(pretty.Row, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = escape(c.title())
	}
	writer.AppendHeader(head)
	writer.SetColumnConfigs(t.columns())
	for _, cells := range t.Rows {
		row := make(pretty.Row, len(cells))
		for i, c := range cells {
			row[i] = read(c)
			if words, ok := c.(Text); ok { // numbers need none
				row[i] = escape(string(words))
			}
		}
		writer.AppendRow(row)
	}
	return writer
}

func (c Column) title() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

// numeric reports whether a column holds no words.
func (t *Table) numeric(column int) bool {
	for _, row := range t.Rows {
		if _, words := row[column].(Text); words {
			return false
		}
	}
	return true
}

func (t *Table) notes(before string, escape func(string) string) string {
	if len(t.Notes) == 0 {
		return ""
	}
	notes := make([]string, len(t.Notes))
	for i, note := range t.Notes {
		notes[i] = escape(note)
	}
	return before + strings.Join(notes, "\n"+before) + "\n"
}

func trimRight(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
