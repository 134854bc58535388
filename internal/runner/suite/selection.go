package suite

import (
	"maps"
	"slices"

	"github.com/gdbench/gdbench/internal/param"
)

// match holds the positions of the problems and of the methods for which a condition holds,
// in increasing order. Which cells these are, is found without going over the grid.
type match struct{ problems, methods []int }

// selection is a list of conditions. They hold for a cell when each holds for its problem
// or for its method.
type selection []match

// methods finds the methods, out of so many, with which the conditions hold on a problem.
func (c selection) methods(p *Problem, count int) []int {
	var open [][]int
	for _, one := range c {
		if !contains(one.problems, p.at) {
			open = append(open, one.methods)
		}
	}
	if len(open) == 0 {
		return upTo(count)
	}
	slices.SortFunc(open, func(a, b []int) int { return len(a) - len(b) })
	var out []int
	for _, m := range open[0] {
		if !slices.ContainsFunc(open[1:], func(list []int) bool { return !contains(list, m) }) {
			out = append(out, m)
		}
	}
	return out
}

// hold reports whether the conditions hold for a cell.
func (c selection) hold(p *Problem, m *Method) bool {
	return !slices.ContainsFunc(c, func(one match) bool { return !contains(one.problems, p.at) && !contains(one.methods, m.at) })
}

func contains(sorted []int, i int) bool {
	_, found := slices.BinarySearch(sorted, i)
	return found
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// index finds the entries of a suite by what they are called and by the values of their
// parameters: each key is looked up in all entries once.
type index struct {
	suite             *Suite
	problems, methods map[string]*values
}

// values are the positions of entries by the values that a key has in them. A key may be
// several parameters, of different components.
type values struct {
	names  map[string][]int // of problems or methods, by what they are called
	fields map[*param.Field]map[string][]int
}

func (x *index) key(name string) (problems, methods *values) {
	if x.problems == nil {
		x.problems, x.methods = map[string]*values{}, map[string]*values{}
	}
	if x.problems[name] == nil {
		x.problems[name] = valuesOf(name, "problem", x.suite.Problems, func(p *Problem) (*param.Spec, []string) { return p.Spec, p.called })
		x.methods[name] = valuesOf(name, "method", x.suite.Methods, func(m *Method) (*param.Spec, []string) { return m.Spec, m.called() })
	}
	return x.problems[name], x.methods[name]
}

func valuesOf[E any](key, kind string, entries []E, of func(E) (*param.Spec, []string)) *values {
	v := &values{names: map[string][]int{}, fields: map[*param.Field]map[string][]int{}}
	for i, entry := range entries {
		spec, called := of(entry)
		if key == kind {
			for _, name := range called {
				v.names[name] = append(v.names[name], i)
			}
			continue
		}
		f := spec.Parameter(key)
		if f == nil {
			continue
		}
		if v.fields[f] == nil {
			v.fields[f] = map[string][]int{}
		}
		for _, text := range spec.Answers(f) {
			v.fields[f][text] = append(v.fields[f][text], i)
		}
	}
	return v
}

// known reports whether the key is a parameter of any entry.
func (x *index) known(key string) bool {
	problems, methods := x.key(key)
	return len(problems.fields)+len(methods.fields) > 0
}

// check refuses a value that no parameter of the key can have.
func (x *index) check(source param.Source, c condition) error {
	problems, methods := x.key(c.key)
	for _, value := range c.values {
		var refusal error
		for _, f := range slices.Concat(problems.parameters(), methods.parameters()) {
			_, err := source.Asked(value, f)
			if err == nil {
				refusal = nil
				break
			}
			if refusal == nil || err.Error() < refusal.Error() { // the fields have no order
				refusal = err
			}
		}
		if refusal != nil {
			return refusal
		}
	}
	return nil
}

func (v *values) parameters() []*param.Field { return slices.Collect(maps.Keys(v.fields)) }

// match finds the entries for which a condition holds.
func (x *index) match(source param.Source, c condition) match {
	problems, methods := x.key(c.key)
	return match{problems.find(source, c), methods.find(source, c)}
}

func (v *values) find(source param.Source, c condition) []int {
	var lists [][]int
	for _, value := range c.values {
		if list := v.names[value.Value]; len(list) > 0 {
			lists = append(lists, list)
		}
		for f, byText := range v.fields {
			if text, err := source.Asked(value, f); err == nil && len(byText[text]) > 0 {
				lists = append(lists, byText[text])
			}
		}
	}
	if len(lists) == 1 { // shared with the other conditions that ask for it
		return lists[0]
	}
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(lists...))))
}
