package recompute

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// number is whether a number of three digits, or a whole one, is as shown.
func number(shown string, x float64) bool {
	switch shown {
	case "∞":
		return math.IsInf(x, 1)
	case "–":
		return math.IsNaN(x)
	}
	v, err := strconv.ParseFloat(shown, 64)
	if err != nil {
		return false
	}
	round, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
	return v == x || v == round && x != math.Trunc(x) || v == round && math.Abs(x) < 1
}

// names is whether a shown label is that of one of the labels: it has no other words, and no other
// label that has them all has as few. Words that all labels share may be left out.
func names(shown, label string, all []string) bool {
	if shown == label {
		return true
	}
	if shown == withoutSettings(label) && !slices.ContainsFunc(all, func(l string) bool { return l != label && shown == withoutSettings(l) }) {
		return true
	}
	words := strings.Fields(shown)
	if !subset(words, label) {
		return false
	}
	for _, other := range all {
		if other != label && subset(words, other) && len(strings.Fields(other)) <= len(strings.Fields(label)) {
			return false
		}
	}
	return true
}

func withoutSettings(label string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(label), func(word string) bool { return strings.Contains(word, "=") }), " ")
}

func subset(words []string, label string) bool {
	of := strings.Fields(label)
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(of, func(o string) bool { return w == o || rounded(w) == rounded(o) })
	})
}

// rounded is a word with its number at three digits.
func rounded(word string) string {
	name, value, ok := strings.Cut(word, "=")
	x, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil {
		return word
	}
	return name + "=" + strconv.FormatFloat(x, 'g', 3, 64)
}

func (d *data) allLabels() []string {
	var all []string
	for label := range d.settings {
		all = append(all, label)
	}
	return all
}

func (d *data) allProblems() []string {
	var all []string
	for _, p := range d.problems {
		all = append(all, p.label)
	}
	return all
}

var (
	others = regexp.MustCompile(`^(.*) \(\+(\d+) equal\)$`)
	title  = regexp.MustCompile(`^Cheapest setting of all for each target, and the reference, (.*), at its own cheapest setting, in passes$`)
	rule   = regexp.MustCompile(`^─+$`)
)

// table checks the cheapest settings, and returns the lines after the table.
func (c *checker) table(lines []string) []string {
	reference := c.reference(lines[0])
	coarse, fine, _ := c.ends()
	goals := slices.Compact([]goal{coarse, fine})
	end := 1
	for end < len(lines) && !notes.MatchString(lines[end]) {
		end++
	}
	rows := columns(lines[1:end])
	if !slices.ContainsFunc(lines[1:end], rule.MatchString) {
		c.complain("the table has no rule under its head")
	}
	lines = lines[end:]
	if len(rows) == 0 {
		c.complain("the table has no rows")
		return lines
	}
	c.head(rows[0], goals)
	rows = rows[1:]
	for i, p := range c.problems {
		if i == 12 {
			break
		}
		if len(rows) == 0 {
			c.complain("no row for %s", p.label)
			break
		}
		c.row(rows[0], p, goals, reference)
		rows = rows[1:]
	}
	if len(rows) > 0 {
		c.complain("no problem for row %q", rows[0])
	}
	if more := len(c.problems) - 12; more > 0 && len(lines) > 0 {
		c.same(lines[0], lines[0], fmt.Sprintf("%s in cheapest.txt of the report.", count(more, "more problem", "more problems")))
		lines = lines[1:]
	}
	return lines
}

// words are a goal as a column is called, without its number.
func (g goal) words() string {
	what := map[string]string{"": "relative gap", "absolute": "gap", "gradient": "relative gradient norm", "gradient-absolute": "gradient norm"}[g.kind]
	if what == "" {
		what = g.kind
	}
	switch {
	case g.kind == "":
		return what
	case g.least:
		return what + " ≥"
	}
	return what + " ≤"
}

// head checks the names of the columns.
func (c *checker) head(names []string, goals []goal) {
	line := strings.Join(names, " | ")
	want := []string{"problem"}
	for i, g := range goals {
		words := "to " + g.words()
		if at := 1 + 3*i; at < len(names) && number(strings.TrimPrefix(names[at], words+" "), g.value) {
			words = names[at]
		}
		want = append(want, words, "passes", "reference")
	}
	c.same(line, line, strings.Join(want, " | "))
}

// columns are the cells of a table, the head first. What stands between two columns is blank in all
// lines, two runes wide. A line without passes goes on with the words of the one above.
func columns(lines []string) [][]string {
	var text [][]rune
	for _, line := range lines {
		if !rule.MatchString(line) {
			text = append(text, []rune(line))
		}
	}
	blank := func(at int) bool {
		return !slices.ContainsFunc(text, func(line []rune) bool { return at < len(line) && line[at] != ' ' })
	}
	last := 0
	for _, line := range text {
		last = max(last, len(line))
	}
	var from []int // each column
	for at := range last {
		if !blank(at) && (at == 0 || at > 1 && blank(at-1) && blank(at-2)) {
			from = append(from, at)
		}
	}
	var rows [][]string
	for _, line := range text {
		cells := make([]string, len(from))
		for i, begin := range from {
			end := len(line)
			if i+1 < len(from) {
				end = min(end, from[i+1])
			}
			cells[i] = strings.TrimSpace(string(line[min(begin, end):end]))
		}
		if len(rows) > 0 && (len(cells) < 3 || cells[2] == "") {
			above := rows[len(rows)-1]
			for i, cell := range cells {
				if !strings.HasSuffix(above[i], "=") && !strings.HasSuffix(above[i], "(") && cell != "" {
					above[i] += " " // a word that is broken is so behind one of these
				}
				above[i] += cell
			}
			continue
		}
		rows = append(rows, cells)
	}
	return rows
}

// reference is the labels of the settings of the method that the title names: that of the
// manifest, or the first that ran.
func (c *checker) reference(line string) map[string]bool {
	name, of, all := "", map[string]bool{}, []string(nil)
	for _, r := range c.records {
		if r.Status != "skipped" && name == "" {
			name = c.settings[r.Labels.Method]
		}
	}
	for label, method := range c.settings {
		of[label] = method == name
		all = append(all, method)
	}
	if c.Reference != nil {
		name, of = c.Reference.Name, map[string]bool{}
		for _, label := range c.Reference.Methods {
			of[label] = true
		}
	}
	if m := title.FindStringSubmatch(line); m == nil || !names(m[1], name, all) {
		c.complain("%q: the reference is %s", line, name)
	}
	return of
}

func (c *checker) row(parts []string, p *problem, goals []goal, reference map[string]bool) {
	line := strings.Join(parts, " | ")
	if len(parts) != 1+3*len(goals) {
		c.complain("%q has %d columns", line, len(parts))
		return
	}
	if !names(parts[0], p.label, c.allProblems()) {
		c.complain("%q: the problem is %s", line, p.label)
	}
	for i, g := range goals {
		shown, passes, other := parts[1+3*i], parts[2+3*i], parts[3+3*i]
		if !p.measurable(g) {
			c.same(line, shown+passes+other, "not measurable––")
			continue
		}
		found := p.cheapest(g, false)
		if found.first == nil {
			c.same(line, shown+passes, "not reached∞")
		} else {
			c.place(line, shown, passes, found)
		}
		if best := p.best(reference, g); !number(other, best) {
			c.complain("%q: the reference has %v at %v", line, best, g.value)
		}
	}
}

// place checks a setting with the number of its equals and its cost, which may have its unit.
func (c *checker) place(line, shown, passes string, found place) {
	passes, unit, ok := strings.Cut(passes, " ")
	if ok && (unit == "pass") != (passes == "1") {
		c.complain("%q: %s %s", line, passes, unit)
	}
	equal := 0
	if m := others.FindStringSubmatch(shown); m != nil {
		shown = m[1]
		equal, _ = strconv.Atoi(m[2])
	}
	if equal != found.equal {
		c.complain("%q: %d others cost as much as %s", line, found.equal, found.first.label)
	}
	if !names(shown, found.first.label, c.allLabels()) {
		c.complain("%q: the cheapest is %s, not %s", line, found.first.label, shown)
	}
	if !number(passes, found.cost) {
		c.complain("%q: %s costs %v", line, found.first.label, found.cost)
	}
}

// allShare checks what the labels of all problems are said to have in common.
func (c *checker) allShare(line string) {
	c.shared(line, strings.TrimPrefix(line, allShare), "")
}

// leftOut checks what those with the same words have in common.
func (c *checker) leftOut(line string) {
	for _, part := range strings.Split(strings.TrimPrefix(line, leftOut), "; ") {
		head, settings, _ := strings.Cut(part, ": ")
		c.shared(line, settings, head)
	}
}

// shared checks that all problems, or those with some words, have the settings.
func (c *checker) shared(line, settings, head string) {
	for _, label := range c.allProblems() {
		if head == "" || withoutSettings(label) == head {
			if !subset(strings.Fields(strings.TrimSuffix(settings, ".")), label) {
				c.complain("%q, and %s is another", line, label)
			}
		}
	}
}
