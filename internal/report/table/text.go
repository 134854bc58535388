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
	writer := shown.pretty(text.Terminal)
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
	_, err := fmt.Fprintf(w, "### %s\n\n%s\n%s", text.Markdown(t.Title), t.pretty(text.Markdown).RenderMarkdown(), t.notes("\n", text.Markdown))
	return err
}

// pretty lays the cells out, each made harmless for its medium.
func (t *Table) pretty(escape func(string) string) pretty.Writer {
	writer := pretty.NewWriter()
	head := make(pretty.Row, len(t.Columns))
	configs := make([]pretty.ColumnConfig, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = escape(c.title())
		configs[i] = pretty.ColumnConfig{Number: i + 1, Align: layout.AlignLeft, AlignHeader: layout.AlignLeft}
		if t.numeric(i) {
			configs[i].Align, configs[i].AlignHeader = layout.AlignRight, layout.AlignRight
		}
	}
	writer.AppendHeader(head)
	writer.SetColumnConfigs(configs)
	for _, cells := range t.Rows {
		row := make(pretty.Row, len(cells))
		for i, c := range cells {
			row[i] = c.Read()
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
