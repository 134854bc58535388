package suite

import (
	"cmp"
	"fmt"

	"github.com/gdbench/gdbench/internal/param"
)

// checkDuplicates refuses duplicate cells, and labels that are used for two components.
func (s *Suite) checkDuplicates() error {
	problems := numbers(len(s.Problems), func(i int) string { return s.Problems[i].Text })
	methods := numbers(len(s.Methods), func(i int) string { return s.Methods[i].Text })
	problemOf, methodOf := newLabels(len(s.Problems)), newLabels(len(s.Methods))
	seen := map[[2]int]*Method{} // the pairs whose problem or method stands in the suite more than once
	found := false
	for p, m := range s.Pairs() {
		found = true
		if problems.copied(p.at) || methods.copied(m.at) {
			id := [2]int{problems.of[p.at], methods.of[m.at]}
			if first := seen[id]; first != nil {
				return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("duplicate cell %s on %s (first defined at %s)%s", m.Label, p.Label, first.Spec.Position, overlapHint(m.Spec))}
			}
			seen[id] = m
		}
		err := cmp.Or(problemOf.add("problem", p.at, p.Label, p.Text), methodOf.add("method", m.at, m.Label, m.Text))
		if err != "" {
			return &param.Error{Position: m.Spec.Position, Message: err}
		}
	}
	if !found {
		return &param.Error{Position: param.Position{File: s.File}, Message: errNoCells.Error()}
	}
	return nil
}

// overlapHint says how grids may overlap, where a duplicate cell comes from one.
func overlapHint(spec *param.Spec) string {
	for _, a := range spec.Args {
		if a.Axis {
			return fmt.Sprintf("; generators in one list may overlap, such as %s: [{log: [1e-3, 1, 4]}, {log: [0.1, 10, 3]}]", a.Field.Name)
		}
	}
	return ""
}

// numbering gives equal texts one number.
type numbering struct {
	of    []int // the number of each text
	count []int // how many texts have a number
}

func numbers(n int, text func(i int) string) numbering {
	var out numbering
	first := make(map[string]int, n)
	for i := range n {
		number, ok := first[text(i)]
		if !ok {
			number = len(out.count)
			first[text(i)] = number
			out.count = append(out.count, 0)
		}
		out.count[number]++
		out.of = append(out.of, number)
	}
	return out
}

func (n *numbering) copied(i int) bool { return n.count[n.of[i]] > 1 }

// labels are the texts of the entries that run, by their labels.
type labels struct {
	text map[string]string
	met  []bool
}

func newLabels(entries int) labels {
	return labels{text: make(map[string]string, entries), met: make([]bool, entries)}
}

// add says what is wrong where the label belongs to another entry already.
func (l *labels) add(kind string, at int, label, text string) string {
	if l.met[at] {
		return ""
	}
	l.met[at] = true
	if first, ok := l.text[label]; ok && first != text {
		return fmt.Sprintf("the label %q is used for two %ss, %s and %s; give them different labels", label, kind, first, text)
	}
	l.text[label] = text
	return ""
}
