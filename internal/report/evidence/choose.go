package evidence

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Choice is the part of the runs that a report is about. Names may be those of a component or a
// label, with * for any characters; no names choose everything.
type Choice struct {
	Methods, Problems []string
	Baseline          string // method that the others are compared with; "": as the suite says
}

// Choose leaves what is chosen, and says what it left out. Gaps above the best value, and what
// methods look like, stay those of all runs.
func (e *Evidence) Choose(c Choice) (said []string, err error) {
	if err := e.setBaseline(c.Baseline); err != nil {
		return nil, err
	}
	problems, methods, err := e.chosen(c)
	if err != nil {
		return nil, err
	}
	before := len(e.Problems)
	e.Problems = slices.DeleteFunc(e.Problems, func(p *Problem) bool {
		if !problems[p.Label] {
			e.leave(p, p.Entries)
		}
		return !problems[p.Label]
	})
	left := map[string]bool{}
	e.Cells = 0
	for _, p := range e.Problems {
		p.Entries = slices.DeleteFunc(p.Entries, func(entry *Entry) bool {
			drop := len(c.Methods) > 0 && !methods[entry.Label] && !(c.Baseline != "" && entry.IsReference)
			left[entry.Name()] = left[entry.Name()] || drop
			if drop {
				e.leave(p, []*Entry{entry})
			}
			return drop
		})
		p.ranked = nil
		for _, entry := range p.Entries {
			left[entry.Name()] = false
			e.Cells += len(entry.Cells)
		}
	}
	e.Problems = slices.DeleteFunc(e.Problems, func(p *Problem) bool { return len(p.Entries) == 0 })
	e.shortProblems, e.shortMethods = nil, nil
	return e.leftOut(before, left), nil
}

// CellsOf says of the cells of a run, by the labels of problem and method, which the evidence has and
// which were not chosen. A cell that did not run is neither.
func (e *Evidence) CellsOf(run *results.Run) func(problem, method string) (had, left bool) {
	had := map[[2]string]bool{}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, label := range p.labels() {
				had[[2]string{label, entry.Label}] = true
			}
		}
	}
	suffix := suffix(e.Runs, run)
	return func(problem, method string) (bool, bool) {
		cell := [2]string{problem, method + suffix}
		return had[cell], e.left[cell]
	}
}

// labels are those of the problem: its own, and what other runs call it.
func (p *Problem) labels() []string { return append([]string{p.Label}, p.called...) }

// leave notes the cells of some entries as not chosen.
func (e *Evidence) leave(p *Problem, entries []*Entry) {
	if e.left == nil {
		e.left = map[[2]string]bool{}
	}
	for _, entry := range entries {
		for _, label := range p.labels() {
			e.left[[2]string{label, entry.Label}] = true
		}
	}
}

// leftOut are sentences about what conclusions are not about.
func (e *Evidence) leftOut(problems int, left map[string]bool) (said []string) {
	var methods []string
	for name, is := range left {
		if is {
			methods = append(methods, name)
		}
	}
	slices.Sort(methods)
	if len(methods) > 0 {
		said = append(said, "This report is about chosen methods. Left out: "+text.Some(methods)+".")
	}
	if len(e.Problems) < problems {
		said = append(said, fmt.Sprintf("This report is about %d of %d problems, as chosen.", len(e.Problems), problems))
	}
	for _, sentence := range said {
		e.warn("%s", sentence)
	}
	return said
}

// setBaseline makes a method the reference.
func (e *Evidence) setBaseline(name string) error {
	if name == "" {
		return nil
	}
	var found, all []string
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			entry.IsReference = slices.ContainsFunc(entry.names(), func(n string) bool { return text.Matches(name, n) })
			all = append(all, entry.names()...)
			if its := entry.Name(); entry.IsReference && !slices.Contains(found, its) {
				found = append(found, its)
			}
		}
	}
	switch len(found) {
	case 0:
		return fmt.Errorf("unknown baseline %q%s", name, text.Suggest(name, distinct(all)))
	case 1:
		e.Reference = found[0]
		return nil
	}
	return fmt.Errorf("the baseline %q is several methods: %s", name, text.Some(found))
}

// chosen are the labels of problems and methods that are chosen; each name must choose something.
func (e *Evidence) chosen(c Choice) (problems, methods map[string]bool, err error) {
	problems, methods = map[string]bool{}, map[string]bool{}
	problem, method := newPicker("problem", c.Problems), newPicker("method", c.Methods)
	for _, p := range e.Problems {
		problems[p.Label] = problem.picks(append(p.labels(), p.Example.Problem.Name)...)
		for _, entry := range p.Entries {
			methods[entry.Label] = method.picks(entry.names()...)
		}
	}
	if err := problem.missed(); err != nil {
		return nil, nil, err
	}
	return problems, methods, method.missed()
}

// names are those by which an entry can be chosen.
func (e *Entry) names() []string { return []string{e.Label, e.Group, e.Name(), e.Method.Name} }

// picker chooses by patterns, and knows which of them have chosen nothing.
type picker struct {
	kind     string
	patterns []string
	used     map[string]bool
	all      []string
}

func newPicker(kind string, patterns []string) *picker {
	return &picker{kind: kind, patterns: patterns, used: map[string]bool{}}
}

func (p *picker) picks(names ...string) bool {
	if len(p.patterns) == 0 {
		return true
	}
	p.all = append(p.all, names...)
	picked := false
	for _, pattern := range p.patterns {
		if slices.ContainsFunc(names, func(name string) bool { return text.Matches(pattern, name) }) {
			p.used[pattern], picked = true, true
		}
	}
	return picked
}

func (p *picker) missed() error {
	for _, pattern := range p.patterns {
		if !p.used[pattern] {
			return fmt.Errorf("unknown %s %q%s", p.kind, pattern, text.Suggest(pattern, distinct(p.all)))
		}
	}
	return nil
}

func distinct(names []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// PickNames chooses among groups of names, each by any of them: the indices of what is chosen. A
// pattern that chooses nothing is an error that names the kind.
func PickNames(kind string, patterns []string, groups [][]string) ([]int, error) {
	p := newPicker(kind, patterns)
	var out []int
	for i, names := range groups {
		if p.picks(names...) {
			out = append(out, i)
		}
	}
	return out, p.missed()
}
