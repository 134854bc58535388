package suite

import (
	"fmt"
	"maps"
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

func (s *Suite) readConditions(source param.Source, n *yaml.Node) (selection, error) {
	var c selection
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return nil, source.Errorf(n, "expected a map such as {problem: quadratic, method: newton, lr: 0.1}")
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		one := condition{key: key.Value, values: []*yaml.Node{value}}
		if value.Kind == yaml.SequenceNode {
			one.values = value.Content
		}
		if err := s.checkCondition(source, key, one); err != nil {
			return nil, err
		}
		c = append(c, s.index.match(source, one))
	}
	return c, nil
}

// checkCondition refuses a condition that can never hold because it names nothing.
func (s *Suite) checkCondition(source param.Source, key *yaml.Node, c condition) error {
	if c.key != "problem" && c.key != "method" {
		if s.index.known(c.key) {
			return s.index.check(source, c)
		}
		return source.Errorf(key, "no problem or method in this suite has a parameter %q%s", c.key, text.Suggest(c.key, append(s.keys(), "problem", "method")))
	}
	problems, methods := s.index.key(c.key)
	for _, value := range c.values {
		if len(problems.names[value.Value])+len(methods.names[value.Value]) == 0 {
			known := slices.Concat(slices.Sorted(maps.Keys(problems.names)), slices.Sorted(maps.Keys(methods.names)))
			return source.Errorf(value, "the suite has no %s %q%s", c.key, value.Value, text.Suggest(value.Value, known))
		}
	}
	return nil
}

// keys are the names of all parameters that the entries of the suite have.
func (s *Suite) keys() []string {
	known := map[string]bool{}
	add := func(spec *param.Spec) {
		for _, key := range spec.Keys() {
			known[key] = true
		}
	}
	for _, p := range s.Problems {
		add(p.Spec)
	}
	for _, m := range s.Methods {
		add(m.Spec)
	}
	return slices.Sorted(maps.Keys(known))
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
	before := s.tunedOn()
	s.only, s.Filter = only, texts
	s.findTried()
	after := s.tunedOn()
	s.Untuned = slices.DeleteFunc(before, func(label string) bool { return slices.Contains(after, label) })
	if s.Count() == 0 {
		return fmt.Errorf("--only %s: no cell of the suite matches", strings.Join(texts, " --only "))
	}
	s.Expect = slices.DeleteFunc(s.Expect, func(c *Claim) bool { return !s.testable(c) })
	return nil
}

// tunedOn are the problems whose trials choose settings for others, too; none where each problem has its own.
func (s *Suite) tunedOn() []string {
	if s.tuner == nil || s.tuner.Scope == "problem" {
		return nil
	}
	var out []string
	for _, g := range s.tuner.groups {
		for _, tried := range s.tuner.tried {
			if tried[g] && !slices.Contains(out, g.label) {
				out = append(out, g.label)
			}
		}
	}
	return out
}
