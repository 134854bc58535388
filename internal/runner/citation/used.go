package citation

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Used are the components of a run: those of its records with all that they are made of.
type Used struct {
	entries []*param.Entry
	Unknown []string // kinds and names of those that this binary does not have
}

// Add notes the components of a record.
func (u *Used) Add(r *results.Record) {
	u.add(param.Of[problems.Problem](), &r.Problem)
	u.add(param.Of[methods.Method](), &r.Method)
}

func (u *Used) add(kind *param.Registry, c *results.Component) {
	if !kind.Has(c.Name) {
		if name := kind.Kind + " " + c.Name; c.Name != "" && !slices.Contains(u.Unknown, name) {
			u.Unknown = append(u.Unknown, name)
		}
		return
	}
	e, err := kind.Lookup(c.Name)
	if err != nil {
		return
	}
	if !slices.Contains(u.entries, e) {
		u.entries = append(u.entries, e)
	}
	for _, p := range c.Parameters {
		inner := param.Of[problems.StartRule]() // the key of every problem that is none of its parameters
		for _, f := range e.Fields() {
			if f.Name == p.Name {
				inner = f.Registry()
			}
		}
		if inner != nil {
			u.nested(inner, p.Value)
		}
	}
}

// nested are the components that the value of a parameter has.
func (u *Used) nested(kind *param.Registry, value any) {
	switch v := value.(type) {
	case results.Component:
		u.add(kind, &v)
	case []any:
		for _, entry := range v {
			u.nested(kind, entry)
		}
	}
}

// dataSet is the kind of those components that are cited by their names where nothing else is
// published of them.
const dataSet = "data set"

// Bibliography has the sources of all components, and names those that have none.
func (u *Used) Bibliography() (b *Bibliography, without []string) {
	b = &Bibliography{}
	for _, e := range u.entries {
		name := fmt.Sprintf("%s %s", e.Kind, e.Name)
		works := Parse(e.Source, e.DOI)
		if len(works) == 0 {
			without = append(without, name)
		}
		for _, w := range works {
			if w.Title == "" && w.Journal == "" && w.Venue == "" && e.Kind == dataSet {
				w.Title = e.Name
			}
			b.Add(w, name)
		}
	}
	return b, without
}
