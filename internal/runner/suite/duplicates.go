package suite

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"math/bits"

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
	out := numbering{of: make([]int, n)}
	first := newTexts(n)
	for i := range n {
		number := first.add(text(i))
		if number == len(out.count) {
			out.count = append(out.count, 0)
		}
		out.count[number]++
		out.of[i] = number
	}
	return out
}

func (n *numbering) copied(i int) bool { return n.count[n.of[i]] > 1 }

// texts numbers different texts from 0: a hash table by open addressing, since there may be millions.
type texts struct {
	slots []int32 // one more than the number of a text, 0: none; a power of two of them
	list  []string
}

// newTexts has room for n different texts.
func newTexts(n int) texts {
	return texts{slots: make([]int32, 2<<bits.Len(uint(n))), list: make([]string, 0, n)}
}

var seed = maphash.MakeSeed()

// add is the number of a text.
func (t *texts) add(text string) int {
	for at := maphash.String(seed, text); ; at++ {
		slot := &t.slots[at%uint64(len(t.slots))]
		if *slot == 0 {
			t.list = append(t.list, text)
			*slot = int32(len(t.list))
		}
		if number := int(*slot) - 1; t.list[number] == text {
			return number
		}
	}
}

// labels are the texts of the entries that run, by their labels.
type labels struct {
	names texts
	of    []string // the text of each label
	met   []bool
}

func newLabels(entries int) labels {
	return labels{names: newTexts(entries), met: make([]bool, entries)}
}

// add says what is wrong where the label belongs to another entry already.
func (l *labels) add(kind string, at int, label, text string) string {
	if l.met[at] {
		return ""
	}
	l.met[at] = true
	number := l.names.add(label)
	if number == len(l.of) {
		l.of = append(l.of, text)
	}
	if first := l.of[number]; first != text {
		return fmt.Sprintf("the label %q is used for two %ss, %s and %s; give them different labels", label, kind, first, text)
	}
	return ""
}
