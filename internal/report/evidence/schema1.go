package evidence

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// readSchema1 reads what records of schema 1 do not say outright: the learning rate by the
// two parameters that built-in methods have for it, and which facts were used by the expressions of
// the settings. The edge of stability stays unknown.
func (e *Entry) readSchema1(r *results.Record) {
	e.Schema1, e.Family = true, familySchema1(&r.Method)
	for _, path := range []string{"lr", "step.t"} {
		if rate, ok := numberAt(&r.Method, path); ok {
			e.setRate(path, rate, r.Written.Method[path])
			break
		}
	}
	for _, text := range r.Written.Method {
		e.Uses = append(e.Uses, constants.FindAllString(text, -1)...)
	}
	slices.Sort(e.Uses)
	e.Uses = slices.Compact(e.Uses)
}

// familySchema1 is the direction of a descent, and any other method itself.
func familySchema1(c *results.Component) string {
	switch direction := c.Get("direction").(type) {
	case results.Component:
		return direction.Name
	case string:
		return direction
	}
	return c.Name
}

// numberAt is a numeric parameter by its path.
func numberAt(c *results.Component, path string) (float64, bool) {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		return c.Number(head)
	}
	inner, ok := c.Get(head).(results.Component)
	if !ok {
		return 0, false
	}
	return numberAt(&inner, rest)
}

// constants are names in arithmetic: letters, not the e of 1e-3.
var constants = regexp.MustCompile(`\b[A-DF-Za-df-z][A-Za-z_0-9]*`)

// variables is the number of the problem's variables; 0: unknown. Records of schema 1 know it
// only where they keep the end point.
func variables(r *results.Record) int {
	if r.Variables == 0 && r.Final != nil && r.Final.X != nil {
		return len(*r.Final.X)
	}
	return r.Variables
}
