package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/gdbench/gdbench/internal/text"
)

// writeCSV writes complete numbers: undefined is empty, infinity is "inf".
func (t *Table) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if len(t.Rows) > 0 {
		var head []string
		for i, cell := range t.Rows[0] {
			for _, part := range cell.Parts() {
				head = append(head, text.CSV(part.column(t.Columns[i].Name)))
			}
		}
		out.Write(head) // errors are sticky: Flush reports them
	}
	for _, row := range t.Rows {
		var record []string
		for _, cell := range row {
			for _, part := range cell.Parts() {
				record = append(record, plain(part.Value))
			}
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}

func (p Part) column(name string) string {
	if p.Ending == "" {
		return name
	}
	return name + " " + p.Ending
}

func plain(value any) string {
	if words, ok := value.(string); ok {
		return text.CSV(words)
	}
	v, isNumber := value.(float64)
	switch {
	case !isNumber:
		return fmt.Sprint(value)
	case math.IsNaN(v):
		return ""
	case math.IsInf(v, 0):
		return map[bool]string{true: "inf", false: "-inf"}[v > 0]
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// writeJSON writes a list of tables, each with its rows as objects whose keys are in
// the order of the columns. Undefined is null, infinity the text "inf".
func writeJSON(w io.Writer, tables []*Table) error {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, t := range tables {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":%s,"title":%s,"notes":%s,"rows":[`, quoted(t.Name), quoted(t.Title), quoted(append([]string{}, t.Notes...)))
		for j, row := range t.Rows {
			if j > 0 {
				b.WriteByte(',')
			}
			t.writeObject(&b, row)
		}
		b.WriteString("]}")
	}
	b.WriteByte(']')
	var indented bytes.Buffer
	if err := json.Indent(&indented, b.Bytes(), "", " "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	_, err := indented.WriteTo(w)
	return err
}

func (t *Table) writeObject(b *bytes.Buffer, row []Cell) {
	separator := "{"
	for i, cell := range row {
		for _, part := range cell.Parts() {
			value := part.Value
			if v, ok := value.(float64); ok && math.IsNaN(v) {
				value = nil
			} else if ok && math.IsInf(v, 0) {
				value = plain(v)
			}
			fmt.Fprintf(b, "%s%s:%s", separator, quoted(part.column(t.Columns[i].Name)), quoted(value))
			separator = ","
		}
	}
	b.WriteByte('}')
}

// quoted is a value as JSON; texts, numbers and lists of texts cannot fail.
func quoted(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("table: %v is no JSON: %v", value, err))
	}
	return text
}
