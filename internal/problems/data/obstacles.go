package data

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
)

// obstacle is something that keeps a table from being read as numbers.
type obstacle struct {
	line, column int
	message      string
	final        bool // no key of a suite removes it
}

// obstacles lists what is in the way, and repairs a copy of the settings so that they read the
// table, as far as keys can.
func (t *table) obstacles() (list []obstacle, cure CSV) {
	cure = *t.CSV
	list = t.unsure
	for j := range t.columns {
		if t.columns[j].role != dropped {
			list = append(list, t.obstacle(j, &cure)...)
		}
	}
	if len(t.ragged) > 0 {
		o := t.ragged[0]
		o.final = true
		if n := len(t.ragged) - 1; n > 0 {
			o.message += fmt.Sprintf("; %s too", english.Count(n, "other row")+" "+english.Verb(n, "differs", "differ"))
		}
		list = append(list, o)
	}
	return list, cure
}

// obstacle is what keeps column j from being read.
func (t *table) obstacle(j int, cure *CSV) []obstacle {
	c := &t.columns[j]
	rows := len(t.lines)
	var list []obstacle
	add := func(at place, format string, args ...any) {
		list = append(list, obstacle{line: at.line, column: at.column, message: fmt.Sprintf("column %s ", t.numbered(j)) + fmt.Sprintf(format, args...)})
	}
	texts := c.worded > 0 && c.role != category && !c.booleans() && !(c.role == label && t.namesOfClasses())
	switch {
	case rows > 0 && c.missing == rows && c.role != label:
		if t.nameless(j) || j == len(t.columns)-1 && t.names == nil {
			return nil // behind a separator at the end of each line: left out, with a note
		}
		add(c.gap, "has no values; drop leaves it out")
		cure.Drop = append(slices.Clone(cure.Drop), t.reference(j))
		return list
	case c.missing > 0 && t.Missing == "refuse" && 2*c.missing > rows && c.role == feature:
		add(c.gap, "lacks %d of %s; drop leaves it out", c.missing, english.Count(rows, "value"))
		cure.Drop = append(slices.Clone(cure.Drop), t.reference(j))
		return list
	case texts && t.form.decimal == '.' && t.commas(c):
		add(c.where, "has numbers with a comma, such as %s; decimal: comma reads them", quote(c.where.text))
		cure.Decimal = "comma"
	case texts && c.role == label:
		cure.Labels = "names"
		add(c.where, "is the label, and %s, such as %s; labels: names reads names of classes", t.wordedShare(c), quote(c.where.text))
	case texts:
		t.cureTexts(j, cure, func(format string, args ...any) { add(c.where, format, args...) })
	}
	if c.missing > 0 && t.Missing == "refuse" && !slices.Contains(cure.Drop, t.reference(j)) {
		what := "missing: drop-rows leaves out its row, missing: mean or median fills in, drop leaves out the column"
		if c.role == label {
			what = "missing: drop-rows leaves out its row"
		}
		cure.Missing = "drop-rows"
		if c.missing > 1 {
			what = strings.Replace(what, "its row", "its rows", 1)
		}
		add(c.gap, "lacks %d of %s (%s in line %d); %s", c.missing, english.Count(rows, "value"), quote(c.gap.text), c.gap.line, what)
	}
	return list
}

// cureTexts says what to do about a feature of texts.
func (t *table) cureTexts(j int, cure *CSV, add func(string, ...any)) {
	c := &t.columns[j]
	switch few := c.different() <= 20 && (2*c.different() <= c.worded || c.worded < 4 && c.different() < c.worded); {
	case c.numbers > 0:
		add("has numbers, and %s, such as %s; mend the file, or drop leaves the column out", t.wordedShare(c), quote(c.where.text))
	case few:
		add("has %s, such as %s; categories makes each a feature, drop leaves the column out", english.Count(c.different(), "different text"), quote(c.where.text))
		cure.Categories = append(slices.Clone(cure.Categories), t.reference(j))
		return
	default:
		add("has %s, such as %s; drop leaves the column out", english.Count(c.different(), "different text"), quote(c.where.text))
	}
	cure.Drop = append(slices.Clone(cure.Drop), t.reference(j))
}

func (t *table) wordedShare(c *column) string {
	return fmt.Sprintf("%d of %s %s no number", c.worded, english.Count(len(t.lines), "value"), english.Verb(c.worded, "is", "are"))
}

// commas reports whether the texts of a column are numbers with a decimal comma.
func (t *table) commas(c *column) bool {
	return t.form.separator != ',' && !slices.ContainsFunc(c.texts[1:], func(text string) bool { return !withComma.MatchString(text) })
}

// namesOfClasses reports whether labels are read as names.
func (t *table) namesOfClasses() bool {
	c := &t.columns[t.label]
	return t.Labels == "names" || t.Labels == "auto" && c.worded > 0 && c.numbers == 0
}

// keepsFeatures reports whether settings leave a feature.
func (t *table) keepsFeatures(cure *CSV) bool {
	for j := range t.columns {
		if r := t.columns[j].role; (r == feature || r == category) && !slices.Contains(cure.Drop, t.reference(j)) {
			return true
		}
	}
	return false
}

// keepSome fills in missing values where leaving out their rows would leave none.
func (t *table) keepSome(cure *CSV) {
	if cure.Missing != "drop-rows" {
		return
	}
	for i := range t.lines {
		row, whole := t.row(i), true
		for j := range row {
			used := t.columns[j].role != dropped && !slices.Contains(cure.Drop, t.reference(j))
			whole = whole && !(used && t.lacks(row, j))
		}
		if whole {
			return
		}
	}
	cure.Missing = "mean"
}

// refuse is the error of a table with obstacles: all of them, and the line that reads it.
func (t *table) refuse() error {
	list, cure := t.obstacles()
	if len(list) == 0 {
		return nil
	}
	t.keepSome(&cure)
	written := param.Written("csv", &cure)
	end := "; write " + written
	switch final := slices.ContainsFunc(list, func(o obstacle) bool { return o.final }); {
	case final && len(list) == 1, t.columns != nil && !t.keepsFeatures(&cure):
		end = ""
	case final:
		end = "; mend the rows, and write " + written
	}
	at := param.Position{File: t.file, Line: list[0].line, Column: list[0].column}
	if len(list) == 1 {
		return &param.Error{Position: at, Message: list[0].message + end}
	}
	const shown = 20
	var b strings.Builder
	fmt.Fprintf(&b, "%d things keep the file from being read as numbers:", len(list))
	for _, o := range list[:min(shown, len(list))] {
		b.WriteString("\n  ")
		if o.line > 0 {
			fmt.Fprintf(&b, "line %d: ", o.line)
		}
		b.WriteString(o.message)
	}
	if n := len(list) - shown; n > 0 {
		fmt.Fprintf(&b, "\n  and %d more", n)
	}
	if t.assumed != "" {
		fmt.Fprintf(&b, "\nthe label is taken to be column %s, found %s; label: NAME names another", t.numbered(t.label), t.assumed)
	}
	fmt.Fprintf(&b, "\n%s", strings.TrimPrefix(end, "; "))
	return &param.Error{Position: at, Message: strings.TrimRight(b.String(), "\n")}
}
