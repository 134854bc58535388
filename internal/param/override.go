package param

import (
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Override sets one value of a suite or component from a text such as "lr=0.01" or
// "budget.iterations=100": a path of keys and list positions (from 0), and a value in
// YAML.
func Override(root *yaml.Node, text string) error {
	source := Source("--set " + text)
	path, value, ok := strings.Cut(text, "=")
	if !ok || path == "" {
		return &Error{Position{File: string(source)}, "expected KEY=VALUE, such as lr=0.01 or budget.iterations=100"}
	}
	leaf, err := parseValue(source, value)
	if err != nil {
		return err
	}
	node := root
	keys := strings.Split(path, ".")
	for i, key := range keys {
		slot, err := child(node, key)
		if err != nil {
			return &Error{Position{File: string(source)}, err.Error()}
		}
		if i == len(keys)-1 {
			*slot = leaf
			return nil
		}
		// A component that is a bare name becomes a map to hold the parameter.
		if (*slot).Kind == yaml.ScalarNode && (*slot).Tag == "!!str" {
			*slot = Map(&yaml.Node{}, "name", *slot)
		}
		node = *slot
	}
	return nil
}

func parseValue(source Source, text string) (*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, syntaxError(source, err)
	}
	if len(document.Content) == 0 {
		return nil, &Error{Position{File: string(source)}, "the value after the equals sign is missing"}
	}
	l := loader{source: source, open: map[*yaml.Node]bool{}}
	node, err := l.expand(document.Content[0], 0)
	if err != nil {
		return nil, err
	}
	forget(node)
	return node, nil
}

// forget removes positions, which would point into the suite file.
func forget(n *yaml.Node) {
	n.Line, n.Column = 0, 0
	for _, child := range n.Content {
		forget(child)
	}
}

// child is the place of a key in a map, made if it is not there, or of a position in a
// list.
func child(n *yaml.Node, key string) (**yaml.Node, error) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				return &n.Content[i+1], nil
			}
		}
		n.Content = append(n.Content, scalarAt(&yaml.Node{}, key), &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"})
		return &n.Content[len(n.Content)-1], nil
	case yaml.SequenceNode:
		i, err := strconv.Atoi(key)
		if err != nil || i < 0 || i >= len(n.Content) {
			return nil, fmt.Errorf("%q is not a position in this list; expected a number from 0 to %d", key, len(n.Content)-1)
		}
		return &n.Content[i], nil
	}
	return nil, fmt.Errorf("%q is a single value; it has no key %q to set", n.Value, key)
}

// Component is the node of a component given as a name with overrides, for commands that
// take one problem or method.
func Component(name string, overrides []string) (*yaml.Node, error) {
	n := Map(&yaml.Node{}, "name", scalarAt(&yaml.Node{}, name))
	for _, text := range overrides {
		if key, _, _ := strings.Cut(text, "="); strings.TrimSpace(key) == "name" {
			return nil, fmt.Errorf("--set %s: the component is %s; name is no parameter of it", text, name)
		}
		if err := Override(n, text); err != nil {
			return nil, err
		}
	}
	return n, nil
}
