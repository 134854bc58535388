package data

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
)

// samples is what was read.
func (t *table) samples() (*Samples, error) {
	if err := t.refuse(); err != nil {
		return nil, err
	}
	if len(t.lines) == 0 {
		return nil, wrong(t.file, "no samples; expected one row a sample, features and label")
	}
	t.leaveOutColumns()
	rows := t.rowsToKeep()
	parts, names, err := t.features(rows)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, wrong(t.file, "each row lacks a value, and missing: drop-rows leaves out all of them; fill in with missing: mean, or leave out columns with drop")
	}
	if len(parts) == 0 {
		return nil, wrong(t.file, "no features are left; expected a column at least besides the label")
	}
	if len(rows) > maxValues()/len(parts) {
		return nil, wrong(t.file, "the data set is too large: %s", tooLarge())
	}
	s := &Samples{Name: t.file, X: t.matrix(rows, parts), Lines: make([]int, len(rows))}
	for k, i := range rows {
		s.Lines[k] = t.lines[i]
	}
	if t.names != nil || len(t.Categories) > 0 {
		s.Features = names
	}
	t.setLabels(s, rows)
	s.Notes = t.describe(len(rows), len(parts))
	s.Columns = t.views()
	return s, nil
}

// leaveOutColumns leaves out columns without values behind the last separator, and where the
// suite says so those with missing values.
func (t *table) leaveOutColumns() {
	var out []string
	for j := range t.columns {
		c := &t.columns[j]
		if c.role == label || c.role == dropped || c.missing == 0 {
			continue
		}
		switch {
		case c.missing == len(t.lines):
			c.role = dropped
			t.notes = append(t.notes, fmt.Sprintf("column %s, which has no values, is left out", t.numbered(j)))
		case t.Missing == "drop-columns":
			c.role = dropped
			out = append(out, t.reference(j))
		}
	}
	if len(out) > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%s with missing values left out (missing: drop-columns): %s", english.Count(len(out), "column"), text.Few(out, 8)))
	}
}

// rowsToKeep are the rows that become samples.
func (t *table) rowsToKeep() []int {
	var rows []int
	for i := range t.lines {
		row := t.row(i)
		if t.Missing != "refuse" && t.lacks(row, t.label) || t.Missing == "drop-rows" && t.lacksAny(row) {
			continue
		}
		rows = append(rows, i)
	}
	switch n := len(t.lines) - len(rows); {
	case n > 0 && t.Missing == "drop-rows":
		t.notes = append(t.notes, fmt.Sprintf("%s with missing values left out (missing: drop-rows)", english.Count(n, "row")))
	case n > 0:
		t.notes = append(t.notes, fmt.Sprintf("%s without a label left out", english.Count(n, "row")))
	}
	return rows
}

func (t *table) row(i int) []cell { return t.cells[i*len(t.columns) : (i+1)*len(t.columns)] }

func (t *table) lacks(row []cell, j int) bool {
	i, isText := textOf(row[j])
	return isText && i == absent
}

func (t *table) lacksAny(row []cell) bool {
	for j := range row {
		if t.columns[j].role != dropped && t.lacks(row, j) {
			return true
		}
	}
	return false
}

// part is one feature of the samples.
type part struct {
	column   int
	category int     // place of its text; 0: the feature is a number
	fill     float64 // for missing values
}

// features lists the features in the order of the columns.
func (t *table) features(rows []int) (parts []part, names []string, err error) {
	for j := range t.columns {
		c := &t.columns[j]
		name := t.nameOf(j)
		if name == "" {
			name = "column " + strconv.Itoa(j+1)
		}
		switch c.role {
		case feature:
			parts, names = append(parts, part{j, 0, t.filling(j, rows)}), append(names, name)
		case category:
			if c.numbers > 0 {
				t.numbersAsTexts(j)
			}
			if c.different() > maxCategories {
				return nil, nil, &param.Error{Position: param.Position{File: t.file, Line: c.where.line, Column: c.where.column},
					Message: fmt.Sprintf("column %s has %d categories; expected %d at most; drop leaves the column out", t.numbered(j), c.different(), maxCategories)}
			}
			for _, text := range slices.Sorted(slices.Values(c.texts[min(1, len(c.texts)):])) {
				parts, names = append(parts, part{j, c.codes[text], math.NaN()}), append(names, name+"="+text)
			}
			note := fmt.Sprintf("%s has %d categories", t.reference(j), c.different())
			if n := t.missingIn(rows, j); n > 0 {
				note += fmt.Sprintf(", and none of them in %s", english.Count(n, "sample"))
			}
			t.notes = append(t.notes, note)
		}
	}
	return parts, names, nil
}

// missingIn is the number of rows that lack column j.
func (t *table) missingIn(rows []int, j int) int {
	n := 0
	for _, i := range rows {
		if t.lacks(t.row(i), j) {
			n++
		}
	}
	return n
}

// maxCategories is the most features that one column may become.
const maxCategories = 10_000

// numbersAsTexts makes categories of the numbers of a column.
func (t *table) numbersAsTexts(j int) {
	c := &t.columns[j]
	for i := range t.lines {
		if v := t.row(i)[j]; !math.IsNaN(v) {
			t.row(i)[j] = notANumber(c.code(text.Exact(v)))
		}
	}
	c.numbers, c.worded = 0, c.numbers+c.worded
}

// filling is what stands in for missing values of column j, as the suite says.
func (t *table) filling(j int, rows []int) float64 {
	c := &t.columns[j]
	if c.missing == 0 || t.Missing != "mean" && t.Missing != "median" {
		return math.NaN()
	}
	var values []float64
	for _, i := range rows {
		if v := c.asNumber(t.row(i)[j]); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	var fill float64
	switch n := len(values); {
	case n == 0:
	case t.Missing == "median":
		fill = values[(n-1)/2] + float64((values[n/2]-values[(n-1)/2])/2)
	default:
		for k, v := range values {
			fill += (v - fill) / float64(k+1)
		}
	}
	t.notes = append(t.notes, fmt.Sprintf("%s of %s filled in with the %s, %s", english.Count(c.missing, "missing value"), t.reference(j), t.Missing, text.Exact(fill)))
	return fill
}

// matrix lays out the features. It reuses the room of the cells where they take no more.
func (t *table) matrix(rows []int, parts []part) *Dense {
	values := t.cells[:0]
	if len(parts) > len(t.columns) {
		values = make([]float64, 0, len(rows)*len(parts))
	}
	labels := make([]cell, len(rows))
	row := make([]cell, len(t.columns))
	for k, i := range rows {
		copy(row, t.row(i)) // what follows may write there
		labels[k] = row[t.label]
		for _, p := range parts {
			values = append(values, p.of(&t.columns[p.column], row[p.column]))
		}
	}
	t.cells, t.columns[t.label].cells = nil, labels
	return NewDense(len(rows), len(parts), values)
}

func (p part) of(c *column, v cell) float64 {
	if p.category > 0 {
		if i, isText := textOf(v); isText && i == p.category {
			return 1
		}
		return 0
	}
	if v = c.asNumber(v); math.IsNaN(v) {
		return p.fill
	}
	return v
}

// setLabels turns the label column into numbers, or into classes numbered in alphabetical order.
func (t *table) setLabels(s *Samples, rows []int) {
	c := &t.columns[t.label]
	s.Y = c.cells
	switch {
	case t.Labels == "names":
		t.classes(s, c)
	case c.booleans():
		for k, v := range s.Y {
			s.Y[k] = c.asNumber(v)
		}
		t.notes = append(t.notes, "labels True and False are 1 and 0")
	case t.namesOfClasses():
		t.classes(s, c)
		t.notes = append(t.notes, "labels are names of classes (labels: names)")
	}
}

func (t *table) classes(s *Samples, c *column) {
	names := make([]string, len(s.Y))
	for k, v := range s.Y {
		if i, isText := textOf(v); isText {
			names[k] = c.texts[i]
		} else {
			names[k] = text.Exact(v)
		}
	}
	s.Classes = slices.Compact(slices.Sorted(slices.Values(names)))
	for k, name := range names {
		class, _ := slices.BinarySearch(s.Classes, name)
		s.Y[k] = float64(class)
	}
}
