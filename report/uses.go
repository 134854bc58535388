package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Told finds what a method with its settings must be told of a problem, beside what the
// expressions of its settings say: L, mu, f*, the horizon.
type Told func(*results.Component) []string

// inform asks about every entry; without somebody to ask only the expressions tell.
func (e *Evidence) inform(told Told) {
	if told == nil {
		return
	}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			entry.Told = told(&entry.Method)
		}
	}
}

// Uses lists what an entry was told about the problem that a method cannot find out by
// itself: the constants in its step lengths, and the facts that it asks for.
func (e *Entry) Uses() []string {
	out := slices.Clone(e.Told)
	for _, text := range e.Expressions {
		out = append(out, constants.FindAllString(text, -1)...)
	}
	for i, name := range out {
		out[i] = strings.Replace(name, "mu", "μ", 1)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// constants are names in arithmetic: letters, not the e of 1e-3.
var constants = regexp.MustCompile(`\b[A-DF-Za-df-z][A-Za-z_0-9]*`)

// uses is what a method of the contest was told on any problem.
func (c *Contest) uses(m int) string {
	var all []string
	for _, i := range c.Instances {
		if cell := i.Cells[m]; cell != nil {
			all = append(all, cell.Entry.Uses()...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return "–"
	}
	return strings.Join(all, ", ")
}
