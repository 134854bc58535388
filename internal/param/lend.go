package param

import (
	"fmt"
	"slices"
)

// Lent is a component that is registered for a while only: one that a process declares.
type Lent struct {
	Name string
	Info Info
	Make func() any // as in Register

	Edition, Origin string // as in Entry
}

// Lend registers components until giveBack is called. Specs that were read meanwhile keep
// theirs. A name that is taken is an error.
func (r *Registry) Lend(components []Lent) (giveBack func(), err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, c := range components {
		if r.entries[c.Name] != nil || slices.ContainsFunc(components[:i], func(other Lent) bool { return other.Name == c.Name }) {
			return nil, fmt.Errorf("the %s %q is declared twice", r.Kind, c.Name)
		}
	}
	for _, c := range components {
		r.entries[c.Name] = &Entry{Info: c.Info, Name: c.Name, Kind: r.Kind, Edition: c.Edition, Origin: c.Origin, foreign: true, make: c.Make}
		r.list(c.Name)
	}
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, c := range components {
			delete(r.entries, c.Name)
		}
		r.names = slices.DeleteFunc(r.names, func(name string) bool { return r.entries[name] == nil })
	}, nil
}
