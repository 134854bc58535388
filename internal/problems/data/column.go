package data

import (
	"math"
	"slices"
	"strings"
)

// cell is a field of a table: a number, or a NaN whose last bits are the place of its text among
// those of the column. So a column may turn out not to be one of numbers at its last row, and
// tables of numbers need no room for it.
type cell = float64

// notANumber is the cell of the i-th text of a column.
func notANumber(i int) cell { return math.Float64frombits(0x7ff8_0000_0000_0000 | uint64(i)) }

// textOf is the place of the text of a cell; not ok where it is a number.
func textOf(c cell) (i int, ok bool) {
	return int(math.Float64bits(c) & 0xffff_ffff), math.IsNaN(c)
}

// absent is the place of the text of a value that is missing.
const absent = 0

// maxTexts is the most different texts of a column that are kept.
const maxTexts = 1 << 20

// place is where a field is in its file.
type place struct {
	line, column int
	text         string
}

// column is what is known of a column while its rows are read.
type column struct {
	role    role
	numbers int
	missing int
	texts   []string // the different ones, the empty one of missing values first
	codes   map[string]int
	worded  int    // fields that are texts
	where   place  // of the first text
	gap     place  // of the first missing value
	cells   []cell // of the samples, where it is the label
	counts  int    // 1 or 0 where it counts the rows from there so far, unset or noNumber
}

// role is what a column is for.
type role uint8

const (
	feature role = iota
	label
	category
	dropped
)

// read is the cell of a field.
func (c *column) read(t *table, j, row int, field string) cell {
	v, err := t.form.parse(field)
	if err != nil {
		v = math.NaN()
	}
	c.count(row, v)
	switch {
	case err == nil:
		c.numbers++
		return v
	case missing(field):
		if c.missing++; c.missing == 1 {
			c.gap = t.placeOf(j, field)
		}
		return notANumber(absent)
	}
	if c.worded++; c.worded == 1 {
		c.where = t.placeOf(j, field)
	}
	return notANumber(c.code(t.readable(field)))
}

// code is the place of a text.
func (c *column) code(text string) int {
	if c.codes == nil {
		c.codes, c.texts = map[string]int{}, []string{""}
	}
	i, ok := c.codes[text]
	if !ok && len(c.texts) <= maxTexts {
		i = len(c.texts)
		c.codes[text], c.texts = i, append(c.texts, text)
	} else if !ok {
		i = maxTexts
	}
	return i
}

// different is the number of different texts.
func (c *column) different() int { return max(0, len(c.texts)-1) }

// booleans reports whether all values are True or False.
func (c *column) booleans() bool {
	return c.worded > 0 && c.numbers == 0 && !slices.ContainsFunc(c.texts[1:], func(text string) bool {
		text = strings.ToLower(text)
		return text != "true" && text != "false"
	})
}

// asNumber is the number of a cell of the column: 1 and 0 for True and False, NaN for a missing
// value.
func (c *column) asNumber(v cell) float64 {
	i, isText := textOf(v)
	switch {
	case !isText:
		return v
	case i == absent:
		return math.NaN()
	case strings.EqualFold(c.texts[i], "true"):
		return 1
	}
	return 0
}

// What column.counts holds besides the number that a column counts the rows from.
const (
	unset    = -2 // no row was read
	noNumber = -1
)

// count notes whether the column still counts the rows, from 0 or 1.
func (c *column) count(row int, v float64) {
	switch from := c.counts; {
	case from == unset && (v == 0 || v == 1):
		c.counts = int(v)
	case from == unset, from >= 0 && v != float64(from+row):
		c.counts = noNumber
	}
}

func (t *table) placeOf(j int, field string) place {
	if t.text == nil {
		return place{text: field}
	}
	return place{t.text.line, t.text.columns[j], field}
}
