package data

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
)

// fewRows is the number of rows below which a column that counts them may do so by chance.
const fewRows = 4

// describe says in the first note how the file was read: what is there, what was found and
// assumed, and what the suite's keys did. Each further note is of something that looks like
// something else.
func (t *table) describe(m, d int) []string {
	how := ""
	if t.assumed != "" {
		how = " (found " + t.assumed + ")"
	}
	note := fmt.Sprintf("%s: %s, %s; the label is column %s%s", t.file, english.Count(m, "sample"), english.Count(d, "feature"), t.numbered(t.label), how)
	if found := t.found(); found != "" {
		note += "; the first lines show " + found
	}
	var out []string
	for j := range t.columns {
		if t.columns[j].role == dropped && (len(t.Use) > 0 || len(t.Drop) > 0) && t.columns[j].missing < len(t.lines) {
			out = append(out, t.reference(j))
		}
		if c := &t.columns[j]; c.role == feature && c.booleans() {
			t.notes = append(t.notes, fmt.Sprintf("True and False of %s are 1 and 0", t.reference(j)))
		}
	}
	if len(out) > 0 && t.Missing != "drop-columns" {
		note += "; left out: " + text.Few(out, 8)
	}
	for _, done := range t.notes {
		note += "; " + done
	}
	return append([]string{note}, t.doubts(m)...)
}

// found lists what the first lines showed, where it is not the usual.
func (t *table) found() string {
	found := append([]string{}, t.form.found...)
	if t.encoding != "" {
		found = append(found, "encoding "+t.encoding)
	}
	if t.latin {
		found = append(found, "encoding Windows-1252 (Latin-1)")
	}
	if t.form.from != "" {
		found = append(found, "names in "+t.form.from)
	}
	return strings.Join(found, ", ")
}

// doubts are what looks like something else than it was read as.
func (t *table) doubts(m int) []string {
	var all []string
	say := func(format string, args ...any) { all = append(all, t.file+": "+fmt.Sprintf(format, args...)) }
	if t.countsColumns() {
		say("the first row (%s) looks like a header of numbers and was read as a sample; header: yes reads it as names", strings.Join(t.first, ", "))
	}
	for j := range t.columns {
		c := &t.columns[j]
		switch {
		case c.role != feature:
		case len(t.lines) >= fewRows && c.counts >= 0:
			say("column %s counts the rows, from %d to %d, and is a feature; if it is none, leave it out with drop: [%s]", t.numbered(j), c.counts, c.counts+len(t.lines)-1, param.Text(t.reference(j)))
		case t.nameless(j):
			say("column %d has no name and is a feature; if it is none, leave it out with drop: [number:%d]", j+1, j+1)
		case len(t.called(t.nameOf(j))) > 1 && t.called(t.nameOf(j))[0] == j:
			say("columns %s are all named %q", listed(t.called(t.names[j])), t.names[j])
		}
	}
	return all
}

// countsColumns reports whether the first row, read as a sample, is 0, 1, 2, … or 1, 2, 3, …
func (t *table) countsColumns() bool {
	if len(t.first) < 3 || t.Header == "no" || t.names != nil {
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

// views describe the columns for people.
func (t *table) views() []Column {
	out := make([]Column, len(t.columns))
	for j := range t.columns {
		c := &t.columns[j]
		v := Column{Number: j + 1, Name: t.nameOf(j), Role: [...]string{"feature", "label", "categories", "left out"}[c.role], Missing: c.missing, Kind: "numbers", Different: c.different()}
		switch {
		case c.missing == len(t.lines):
			v.Kind = "empty"
		case c.booleans():
			v.Kind = "True, False"
		case c.worded > 0 && c.numbers > 0:
			v.Kind = "numbers and texts"
		case c.worded > 0:
			v.Kind = "texts"
		}
		out[j] = v
	}
	return out
}
