package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
)

// condition is a key with the values it may have.
type condition struct {
	key    string
	values []*yaml.Node
}

// conditions hold for a cell when all of them do.
type conditions struct {
	list   []condition
	source param.Source
}

func (s *Suite) readExclude(source param.Source, n *yaml.Node) error {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "exclude: expected a list of maps, such as [{method: newton, problem: digits}]")
	}
	for _, entry := range n.Content {
		c, err := s.readConditions(source, entry)
		if err != nil {
			return err
		}
		s.exclude = append(s.exclude, c)
	}
	return nil
}

func (s *Suite) readConditions(source param.Source, n *yaml.Node) (conditions, error) {
	c := conditions{source: source}
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return c, source.Errorf(n, "expected a map such as {problem: quadratic, method: newton, lr: 0.1}")
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		one := condition{key: key.Value, values: []*yaml.Node{value}}
		if value.Kind == yaml.SequenceNode {
			one.values = value.Content
		}
		if err := s.checkCondition(source, key, one); err != nil {
			return c, err
		}
		c.list = append(c.list, one)
	}
	return c, nil
}

// checkCondition refuses a condition that can never hold because it names nothing.
func (s *Suite) checkCondition(source param.Source, key *yaml.Node, c condition) error {
	var known []string
	switch c.key {
	case "problem":
		for _, p := range s.Problems {
			known = append(known, p.names()...)
		}
	case "method":
		for _, m := range s.Methods {
			known = append(known, m.names()...)
		}
	default:
		for _, spec := range s.specs() {
			known = append(known, spec.Keys()...)
		}
		if !slices.Contains(known, c.key) {
			known = append(slices.Compact(slices.Sorted(slices.Values(known))), "problem", "method")
			return source.Errorf(key, "no problem or method in this suite has a parameter %q%s", c.key, text.Suggest(c.key, known))
		}
		return nil
	}
	for _, value := range c.values {
		if !slices.Contains(known, value.Value) {
			return source.Errorf(value, "the suite has no %s %q%s", c.key, value.Value, text.Suggest(value.Value, slices.Compact(slices.Sorted(slices.Values(known)))))
		}
	}
	return nil
}

func (s *Suite) specs() []*param.Spec {
	var out []*param.Spec
	for _, p := range s.Problems {
		out = append(out, p.Spec)
	}
	for _, m := range s.Methods {
		out = append(out, m.Spec)
	}
	return out
}

func (c conditions) hold(p *Problem, m *Method) bool {
	for _, one := range c.list {
		if !slices.ContainsFunc(one.values, func(v *yaml.Node) bool { return c.holds(one.key, v, p, m) }) {
			return false
		}
	}
	return true
}

func (c conditions) holds(key string, value *yaml.Node, p *Problem, m *Method) bool {
	switch key {
	case "problem":
		return slices.Contains(p.names(), value.Value)
	case "method":
		return slices.Contains(m.names(), value.Value)
	}
	return p.Spec.Is(c.source, key, value) || m.Spec.Is(c.source, key, value)
}

func (s *Suite) excluded(p *Problem, m *Method) bool {
	if len(s.only.list) > 0 && !s.only.hold(p, m) {
		return true
	}
	return slices.ContainsFunc(s.exclude, func(c conditions) bool { return c.hold(p, m) })
}

// Only keeps the cells that match all of the texts, each KEY=VALUE or KEY=[VALUE, …].
func (s *Suite) Only(texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, text := range texts {
		key, _, ok := strings.Cut(text, "=")
		if !ok || param.Get(root, key) != nil {
			return fmt.Errorf("--only %s: expected KEY=VALUE or KEY=[VALUE, …], each key once, such as method=sgd", text)
		}
		if err := param.Override(root, text); err != nil {
			return err
		}
	}
	only, err := s.readConditions("--only", root)
	if err != nil {
		return err
	}
	s.only, s.Filter = only, texts
	if s.Count() == 0 {
		return fmt.Errorf("--only %s: no cell of the suite matches", strings.Join(texts, " --only "))
	}
	s.Expect = slices.DeleteFunc(s.Expect, func(c *Claim) bool { return !s.testable(c) })
	return nil
}
