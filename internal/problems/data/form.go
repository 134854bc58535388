package data

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
)

// form is how the text of a table is written: as the suite says, and where it does not as the
// first lines show.
type form struct {
	separator byte
	decimal   byte // '.' or ','
	comments  string
	skip      int
	header    bool
	names     []string // those of a comment above the first sample, or of a header without a name for its first column
	from      string   // where names are from, for the note
	found     []string // what the first lines showed, as keys of a suite; nothing of it is the usual
	doubts    []doubt
}

// doubt is something that may mean two things, or that a key of the suite has to say.
type doubt struct {
	message string
	cure    func(*CSV) // sets that key
}

func (f *form) doubt(cure func(*CSV), format string, args ...any) {
	f.doubts = append(f.doubts, doubt{fmt.Sprintf(format, args...), cure})
}

// separators are those that are looked for, in the order in which they are preferred.
var separators = []struct {
	name string
	is   byte
}{{"tab", '\t'}, {"semicolon", ';'}, {"comma", ','}, {"pipe", '|'}, {"space", blanks}}

func separatorName(is byte) string {
	for _, s := range separators {
		if s.is == is {
			return s.name
		}
	}
	return ""
}

// usualComments begin a comment where the suite does not say what does.
const usualComments = "#%"

// firstRows is the number of rows that are looked at.
const firstRows = 100

// examine finds the form of a table from the beginning of its text.
func examine(c *CSV, file string, head []byte) *form {
	f := &form{decimal: '.', comments: usualComments, skip: c.Skip}
	if c.Comment != "auto" {
		f.comments = strings.TrimPrefix(c.Comment, "none")
	}
	chosen := f.excel(head)
	for _, s := range separators {
		if s.name == c.Separator {
			chosen = s.is
		}
	}
	best := 0.0
	f.separator = cmp.Or(chosen, ',')
	var rows [][]string
	var passed []string
	for _, s := range separators {
		if chosen != 0 && s.is != chosen {
			continue
		}
		r, comments := f.rows(file, head, s.is)
		if score := f.score(c, s.is, r); score > best {
			best, f.separator, rows, passed = score, s.is, r, comments
		}
	}
	if best == 0 {
		rows, passed = f.rows(file, head, f.separator)
	}
	if f.separator != ',' && c.Separator == "auto" {
		f.found = append(f.found, "separator: "+separatorName(f.separator))
	}
	if f.arff(head) {
		return f
	}
	f.hashHeader(c, head, file, &rows, &passed)
	f.findDecimal(c, rows)
	f.preamble(rows)
	f.findHeader(c, rows, passed)
	return f
}

// excel reads the line sep=; that Excel takes for the separator.
var excelLine = regexp.MustCompile(`(?i)^"?sep=(.)"?\r?$`)

func (f *form) excel(head []byte) byte {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	if m := excelLine.FindSubmatch(line); m != nil && f.skip == 0 {
		f.skip = 1
		return m[1][0]
	}
	return 0
}

// arff finds a file of Weka, whose lines with @ describe the columns.
func (f *form) arff(head []byte) bool {
	for line := range bytes.Lines(head[:min(len(head), 4096)]) {
		if line = bytes.ToLower(bytes.TrimSpace(line)); len(line) > 0 && line[0] != '%' {
			if !bytes.HasPrefix(line, []byte("@relation")) || strings.Contains(f.comments, "@") {
				return false
			}
			f.doubt(func(c *CSV) { c.Header, c.Comment = "no", "%@" }, "this is an ARFF file; comment: \"%%@\" leaves out the lines that describe its columns")
			return true
		}
	}
	return false
}

// rows are the first rows as a separator cuts them, and the comments above the first one. A last
// line that the beginning of the text cuts is left out.
func (f *form) rows(file string, head []byte, separator byte) (rows [][]string, passed []string) {
	if last := bytes.LastIndexByte(head, '\n'); last >= 0 && len(head) >= firstBytes {
		head = head[:last+1]
	}
	r := &records{from: bufio.NewReader(bytes.NewReader(head)), file: file, separator: separator, comments: f.comments}
	if r.skip(f.skip) != nil {
		return nil, nil
	}
	for len(rows) < firstRows {
		if r.read() != nil {
			break
		}
		if len(rows) == 0 {
			passed = slices.Clone(r.passed)
		}
		rows = append(rows, slices.Clone(r.fields))
	}
	return rows, passed
}

// usual is the most frequent number of columns, and the share of rows that have it.
func usual(rows [][]string) (columns int, share float64) {
	counts := map[int]int{}
	for _, row := range rows {
		counts[len(row)]++
	}
	for n, count := range counts {
		if most := counts[columns]; count > most || count == most && n > columns {
			columns = n
		}
	}
	return columns, float64(counts[columns]) / float64(max(1, len(rows)))
}

// score says how well a separator cuts the rows: how many have the same number of columns, and
// how many fields are then numbers.
func (f *form) score(c *CSV, separator byte, rows [][]string) float64 {
	columns, share := usual(rows)
	if columns < 2 {
		return 0
	}
	fields, numbers := 0, 0
	for _, row := range rows {
		for _, field := range row {
			fields++
			if c.Decimal != "point" && separator != ',' {
				field = strings.Replace(field, ",", ".", 1)
			}
			if _, err := finite(field); err == nil {
				numbers++
			}
		}
	}
	return share * (0.5 + float64(numbers)/float64(fields))
}

// hashHeader takes a line for the header that begins with the mark of a comment and is cut into
// as many columns as the samples, with that mark as the first name: "#,name,score".
func (f *form) hashHeader(c *CSV, head []byte, file string, rows *[][]string, passed *[]string) {
	if c.Comment != "auto" || len(*passed) != 1 || f.separator == blanks || len((*passed)[0]) < 2 || (*passed)[0][1] != f.separator {
		return
	}
	columns, _ := usual(*rows)
	if strings.Count((*passed)[0], string(f.separator))+1 == columns {
		f.comments = ""
		*rows, *passed = f.rows(file, head, f.separator)
	}
}

var (
	withComma = regexp.MustCompile(`^[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?$`)
	thousands = regexp.MustCompile(`^[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+$`)
	withPoint = regexp.MustCompile(`^[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
)

// findDecimal finds out whether numbers are written with a decimal comma. Numbers such as 1,234
// may have a thousands separator instead: that is refused.
func (f *form) findDecimal(c *CSV, rows [][]string) {
	if c.Decimal == "comma" {
		f.decimal = ','
	}
	if c.Decimal != "auto" || f.separator == ',' {
		return
	}
	certain, doubtful, point := "", "", false
	for _, row := range rows {
		for _, field := range row {
			switch {
			case thousands.MatchString(field):
				doubtful = field
			case withComma.MatchString(field):
				certain = field
			case withPoint.MatchString(field):
				point = true
			}
		}
	}
	switch {
	case point: // fields with a comma are no numbers, and are listed
	case certain != "":
		f.decimal, f.found = ',', append(f.found, "decimal: comma")
	case doubtful != "":
		f.doubt(func(c *CSV) { c.Decimal = "comma" }, "%s may be a little more than %s or a number of thousands; decimal: comma reads it as the first",
			quote(doubtful), doubtful[:strings.IndexByte(doubtful, ',')])
	}
}

// preamble finds lines above the table.
func (f *form) preamble(rows [][]string) {
	columns, share := usual(rows)
	lines := 0
	for lines < len(rows) && len(rows[lines]) != columns {
		lines++
	}
	if lines == 0 || share <= 0.5 || f.rowNames(rows) {
		return
	}
	skip := f.skip + lines
	f.doubt(func(c *CSV) { c.Skip = skip }, "%s above the table: line %d has %s, the others have %d", english.Count(lines, "line"), f.skip+1, english.Count(len(rows[0]), "column"), columns)
}

// rowNames reports whether the first row lacks one name, as R writes a table with names of rows.
func (f *form) rowNames(rows [][]string) bool {
	if len(rows) < 2 || len(rows[0]) < 1 || slices.ContainsFunc(rows[0], f.number) {
		return false
	}
	return !slices.ContainsFunc(rows[1:], func(row []string) bool { return len(row) != len(rows[0])+1 })
}

// number reports whether a field is a number, also one that is infinite or too large.
func (f *form) number(field string) bool {
	_, err := f.parse(field)
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// parse reads a finite number.
func (f *form) parse(field string) (float64, error) {
	if f.decimal == ',' {
		field = strings.Replace(field, ",", ".", 1)
	}
	return finite(field)
}

// findHeader finds out whether the first row has the names of the columns.
func (f *form) findHeader(c *CSV, rows [][]string, passed []string) {
	f.header = c.Header == "yes"
	if len(rows) == 0 || c.Header == "no" {
		return
	}
	if f.rowNames(rows) {
		f.header, f.names, f.from = true, append([]string{""}, rows[0]...), "the header, which has no name for the first column"
		return
	}
	if f.header {
		return
	}
	if names := f.commentHeader(passed, len(rows[0])); names != nil && slices.ContainsFunc(rows[0], f.number) {
		f.names, f.from = names, "the comment above the first sample"
		return
	}
	named, first, recurs := 0, 0, false
	for j, field := range rows[0] {
		switch {
		case f.number(field):
			first++
		case missing(field):
		case f.numbersBelow(rows, j):
			named++
		default:
			recurs = recurs || slices.ContainsFunc(rows[1:], func(row []string) bool { return j < len(row) && row[j] == field })
		}
	}
	f.header = first == 0 && (named > 0 || !recurs)
	if first > 0 && named > 0 {
		f.doubt(func(c *CSV) { c.Header = "yes" }, "the first row (%s) may be a header or a sample; header: yes reads it as names, header: no as a sample", quote(strings.Join(rows[0], ", ")))
	}
}

// numbersBelow reports whether column j has nothing but numbers below the first row.
func (f *form) numbersBelow(rows [][]string, j int) bool {
	numbers := 0
	for _, row := range rows[1:] {
		switch {
		case j >= len(row) || missing(row[j]):
		case f.number(row[j]):
			numbers++
		default:
			return false
		}
	}
	return numbers > 0
}

// commentHeader are the names in the last comment above the first sample, as numpy.savetxt
// writes them; nil where it has not one name for each column.
func (f *form) commentHeader(passed []string, columns int) []string {
	if len(passed) == 0 {
		return nil
	}
	text := strings.TrimLeft(strings.TrimSpace(passed[len(passed)-1]), f.comments)
	r := &records{from: bufio.NewReader(strings.NewReader(text)), separator: f.separator}
	if err := r.read(); err != nil || len(r.fields) != columns || slices.ContainsFunc(r.fields, f.number) || slices.Contains(r.fields, "") {
		return nil
	}
	return slices.Clone(r.fields)
}

// contents are the kinds of text files.
type contents string

const (
	isTable   contents = "table"
	isSparse  contents = "LIBSVM"
	isParquet contents = "Parquet"
)

// sparseLine is a sample in LIBSVM format with a feature at least.
var sparseLine = regexp.MustCompile(`^[^\s:,;]+([ \t]+(qid|[0-9]+):\S+)+\s*$`)

// kindOf tells LIBSVM from a table by the first lines.
func kindOf(head []byte) contents {
	sparse := 0
	for line := range strings.Lines(string(head[:min(len(head), 4096)])) {
		text, _, _ := strings.Cut(line, "#")
		switch text = strings.TrimSpace(text); {
		case !strings.ContainsAny(text, " \t,;|"): // nothing, or a label without features
		case sparseLine.MatchString(text) || sparse > 0 && len(head) > 4096 && !strings.HasSuffix(line, "\n"): // the last is cut
			sparse++
		default:
			return isTable
		}
	}
	if sparse > 0 {
		return isSparse
	}
	return isTable
}

// beginning is the first part of a text, which stays to be read.
func beginning(text *bufio.Reader) ([]byte, error) {
	head, err := text.Peek(firstBytes)
	if err == io.EOF || err == bufio.ErrBufferFull {
		err = nil
	}
	return head, err
}

// wrongKind is the error of a file that is read by the name of another format.
func wrongKind(file, path string, is contents) error {
	name := "csv"
	if is == isSparse {
		name = "libsvm"
	}
	path = param.Text(path)
	return wrong(file, "the first lines are those of a %s file; write {name: %s, path: %s}", is, name, path)
}
