package param

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// namesOf are the names of a component whose name is an axis: {name: [adam, sgd], lr: 0.1}. It is
// nil for any other.
func namesOf(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	if name := Get(n, "name"); name != nil && name.Kind == yaml.SequenceNode && len(name.Content) > 0 {
		return name.Content
	}
	return nil
}

// expandNames reads a component once for each of its names. Every one of them needs to have the
// parameters that are written.
func (r *Registry) expandNames(source Source, n *yaml.Node, names []*yaml.Node, extra any) ([]*Spec, error) {
	var all []*Spec
	for _, name := range names {
		one := *n
		one.Content = slices.Clone(n.Content)
		for i := 0; i < len(one.Content); i += 2 {
			if one.Content[i].Value == "name" {
				one.Content[i+1] = name
			}
		}
		if name.Kind == yaml.SequenceNode {
			return nil, source.Errorf(name, "found a list; expected the name of a %s", r.Kind)
		}
		specs, err := r.Expand(source, &one, extra)
		if err != nil {
			return nil, err
		}
		all = append(all, specs...)
	}
	return all, nil
}
