package data

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// CSV is a data set in a text file: one row a sample, one column the label, the others
// features. A first row that is not numeric is taken for a header. A name that ends in
// .gz is decompressed.
type CSV struct {
	Path      string `param:"path" doc:"path of the file, relative to the suite's folder"`
	Label     string `param:"label" default:"none" doc:"label column: its name, or its number counted from 1 (name:1 and number:1 where both are possible); default: the column named label, otherwise the last one"`
	Labels    string `param:"labels" default:"numbers" oneof:"numbers names" doc:"kind of labels: numbers, or names of classes, numbered from 0 in alphabetical order"`
	Header    string `param:"header" default:"auto" oneof:"auto yes no" doc:"whether the first row holds names; auto: if it is not numeric"`
	Separator string `param:"separator" default:"comma" oneof:"comma semicolon tab space" doc:"separator between columns"`
}

func init() {
	Register("csv", problems.Info{Summary: "a text file with one sample per row; a plain path is short for it"},
		func() Set { return new(CSV) })
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
		separators := map[string]rune{"comma": ',', "semicolon": ';', "tab": '\t', "space": ' '}
		return readFile(path, &table{
			File: path, Comma: separators[c.Separator], Label: c.Label, Header: c.Header, Names: c.Labels == "names",
		})
	})
}

// fileKey identifies the contents of a file, and how they were read.
type fileKey struct {
	path    string
	size    int64
	changed int64
	how     any
}

func keyOf(path string, how any) (fileKey, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fileKey{}, fmt.Errorf("%s: no such file; relative paths are relative to the suite's folder", path)
	case err != nil:
		return fileKey{}, err
	case info.IsDir():
		return fileKey{}, fmt.Errorf("%s: is a directory; expected a data file", path)
	}
	return fileKey{path, info.Size(), info.ModTime().UnixNano(), how}, nil
}

// reader is a format of data files.
type reader interface {
	read(io.Reader) (*Samples, error)
}

func readFile(path string, format reader) (*Samples, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(path, ".gz") {
		return format.read(f)
	}
	samples, err := readCompressed(f, format)
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%s: %w; is the file complete, and compressed with gzip?", path, err)
	}
	return samples, err
}

func readCompressed(r io.Reader, format reader) (*Samples, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	return format.read(z)
}

// table is one reading of a CSV file.
type table struct {
	File   string
	Comma  rune
	Label  string
	Header string // "" is auto
	Names  bool   // labels are names of classes

	csv     *csv.Reader
	names   []string // of all columns; nil without a header
	columns int
	label   int      // index of the label column
	assumed string   // how the label column was found, where the suite does not say
	first   []string // fields of the first row, where they are a sample
	numbers []int    // of each column: 1 or 0 where it counts the rows from there, −1 otherwise
	values  []float64
	labels  []float64
	texts   []string // labels as names
	lines   []int
}

func (t *table) read(r io.Reader) (*Samples, error) {
	t.csv = csv.NewReader(&lineLimit{from: r, file: t.File, line: 1})
	t.csv.Comma = t.Comma
	t.csv.FieldsPerRecord = -1 // checked here, with a better message
	t.csv.ReuseRecord = true
	t.csv.TrimLeadingSpace = t.Comma != '\t' && t.Comma != ' '
	for {
		record, err := t.csv.Read()
		if err == io.EOF {
			return t.samples()
		}
		if err != nil {
			return nil, t.syntaxError(err)
		}
		if t.columns == 0 {
			header, err := t.begin(record)
			if err != nil {
				return nil, err
			}
			if header {
				continue
			}
		}
		if err := t.addRow(record); err != nil {
			return nil, err
		}
	}
}

// begin looks at the first row: how many columns there are, whether it is a header, and
// where the label column is.
func (t *table) begin(record []string) (header bool, err error) {
	record[0] = strings.TrimPrefix(record[0], "\ufeff") // the mark that some editors leave
	t.columns = len(record)
	if t.columns < 2 {
		return false, t.errorf(0, "one column only; expected features and a label, separated by %q", t.Comma)
	}
	header = t.Header == "yes"
	if t.Header == "" || t.Header == "auto" {
		header = !slices.ContainsFunc(record, func(field string) bool {
			_, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
			return err == nil
		})
	}
	if header {
		for _, field := range record {
			t.names = append(t.names, strings.TrimSpace(field))
		}
	} else {
		t.first = slices.Clone(record)
	}
	t.numbers = slices.Repeat([]int{unset}, t.columns)
	t.label, err = t.findLabel()
	return header, err
}

func (t *table) addRow(record []string) error {
	if len(record) != t.columns {
		return t.errorf(len(record)-1, "%d columns; the first row has %d", len(record), t.columns)
	}
	if len(t.values) > maxValues() {
		return t.errorf(0, "the data set is too large: %s", tooLarge())
	}
	line, _ := t.csv.FieldPos(0)
	row := len(t.lines)
	for j, field := range record {
		field = strings.TrimSpace(field)
		if j == t.label && t.Names && !missing(field) {
			t.texts = append(t.texts, field)
			continue
		}
		v, err := finite(field)
		t.count(j, row, v)
		switch {
		case err != nil && missing(field):
			return t.errorf(j, "a missing value (%q) in column %s; fill it in or leave the row out", field, t.column(j))
		case err != nil:
			return t.errorf(j, "%s in column %s is not a number%s", quote(field), t.column(j), t.advice(j))
		case j == t.label:
			t.labels = append(t.labels, v)
		default:
			t.values = append(t.values, v)
		}
	}
	t.lines = append(t.lines, line)
	return nil
}

func (t *table) advice(j int) string {
	if j == t.label {
		return "; labels: names reads names of classes"
	}
	return ""
}

// samples is what was read.
func (t *table) samples() (*Samples, error) {
	m := len(t.lines)
	if m == 0 {
		return nil, &param.Error{Position: param.Position{File: t.File}, Message: "no samples; expected one row a sample, features and label"}
	}
	s := &Samples{Name: t.File, X: NewDense(m, t.columns-1, t.values), Y: t.labels, Lines: t.lines}
	if t.names != nil {
		s.Features = slices.Delete(slices.Clone(t.names), t.label, t.label+1)
	}
	s.Notes = t.notes(m)
	if t.Names {
		s.Classes = slices.Compact(slices.Sorted(slices.Values(t.texts)))
		for _, text := range t.texts {
			class, _ := slices.BinarySearch(s.Classes, text)
			s.Y = append(s.Y, float64(class))
		}
	}
	return s, nil
}

// column names column j, for messages.
func (t *table) column(j int) string {
	if t.names != nil {
		return quote(t.names[j])
	}
	return strconv.Itoa(j + 1)
}

// errorf is an error at field j of the row just read.
func (t *table) errorf(j int, format string, args ...any) error {
	line, column := t.csv.FieldPos(j)
	return &param.Error{Position: param.Position{File: t.File, Line: line, Column: column}, Message: fmt.Sprintf(format, args...)}
}

func (t *table) syntaxError(err error) error {
	var parse *csv.ParseError
	var placed *param.Error
	switch {
	case errors.As(err, &placed):
		return err
	case errors.As(err, &parse):
		return &param.Error{Position: param.Position{File: t.File, Line: parse.Line, Column: parse.Column}, Message: parse.Err.Error()}
	}
	return fmt.Errorf("%s: %w", t.File, err)
}

// missing reports whether a field says that there is no value.
func missing(field string) bool {
	switch strings.ToLower(field) {
	case "", "?", "na", "n/a", "nan", "null", "none", "-":
		return true
	}
	return false
}

// quote shows a text in a message, cut where it is long.
func quote(text string) string {
	if len(text) > 40 {
		text = text[:40] + "…"
	}
	return strconv.Quote(text)
}
