package param

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
)

// Setting is a value for the parameter at a path, such as step.t or betas.0. Both nodes have
// positions, for messages.
type Setting struct{ Path, Value *yaml.Node }

// With is the component of a spec with other settings. Extra keys are kept as far as they are
// named.
func (r *Registry) With(source Source, s *Spec, settings []Setting, keys any, names ...string) (*Spec, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(s.Text(names...)), &document); err != nil {
		return nil, err
	}
	root := document.Content[0]
	at(root, s.Position)
	for _, setting := range settings {
		if err := s.put(source, root, setting); err != nil {
			return nil, err
		}
	}
	out, err := r.Only(source, root, keys)
	if err != nil {
		return nil, err
	}
	out.Position = s.Position
	return out, nil
}

// at puts a node and all in it at one position.
func at(n *yaml.Node, p Position) {
	n.Line, n.Column = p.Line, p.Column
	for _, inner := range n.Content {
		at(inner, p)
	}
}

// put sets the value at a path. Of a parameter that is not written the default is taken, where
// the path leads into it.
func (s *Spec) put(source Source, root *yaml.Node, setting Setting) error {
	keys, n := strings.Split(setting.Path.Value, "."), root
	for i, key := range keys {
		written := n.Kind == yaml.MappingNode && Get(n, key) != nil
		slot, err := child(n, key)
		if err != nil {
			return source.Errorf(setting.Path, "%s: %v", setting.Path.Value, err)
		}
		if !written && n.Kind == yaml.MappingNode {
			at(n.Content[len(n.Content)-2], source.At(setting.Path))
		}
		if i == len(keys)-1 {
			*slot = setting.Value
			return nil
		}
		if f := find(s.Entry.Fields(), key); !written && i == 0 && f != nil {
			if *slot, err = parseValue(source, Text(s.Value(f))); err != nil {
				return err
			}
			at(*slot, source.At(setting.Path))
		}
		if (*slot).Kind == yaml.ScalarNode && (*slot).Tag == "!!str" {
			*slot = Map(*slot, "name", *slot)
		}
		n = *slot
	}
	return nil
}

// Times is so many times the length, as an expression where it is one.
func (l Length) Times(factor float64) Length {
	if l.expr == nil {
		return NewLength(float64(l.Value * factor))
	}
	var out Length
	if err := out.UnmarshalText([]byte("(" + l.text + ")*" + Text(factor))); err != nil {
		return Length{} // l was read, and the factor is a number
	}
	return out
}

// Over is the quotient of two lengths; ok is false where it depends on the problem.
func (l Length) Over(other Length) (ratio float64, ok bool) {
	if (l.expr == nil) != (other.expr == nil) {
		return 0, false
	}
	quotient := func(base float64) float64 {
		values := [2]float64{l.Value, other.Value}
		for i, length := range []Length{l, other} {
			if length.expr == nil {
				continue
			}
			v, err := evaluate(length.expr.Expr, func(name string) (float64, error) {
				value := base
				for _, letter := range name { // different constants have different values
					value = float64(value*1.37) + float64(letter)
				}
				return value, nil
			})
			if err != nil {
				return 0
			}
			values[i] = v
		}
		return values[0] / values[1]
	}
	first, second := quotient(1), quotient(2)
	const rounding = 1e-9
	same := first-second < rounding*first && second-first < rounding*first
	return text.Rounded(first, 12), same && first > 0
}

// Uses are the constants that the length is written in, sorted.
func (l Length) Uses() []string {
	out := l.constants()
	slices.Sort(out)
	return slices.Compact(out)
}
