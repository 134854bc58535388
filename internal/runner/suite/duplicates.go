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
	problemOf := newLabels("problem", len(s.Problems), func(i int) (label, text string) { return s.Problems[i].Label, s.Problems[i].Text })
	methodOf := newLabels("method", len(s.Methods), func(i int) (label, text string) { return s.Methods[i].Label, s.Methods[i].Text })
	seen := map[[2]int32]*Method{} // the pairs whose problem or method stands in the suite more than once
	found := false
	for p, m := range s.Pairs() {
		found = true
		if problems.copied(p.at) || methods.copied(m.at) {
			id := [2]int32{problems.of[p.at], methods.of[m.at]}
			if first := seen[id]; first != nil {
				return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("duplicate cell %s on %s (first defined at %s)%s", m.Label, p.Label, first.Spec.Position, overlapHint(m.Spec))}
			}
			seen[id] = m
		}
		if err := cmp.Or(problemOf.add(p.at), methodOf.add(m.at)); err != "" {
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
	of    []int32 // the number of each text
	count []int32 // how many texts have a number
}

func numbers(n int, text func(i int) string) numbering {
	out := numbering{of: make([]int32, n)}
	distinct := newDistinct(n, text)
	for i := range n {
		number := distinct.add(i)
		if number == len(out.count) {
			out.count = append(out.count, 0)
		}
		out.count[number]++
		out.of[i] = int32(number)
	}
	return out
}

func (n *numbering) copied(i int) bool { return n.count[n.of[i]] > 1 }

// distinct numbers different texts of entries from 0: a hash table by open addressing, since there may be millions.
type distinct struct {
	slots []uint64         // high bits of the hash, and below them one more than the number of a text; 0: none
	first []int32          // the entry that has each text first
	text  func(int) string // of an entry
}

// newDistinct has room for n entries.
func newDistinct(n int, text func(int) string) distinct {
	return distinct{slots: make([]uint64, 2<<bits.Len(uint(n))), first: make([]int32, 0, n), text: text}
}

var seed = maphash.MakeSeed()

// add is the number of the text of an entry.
func (d *distinct) add(entry int) int {
	text := d.text(entry)
	hash := maphash.String(seed, text)
	const low = 1<<32 - 1
	for at := hash; ; at++ {
		slot := &d.slots[at%uint64(len(d.slots))]
		if *slot == 0 {
			d.first = append(d.first, int32(entry))
			*slot = hash&^low | uint64(len(d.first))
			return len(d.first) - 1
		}
		number := int(*slot&low) - 1
		if (*slot^hash)&^low == 0 && d.text(int(d.first[number])) == text {
			return number
		}
	}
}

// labels are those of the entries that run.
type labels struct {
	kind  string
	entry func(int) (label, text string)
	names distinct
	met   []bool
}

func newLabels(kind string, entries int, entry func(int) (label, text string)) labels {
	label := func(i int) string { label, _ := entry(i); return label }
	return labels{kind: kind, entry: entry, names: newDistinct(entries, label), met: make([]bool, entries)}
}

// add says what is wrong where the label of an entry belongs to another one already.
func (l *labels) add(at int) string {
	if l.met[at] {
		return ""
	}
	l.met[at] = true
	label, text := l.entry(at)
	if _, first := l.entry(int(l.names.first[l.names.add(at)])); first != text {
		return fmt.Sprintf("the label %q is used for two %ss, %s and %s; give them different labels", label, l.kind, first, text)
	}
	return ""
}
