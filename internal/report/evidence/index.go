package evidence

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// index finds problems and entries while records come in.
type index struct {
	problems map[string]*Problem // by their labels
	here     map[string]*Problem // by the labels that the run which is being read has for them
	entries  map[[2]string]*Entry
	places   map[place][]*Problem // problems of ours in published suites; several differ in their starts

	components map[string]*Problem // of the runs before, by what they are; filled when a run has been read
}

// problem is that of a record; nil: it is the first. Of another run it is the same if it has the same
// label, or is the same component with the same start: how a label is made depends on what else is in
// the suite. Where parameters differ, a label is no evidence.
func (k *index) problem(r *results.Record) *Problem {
	label := r.Labels.Problem
	if p := k.here[label]; p != nil {
		return p
	}
	p := k.problems[label]
	if len(r.Problem.Parameters) > 0 && (p == nil || p.differs(r)) {
		if p = k.components[componentText(&r.Problem)]; p != nil && p.Label != label {
			p.called = append(p.called, label)
		}
	}
	if p != nil {
		k.here[label] = p
	}
	return p
}

// differs reports whether a record is of another problem, though it has the label of this one.
func (p *Problem) differs(r *results.Record) bool {
	return different(&r.Problem, &p.Example.Problem) != ""
}

// enter adds the problem of a record. Where an earlier run calls another one so, both labels get the
// parameters that differ.
func (k *index) enter(p *Problem, r *results.Record) {
	label := p.Label
	if other := k.problems[label]; other != nil {
		if more := different(&other.Example.Problem, &r.Problem); more != "" && len(other.called) == 0 {
			other.called, other.Label = append(other.called, label), label+" "+more
			k.problems[other.Label] = other
		}
		p.called, p.Label = append(p.called, label), label+" "+different(&r.Problem, &other.Example.Problem)
		for n := 2; k.problems[p.Label] != nil; n++ {
			p.Label = fmt.Sprintf("%s %s (%d)", label, different(&r.Problem, &other.Example.Problem), n)
		}
	}
	k.problems[p.Label], k.here[label] = p, p
	if k.problems[label] == nil {
		k.problems[label] = p
	}
}

// different are the parameters of a component that another has with other values, and its name where
// that differs. What only one of them has may be of another version.
func different(c, other *results.Component) string {
	var out []string
	if c.Name != other.Name && c.Name != "" && other.Name != "" {
		out = append(out, c.Name)
	}
	for _, p := range c.Parameters {
		if its, value := other.Get(p.Name), fmt.Sprint(p.Value); its != nil && p.Value != nil && value != fmt.Sprint(its) {
			out = append(out, p.Name+"="+value)
		}
	}
	return strings.Join(out, " ")
}

// finish keeps the problems of a run for those after it.
func (k *index) finish(problems []*Problem) {
	k.here = map[string]*Problem{}
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
