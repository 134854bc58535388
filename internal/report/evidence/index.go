package evidence

import "github.com/gdbench/gdbench/results"

// index finds problems and entries while records come in.
type index struct {
	problems map[string]*Problem
	entries  map[[2]string]*Entry
	places   map[place][]*Problem // problems of ours in published suites; several differ in their starts

	components map[string]*Problem // of the runs before, by what they are; filled when a run has been read
}

// problem is that of a record: of its label, and else the one of an earlier run that is the same
// component with the same start. How a label is made depends on what else is in the suite.
func (k *index) problem(r *results.Record) *Problem {
	if p := k.problems[r.Labels.Problem]; p != nil || len(r.Problem.Parameters) == 0 {
		return p
	}
	p := k.components[componentText(&r.Problem)]
	if p != nil {
		k.problems[r.Labels.Problem] = p
		p.called = append(p.called, r.Labels.Problem)
	}
	return p
}

// finish keeps the problems of a run for those after it.
func (k *index) finish(problems []*Problem) {
	for _, p := range problems {
		if text := componentText(&p.Example.Problem); text != "" && k.components[text] == nil {
			k.components[text] = p
		}
	}
}

// componentText is a component with all its parameters.
func componentText(c *results.Component) string {
	text, err := c.MarshalJSON()
	if err != nil {
		return "" // a file may hold anything
	}
	return string(text)
}
