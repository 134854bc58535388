package recompute

import (
	"fmt"
	"regexp"
	"strings"
)

// where is how many of the problems a sentence speaks of: nothing where there is one in all.
const where = `(?: on (?:(all|any of|\d+ of) (\d+) problems|the only problem)( where methods compete(?: at both)?)?)?`

var (
	accuracyNo  = regexp.MustCompile(`^Accuracy does not change the cheapest method` + where + `: it is the same at (\S+) and at (\S+)\.$`)
	accuracyYes = regexp.MustCompile(`^Accuracy changes the cheapest method` + where + `\. On (.*) \((\S+ pass(?:es)?)\) at (\S+), (.*) \((\S+)\) at (\S+)\.$`)
	hessianNo   = regexp.MustCompile(`^The price of a Hessian, n passes or 1, does not change the cheapest method` + where + `\.$`)
	hessianYes  = regexp.MustCompile(`^The price of a Hessian, n passes or 1, changes the cheapest method` + where + `\. On (.*) \((\S+ pass(?:es)?)\), with a Hessian at 1 (.*) \((\S+)\)\.$`)
)

func (c *checker) accuracy(line string) {
	found, of := c.changes()
	coarse, fine, _ := c.ends()
	if m := accuracyNo.FindStringSubmatch(line); m != nil {
		c.counts(line, m[1:4], "at both", len(found), of)
		if !number(m[4], coarse.value) || !number(m[5], fine.value) {
			c.complain("%q: the targets are %v and %v", line, coarse.value, fine.value)
		}
		if len(found) > 0 {
			c.complain("%q: it does on %d", line, len(found))
		}
		return
	}
	m := accuracyYes.FindStringSubmatch(line)
	if m == nil {
		c.complain("not understood: %q", line)
		return
	}
	c.counts(line, m[1:4], "at both", len(found), of)
	if len(found) == 0 {
		c.complain("%q: it does nowhere", line)
		return
	}
	if !number(m[6], coarse.value) || !number(m[9], fine.value) {
		c.complain("%q: the targets are %v and %v", line, coarse.value, fine.value)
	}
	named := largest(found)
	on, first, ok := strings.Cut(m[4], ": ")
	if !ok || !names(on, named.problem.label, c.allProblems()) {
		c.complain("%q: the largest change is on %s", line, named.problem.label)
		return
	}
	c.place(line, first, m[5], named.before)
	c.place(line, m[7], m[8], named.after)
}

// counts checks of how many problems a sentence speaks, and that it says which those are where they
// are not all: said is what it has for where.
func (c *checker) counts(line string, said []string, both string, found, of int) {
	all := len(c.problems)
	changed, shown, which := said[0], said[1], said[2]
	want := fmt.Sprintf("%d of %d", found, of)
	switch {
	case of == 1:
		want = " " // in words
	case found == 0:
		want = fmt.Sprintf("any of %d", of)
	case found == of:
		want = fmt.Sprintf("all %d", of)
	}
	c.same(line, changed+" "+shown, want)
	if strings.Contains(line, "the only problem") != (of == 1 && all > 1) {
		c.complain("%q: methods compete on %d of %d problems", line, of, all)
	}
	if (which != "") != (of < all) || which != "" && strings.HasSuffix(which, "at both") != (both != "") {
		c.complain("%q: methods compete on %d of %d problems", line, of, all)
	}
}

func (c *checker) hessian(line string) {
	found, on, of := c.repriced()
	if m := hessianNo.FindStringSubmatch(line); m != nil {
		c.counts(line, m[1:4], "", on, of)
		if on > 0 {
			c.complain("%q: it does on %d", line, on)
		}
		return
	}
	m := hessianYes.FindStringSubmatch(line)
	if m == nil {
		c.complain("not understood: %q", line)
		return
	}
	c.counts(line, m[1:4], "", on, of)
	if len(found) == 0 {
		c.complain("%q: it does nowhere", line)
		return
	}
	named := largest(found)
	place, first, _ := strings.Cut(m[4], ": ")
	at := strings.LastIndex(place, " at ")
	if at < 0 || !names(place[:at], named.problem.label, c.allProblems()) || !number(place[at+4:], named.at.value) {
		c.complain("%q: the largest change is on %s at %v", line, named.problem.label, named.at.value)
		return
	}
	c.place(line, first, m[5], named.before)
	c.place(line, m[6], m[7], named.after)
}
