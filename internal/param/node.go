package param

import "gopkg.in/yaml.v3"

// Get is the value of a key of a map, nil if it is not there.
func Get(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// Map is a map of keys and values at the position of n.
func Map(n *yaml.Node, key string, value *yaml.Node, more ...*yaml.Node) *yaml.Node {
	content := append([]*yaml.Node{scalarAt(n, key), value}, more...)
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column, Content: content}
}

// Longhand is the component {name: name, key: n}, for shorthands.
func Longhand(n *yaml.Node, name, key string) *yaml.Node {
	return Map(n, "name", scalarAt(n, name), scalarAt(n, key), n)
}

func scalarAt(n *yaml.Node, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Line: n.Line, Column: n.Column}
}

// Keying is the long form of {clip: 1}, the value of the first parameter, and of
// {clip: {norm: 1}}; nil for a node that is no such map.
func (r *Registry) Keying(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.MappingNode || len(n.Content) != 2 || n.Content[0].Value == "name" {
		return nil
	}
	name, value := n.Content[0], n.Content[1]
	called := *name
	entry, err := r.Lookup(name.Value)
	if err != nil { // which is then said of the name
		return Map(n, "name", &called)
	}
	switch fields := entry.Fields(); {
	case value.Kind == yaml.MappingNode && Get(value, "name") == nil:
		return Map(n, "name", &called, value.Content...)
	case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		return Map(n, "name", &called)
	case len(fields) > 0:
		key := *name
		key.Value, key.Line, key.Column = fields[0].Name, value.Line, value.Column
		return Map(n, "name", &called, &key, value)
	}
	return nil
}

// keyedTwice is the second key of a map whose first two keys are names of components, as in
// {clip: 1, average: 0.9}; nil where they are not, or maps are not written so.
func (r *Registry) keyedTwice(n *yaml.Node) *yaml.Node {
	if !r.Keyed || len(n.Content) < 4 {
		return nil
	}
	for _, key := range []*yaml.Node{n.Content[0], n.Content[2]} {
		if _, err := r.Lookup(key.Value); err != nil {
			return nil
		}
	}
	return n.Content[2]
}
