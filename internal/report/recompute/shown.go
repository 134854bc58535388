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
	if cut, ok := strings.CutSuffix(shown, " …"); ok {
		return strings.HasPrefix(label, cut) && !slices.ContainsFunc(all, func(l string) bool {
			return l != label && strings.HasPrefix(l, cut)
		})
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
	column = regexp.MustCompile(`^to relative gap (\S+)$`)
	gaps   = regexp.MustCompile(`  +`)
	rule   = regexp.MustCompile(`^─+$`)
)

// table checks the cheapest settings, and returns the lines after the table.
func (c *checker) table(lines []string) []string {
	reference := c.reference(lines[0])
	coarse, fine := c.ends()
	goals := slices.Compact([]goal{coarse, fine})
	if len(lines) < 3 || !rule.MatchString(lines[2]) {
		c.complain("the table has no head")
		return lines[1:]
	}
	head := gaps.Split(lines[1], -1)
	if len(head) != 1+3*len(goals) {
		c.complain("%q has no columns for %v", lines[1], goals)
	}
	for i, word := range head {
		want := []string{"passes", "reference", ""}[(i+1)%3]
		if i == 0 {
			want = "problem"
		}
		if m := column.FindStringSubmatch(word); m != nil && i%3 == 1 && i/3 < len(goals) {
			if !number(m[1], goals[i/3].value) {
				c.complain("%q: the target is %v", word, goals[i/3])
			}
		} else {
			c.same(lines[1], word, want)
		}
	}
	lines = lines[3:]
	for i, p := range c.problems {
		if i == 12 {
			break
		}
		if len(lines) == 0 || lines[0] == medians {
			c.complain("no row for %s", p.label)
			break
		}
		c.row(lines[0], p, goals, reference)
		lines = lines[1:]
	}
	if more := len(c.problems) - 12; more > 0 && len(lines) > 0 {
		c.same(lines[0], lines[0], fmt.Sprintf("… and %s; see the table cheapest", count(more, "more problem", "more problems")))
		lines = lines[1:]
	}
	return lines
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

func (c *checker) row(line string, p *problem, goals []goal, reference map[string]bool) {
	parts := gaps.Split(line, -1)
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
			c.same(line, shown+passes, "not reached–")
		} else {
			c.place(line, shown, passes, found)
		}
		if best := p.best(reference, g); !number(other, best) {
			c.complain("%q: the reference has %v at %v", line, best, g.value)
		}
	}
}

// place checks a setting with the number of its equals and its cost.
func (c *checker) place(line, shown, passes string, found place) {
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
