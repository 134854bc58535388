package table

import (
	"cmp"
	"io"
	"strings"
	"unicode/utf8"

	pretty "github.com/jedib0t/go-pretty/v6/table"
	layout "github.com/jedib0t/go-pretty/v6/text"

	"github.com/gdbench/gdbench/internal/text"
)

// writeText lays a table out with aligned columns and a rule under its head, in blocks where its
// lines are bounded and not all columns have room.
func (t *Table) writeText(w io.Writer) error {
	var b strings.Builder
	b.WriteString(t.bounded(t.text(t.Title)) + "\n")
	widths := t.extents()
	for i, columns := range t.blocks(widths) {
		if i > 0 {
			b.WriteString("\n")
		}
		block := t.pick(columns)
		writer := block.pretty()
		if t.Width > 0 {
			var its []extent
			for _, column := range columns {
				its = append(its, widths[column])
			}
			writer.SetColumnConfigs(block.narrowed(its))
		}
		writer.SetStyle(pretty.Style{
			Name:    "plain",
			Box:     pretty.BoxStyle{PaddingRight: "  ", MiddleHorizontal: "─", MiddleSeparator: "─"},
			Format:  pretty.FormatOptions{Header: layout.FormatDefault},
			Options: pretty.Options{SeparateHeader: true},
		})
		b.WriteString(trimRight(writer.Render()) + "\n")
	}
	for _, note := range t.Notes {
		b.WriteString(t.bounded(t.text(note)) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text is a text of the table made harmless.
func (t *Table) text(s string) string {
	if t.Whole {
		return text.Line(s)
	}
	return text.Terminal(s)
}

// bounded is a sentence in lines of the width of the table.
func (t *Table) bounded(sentence string) string {
	if t.Width == 0 {
		return sentence
	}
	return text.Wrap(sentence, t.Width)
}

// extent is the width of a column whose words are not broken, and the least that it may have.
type extent struct{ whole, least int }

// The space after a column, and the width down to which one of words may be broken.
const gap, least = 2, 16

// longestWord is the width of a word beyond which it is broken anywhere: a label may be a formula of
// many pages, and all lines of the table would be as long.
const longestWord = 4000

// extents are those of all columns. A table has many rows, so that each is read once.
func (t *Table) extents() []extent {
	out := make([]extent, len(t.Columns))
	for i := range t.Columns {
		e := &out[i]
		e.whole = layout.StringWidth(t.Columns[i].title())
		longest := e.whole
		for _, row := range t.Rows {
			cell := t.text(row[i].Read())
			e.whole, longest = max(e.whole, layout.StringWidth(cell)), max(longest, longestPiece(cell))
		}
		if e.least = e.whole; !t.numeric(i) {
			e.least = max(min(e.whole, least), min(longest, longestWord))
		}
	}
	return out
}

// longestPiece is the width of the longest part of a cell that is not broken.
func longestPiece(cell string) int {
	longest := 0
	for _, word := range strings.Fields(cell) {
		from := 0
		for i, r := range word {
			if r == '=' || r == '(' {
				longest, from = max(longest, layout.StringWidth(word[from:i+1])), i+1
			}
		}
		longest = max(longest, layout.StringWidth(word[from:]))
	}
	return longest
}

// blocks are the columns in parts that the width of the table has room for, each with the words
// that its rows begin with and some of the others.
func (t *Table) blocks(widths []extent) [][]int {
	keys := 0
	for keys < min(2, len(t.Columns)) && !t.numeric(keys) {
		keys++
	}
	var blocks [][]int
	room := 0
	for i := range t.Columns {
		need := gap + widths[i].least
		if len(blocks) == 0 || t.Width > 0 && need > room && len(blocks[len(blocks)-1]) > keys {
			room = t.Width
			var first []int
			for k := range min(i, keys) {
				first, room = append(first, k), room-gap-widths[k].least
			}
			blocks = append(blocks, first)
		}
		blocks[len(blocks)-1], room = append(blocks[len(blocks)-1], i), room-need
	}
	return blocks
}

// pick is some of the columns.
func (t *Table) pick(columns []int) *Table {
	part := &Table{Width: t.Width, Whole: t.Whole}
	for _, i := range columns {
		part.Columns = append(part.Columns, t.Columns[i])
	}
	for _, row := range t.Rows {
		var cells []Cell
		for _, i := range columns {
			cells = append(cells, row[i])
		}
		part.Rows = append(part.Rows, cells)
	}
	return part
}

// narrowed are the columns of a table whose lines are at most Width long: those of words share what
// the numbers leave, each at least as wide as a short phrase.
func (t *Table) narrowed(widths []extent) []pretty.ColumnConfig {
	configs := t.columns()
	widest := least
	for i, width := range widths {
		if !t.numeric(i) {
			widest = max(widest, width.whole)
		}
	}
	for ; widest > least; widest-- {
		total := 0
		for _, width := range widths {
			total += gap + max(min(width.whole, widest), width.least)
		}
		if total <= t.Width {
			break
		}
	}
	for i, width := range widths {
		if !t.numeric(i) {
			configs[i].WidthMax, configs[i].WidthMaxEnforcer = max(widest, width.least), wrapCell
		}
	}
	return configs
}

// wrapCell breaks words into lines of at most so many columns.
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
		for at := breakOf(word, most); at < len(word); at = breakOf(word, most) {
			lines, word = append(lines, word[:at]), word[at:]
		}
		line = word
	}
	return strings.Join(append(lines, line), "\n")
}

// breakOf is the number of bytes of a word that go into a line of so many columns: all, or those up to
// one of its signs, or, where there is none, those that a line has room for.
func breakOf(word string, most int) int {
	width, sign := 0, 0
	for i, r := range word {
		if width += layout.RuneWidth(r); width > most && i > 0 {
			return cmp.Or(sign, i)
		}
		if next := i + utf8.RuneLen(r); (r == '=' || r == '(') && next < len(word) && width <= most {
			sign = next
		}
	}
	return len(word)
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

// pretty lays the cells out, made harmless for a terminal.
func (t *Table) pretty() pretty.Writer {
	writer := pretty.NewWriter()
	head := make(pretty.Row, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = t.text(c.title())
	}
	writer.AppendHeader(head)
	writer.SetColumnConfigs(t.columns())
	for _, cells := range t.Rows {
		row := make(pretty.Row, len(cells))
		for i, c := range cells {
			row[i] = t.text(c.Read())
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

func trimRight(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
