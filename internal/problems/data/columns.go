package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// What a column is, is said by the suite or assumed. What may be meant in two ways is refused, and
// what is assumed is in a note.

// findLabel is the index of the label column.
func (t *table) findLabel() (int, error) {
	if t.Label == "" {
		return t.assumeLabel()
	}
	name, named := strings.CutPrefix(t.Label, "name:")
	number, numbered := strings.CutPrefix(t.Label, "number:")
	i, err := strconv.Atoi(number)
	byNumber := err == nil && !named && i >= 1 && i <= t.columns
	places := t.called(name)
	if numbered {
		places = nil
	}
	switch {
	case len(places) > 1:
		return 0, t.errorf(places[1], "columns %s are all named %q; write label: number:%d for the first of them", listed(places), name, places[0]+1)
	case len(places) == 1 && byNumber && places[0] != i-1:
		return 0, t.errorf(places[0], "label: %s may be column %d, which is named %q, or column %d, which is named %q; write label: number:%s or label: name:%s",
			t.Label, i, t.names[i-1], places[0]+1, t.names[places[0]], number, name)
	case len(places) == 1:
		return places[0], nil
	case byNumber:
		return i - 1, nil
	case t.names == nil:
		return 0, t.errorf(0, "no column %q; the file has no header, so expected a number from 1 to %d, which is the last", t.Label, t.columns)
	case err == nil && !named:
		return 0, t.errorf(0, "no column %q; columns count from 1, and %d is the last", t.Label, t.columns)
	}
	return 0, t.errorf(0, "no column %q%s", t.Label, text.Suggest(t.Label, t.names))
}

// called lists the columns of a name.
func (t *table) called(name string) []int {
	var at []int
	for j, n := range t.names {
		if n == name {
			at = append(at, j)
		}
	}
	return at
}

// assumeLabel is the label column where the suite does not name it: the one named label, else the
// last.
func (t *table) assumeLabel() (int, error) {
	switch at := t.called("label"); {
	case len(at) > 1:
		return 0, t.errorf(at[1], "columns %s are all named \"label\"; write label: number:%d for the first of them", listed(at), at[0]+1)
	case len(at) == 1:
		t.assumed = "by its name"
		return at[0], nil
	}
	t.assumed = "as the last one"
	for j, name := range t.names[:max(0, len(t.names)-1)] {
		if slices.Contains([]string{"label", "target", "class", "y"}, strings.ToLower(name)) {
			t.assumed += fmt.Sprintf("; should it be %q, write label: %s", t.names[j], name)
			break
		}
	}
	return t.columns - 1, nil
}

// listed are columns counted from 1.
func listed(at []int) string {
	var out []string
	for _, j := range at {
		out = append(out, strconv.Itoa(j+1))
	}
	return strings.Join(out, ", ")
}

// What table.numbers holds besides the number that a column counts the rows from.
const (
	unset    = -2 // no row was read
	noNumber = -1
)

// count notes whether column j still counts the rows, from 0 or 1.
func (t *table) count(j, row int, v float64) {
	switch from := t.numbers[j]; {
	case from == unset && (v == 0 || v == 1):
		t.numbers[j] = int(v)
	case from == unset, from >= 0 && v != float64(from+row):
		t.numbers[j] = noNumber
	}
}

// fewRows is the number of rows below which a column that counts them may do so by chance.
const fewRows = 4

// notes say how the file was read: what is there, what was assumed, and what looks like something
// else.
func (t *table) notes(m int) []string {
	how := ""
	if t.assumed != "" {
		how = " (found " + t.assumed + ")"
	}
	all := []string{fmt.Sprintf("%s: %s, %s; the label is column %s%s", t.File, english.Count(m, "sample"), english.Count(t.columns-1, "feature"), t.numbered(t.label), how)}
	if t.countsColumns() {
		all = append(all, fmt.Sprintf("%s: the first row (%s) looks like a header of numbers and was read as a sample; header: yes reads it as names", t.File, strings.Join(t.first, ", ")))
	}
	for j := range t.columns {
		switch {
		case j == t.label:
		case m >= fewRows && t.numbers[j] >= 0:
			all = append(all, fmt.Sprintf("%s: column %s counts the rows, from %d to %d, and is a feature; take it out of the file if it is none", t.File, t.numbered(j), t.numbers[j], t.numbers[j]+m-1))
		case t.names != nil && t.names[j] == "":
			all = append(all, fmt.Sprintf("%s: column %d has no name and is a feature; take it out of the file if it is none", t.File, j+1))
		case len(t.called(t.nameOf(j))) > 1 && t.called(t.nameOf(j))[0] == j:
			all = append(all, fmt.Sprintf("%s: columns %s are all named %q", t.File, listed(t.called(t.names[j])), t.names[j]))
		}
	}
	return all
}

func (t *table) nameOf(j int) string {
	if t.names == nil {
		return ""
	}
	return t.names[j]
}

// numbered is a column by its number, and its name where it has one.
func (t *table) numbered(j int) string {
	if name := t.nameOf(j); name != "" {
		return fmt.Sprintf("%d (%s)", j+1, quote(name))
	}
	return strconv.Itoa(j + 1)
}

// countsColumns reports whether the first row, read as a sample, is 0, 1, 2, … or 1, 2, 3, …
func (t *table) countsColumns() bool {
	if len(t.first) < 3 || t.Header == "no" {
		return false
	}
	from, err := strconv.Atoi(strings.TrimSpace(t.first[0]))
	if err != nil || from != 0 && from != 1 {
		return false
	}
	for j, field := range t.first {
		if strings.TrimSpace(field) != strconv.Itoa(from+j) {
			return false
		}
	}
	return true
}
