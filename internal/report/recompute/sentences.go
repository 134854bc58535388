package recompute

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	accuracyNo  = regexp.MustCompile(`^Accuracy does not change the cheapest method on any of (\d+) problems?( where methods compete at both)?: it is the same at (\S+) and at (\S+)\.$`)
	accuracyYes = regexp.MustCompile(`^Accuracy changes the cheapest method on (all|\d+ of) (\d+) problems?( where methods compete at both)?\. On (.*) \((\S+) passes?\) at (\S+), (.*) \((\S+)\) at (\S+)\.$`)
	hessianNo   = regexp.MustCompile(`^The price of a Hessian, n passes or 1, does not change the cheapest method on any of (\d+) problems?( where methods compete)?\.$`)
	hessianYes  = regexp.MustCompile(`^The price of a Hessian, n passes or 1, changes the cheapest method on (all|\d+ of) (\d+) problems?( where methods compete)?\. On (.*) \((\S+) passes?\), with a Hessian at 1 (.*) \((\S+)\)\.$`)
)

func (c *checker) accuracy(line string) {
	found, of := c.changes()
	coarse, fine := c.ends()
	if m := accuracyNo.FindStringSubmatch(line); m != nil {
		c.counts(line, "0 of", m[1], m[2], len(found), of)
		if !number(m[3], coarse.value) || !number(m[4], fine.value) {
			c.complain("%q: the targets are %v and %v", line, coarse.value, fine.value)
		}
		return
	}
	m := accuracyYes.FindStringSubmatch(line)
	if m == nil {
		c.complain("not understood: %q", line)
		return
	}
	c.counts(line, m[1], m[2], m[3], len(found), of)
	if len(found) == 0 {
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
// are not all.
func (c *checker) counts(line, changed, all, which string, found, of int) {
	want := fmt.Sprintf("%d of %d", found, of)
	if found == of && of > 1 {
		want = fmt.Sprintf("all %d", of)
	}
	c.same(line, changed+" "+all, want)
	if (which != "") != (of < len(c.problems)) {
		c.complain("%q: methods compete on %d of %d problems", line, of, len(c.problems))
	}
}

func (c *checker) hessian(line string) {
	found, of := c.repriced()
	if m := hessianNo.FindStringSubmatch(line); m != nil {
		c.counts(line, "0 of", m[1], m[2], len(found), of)
		return
	}
	m := hessianYes.FindStringSubmatch(line)
	if m == nil {
		c.complain("not understood: %q", line)
		return
	}
	c.counts(line, m[1], m[2], m[3], len(found), of)
	if len(found) == 0 {
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
