package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Uses lists what an entry was told about the problem that a method cannot find out by
// itself: the constants in its step lengths, and f* for Polyak's rule.
func (e *Entry) Uses() []string {
	var out []string
	add := func(what string) {
		if !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	for _, text := range e.Expressions {
		for _, name := range constants.FindAllString(text, -1) {
			add(strings.Replace(name, "mu", "μ", 1))
		}
	}
	if e.namesPart("polyak") {
		add("f*")
	}
	slices.Sort(out)
	return out
}

// constants are names in arithmetic: letters, not the e of 1e-3.
var constants = regexp.MustCompile(`\b[A-DF-Za-df-z][A-Za-z_0-9]*`)

// namesPart reports whether the method or a part of it has that name.
func (e *Entry) namesPart(name string) bool { return contains(&e.Method, name) }

func contains(c *results.Component, name string) bool {
	if strings.Contains(c.Name, name) {
		return true
	}
	for _, p := range c.Parameters {
		if inner, ok := p.Value.(results.Component); ok && contains(&inner, name) {
			return true
		}
	}
	return false
}

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
