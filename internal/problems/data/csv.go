package data

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// CSV is a data set in a file: one row a sample, one column the label, the others features. What
// the suite does not say of the text, its first lines show, and a note says it; what may mean two
// things is refused, with the key that decides. A name that ends in .gz is decompressed.
type CSV struct {
	Path       string   `param:"path" doc:"path of the file, relative to the suite's folder"`
	Label      string   `param:"label" default:"none" doc:"label column: its name, or its number counted from 1 (name:1 and number:1 where both are possible); default: the column named label, otherwise the last one"`
	Labels     string   `param:"labels" default:"auto" oneof:"auto numbers names" doc:"kind of labels: numbers, or names of classes, numbered from 0 in alphabetical order; auto: names if none is a number"`
	Use        []string `param:"use" default:"none" doc:"columns that are features, by name or number; default: all but the label"`
	Drop       []string `param:"drop" default:"none" doc:"columns that are left out, by name or number"`
	Categories []string `param:"categories" default:"none" doc:"columns of categories, by name or number: each category becomes a feature that is 1 or 0"`
	Missing    string   `param:"missing" default:"refuse" oneof:"refuse drop-rows drop-columns mean median" doc:"what to do about missing values: an error, leave out their rows or their columns, or fill in the mean or median of the column"`
	Header     string   `param:"header" default:"auto" oneof:"auto yes no" doc:"whether the first row holds names; auto: as the first rows show"`
	Separator  string   `param:"separator" default:"auto" oneof:"auto comma semicolon tab pipe space" doc:"separator of columns; space: runs of blanks and tabs; auto: as the first rows show"`
	Decimal    string   `param:"decimal" default:"auto" oneof:"auto point comma" doc:"decimal mark of numbers; auto: as the first rows show"`
	Comment    string   `param:"comment" default:"auto" doc:"characters that begin a comment line, or none; auto: # and %"`
	Skip       int      `param:"skip" default:"0" range:"[0,1000000]" doc:"number of lines above the table that are left out"`
}

func init() {
	Register("csv", problems.Info{
		Summary: "a file with one sample per row: a text with columns, or Parquet; a plain path is short for it",
		Aliases: []string{"file"},
	}, func() Set { return new(CSV) })
}

var _ problems.FileReader = (*CSV)(nil)

// Files is the path of the file.
func (c *CSV) Files() []string { return []string{c.Path} }

// Load reads the file, unless it was read before and has not changed since.
func (c *CSV) Load(env problems.Env) (*Samples, error) {
	path := env.Resolve(c.Path)
	key, err := keyOf(path, *c)
	if err != nil {
		return nil, err
	}
	return loadOnce(key, func() (*Samples, error) {
		if parquetFile(path) {
			return readParquet(path, newTable(c, path))
		}
		return readFile(path, newTable(c, path))
	})
}

// table is one reading of a file with columns.
type table struct {
	*CSV
	file string
	form *form
	text *records // nil for Parquet

	encoding string
	latin    bool     // a text was no UTF-8
	names    []string // of all columns; nil without a header
	columns  []column
	label    int
	assumed  string   // how the label column was found, where the suite does not say
	first    []string // fields of the first row, where they are a sample
	cells    []cell   // row by row, all columns
	lines    []int    // of each row
	ragged   []obstacle
	unsure   []obstacle
	notes    []string // what was done, as a suite would say it
}

func newTable(c *CSV, file string) *table { return &table{CSV: c, file: file, label: -1} }

// read reads a table from its text, or hands over to the reader of LIBSVM's format.
func (t *table) read(r io.Reader) (*Samples, error) {
	text, encoding, err := characters(t.file, r)
	if err != nil {
		return nil, err
	}
	head, err := beginning(text)
	if err != nil {
		return nil, placed(t.file, err)
	}
	if t.Separator == "auto" && kindOf(head) == isSparse {
		return t.readSparse(text)
	}
	t.examine(head)
	t.encoding = encoding
	t.text = &records{from: text, file: t.file, separator: t.form.separator, comments: t.form.comments}
	if err := t.text.skip(t.form.skip); err != nil && err != io.EOF {
		return nil, placed(t.file, err)
	}
	if err := t.readRows(); err != nil {
		return nil, placed(t.file, err)
	}
	return t.samples()
}

// examine finds the form of the text. Where there are doubts, the table is read as if the suite
// decided them, so that one error has them and all else that is in the way.
func (t *table) examine(head []byte) {
	t.form = examine(t.CSV, t.file, head)
	for range 4 { // one doubt may hide another
		if len(t.form.doubts) == 0 {
			return
		}
		decided := *t.CSV
		for _, d := range t.form.doubts {
			t.unsure = append(t.unsure, obstacle{line: t.form.skip + 1, column: 1, message: d.message})
			d.cure(&decided)
		}
		t.CSV = &decided
		t.form = examine(t.CSV, t.file, head)
	}
}

// readSparse reads a file in LIBSVM format, for which no key of a table means anything.
func (t *table) readSparse(text *bufio.Reader) (*Samples, error) {
	plain := CSV{}
	if err := param.SetDefaults(&plain); err != nil {
		return nil, err
	}
	plain.Path = t.Path
	if param.Written("csv", t.CSV) != param.Written("csv", &plain) {
		return nil, wrongKind(t.file, t.Path, isSparse)
	}
	samples, err := (&sparseText{File: t.file}).read(text)
	if err == nil {
		samples.Notes[0] += "; in LIBSVM format (found from the first lines)"
	}
	return samples, err
}

func (t *table) readRows() error {
	for {
		switch err := t.text.read(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		if t.columns == nil {
			if err := t.begin(t.text.fields); err != nil {
				return err
			}
			if t.form.header {
				continue
			}
		}
		if err := t.addRow(t.text.fields); err != nil {
			return err
		}
	}
}

// begin looks at the first row: how many columns there are, their names, and what each is for.
func (t *table) begin(record []string) error {
	columns := len(record)
	switch {
	case t.form.names != nil:
		t.names, columns = t.form.names, len(t.form.names)
	case t.form.header:
		t.names = slices.Clone(record)
	}
	if columns < 2 {
		return t.errorf(0, "one column only; expected features and a label, separated by commas, semicolons, tabs or blanks%s", t.separatorHint())
	}
	for j, name := range t.names {
		t.names[j] = t.readable(name)
	}
	if !t.form.header {
		t.first = slices.Clone(record)
	}
	return t.assignRoles(columns)
}

func (t *table) separatorHint() string {
	if t.Separator == "auto" {
		return ""
	}
	return fmt.Sprintf("; separator: %s cuts no line", t.Separator)
}

func (t *table) addRow(record []string) error {
	if len(record) != len(t.columns) {
		t.addRagged(len(record))
		return nil
	}
	if len(t.cells) > maxValues() {
		return t.errorf(0, "the data set is too large: %s", tooLarge())
	}
	row := len(t.lines)
	for j, field := range record {
		t.cells = append(t.cells, t.columns[j].read(t, j, row, field))
	}
	t.lines = append(t.lines, t.text.line)
	return nil
}

// addRagged notes a row with another number of columns.
func (t *table) addRagged(columns int) {
	t.ragged = append(t.ragged, obstacle{line: t.text.line, column: t.text.columns[columns-1],
		message: fmt.Sprintf("%d columns; the first row has %d", columns, len(t.columns))})
}

// readable is a text in UTF-8.
func (t *table) readable(text string) string {
	out, changed := inUTF8(text)
	t.latin = t.latin || changed
	return out
}

// errorf is an error at field j of the row just read.
func (t *table) errorf(j int, format string, args ...any) error {
	at := param.Position{File: t.file}
	if t.text != nil && j < len(t.text.columns) {
		at.Line, at.Column = t.text.line, t.text.columns[j]
	}
	return &param.Error{Position: at, Message: fmt.Sprintf(format, args...)}
}

// missing reports whether a field says that there is no value.
func missing(field string) bool {
	switch strings.ToLower(field) {
	case "", "?", "na", "n/a", "#n/a", "n.a.", "<na>", "nan", "null", "none", "-", ".":
		return true
	}
	return false
}

// quote shows a text in a message, cut where it is long.
func quote(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		text = string(runes[:40]) + "…"
	}
	return strconv.Quote(text)
}

// parquetFile reports whether a file begins as Parquet does.
func parquetFile(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false // who reads it says why
	}
	defer f.Close()
	var head [4]byte
	_, err = io.ReadFull(f, head[:])
	return err == nil && string(head[:]) == "PAR1"
}
