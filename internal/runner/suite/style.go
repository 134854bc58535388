package suite

import (
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// readStyles reads what methods look like in figures.
func (s *Suite) readStyles(source param.Source, n *yaml.Node) error {
	styles, err := ReadStyles(source, n)
	if err != nil {
		return err
	}
	for i := range styles {
		pattern := styles[i].Methods[0]
		var known, labels, names []string
		for _, m := range s.Methods {
			if slices.ContainsFunc(m.called(), func(name string) bool { return text.Matches(pattern, name) }) {
				labels = append(labels, m.Label)
				names = append(names, m.shortName())
			}
			known = append(known, m.called()...)
		}
		at := n.Content[2*i]
		if len(labels) == 0 {
			return source.Errorf(at, "style: the suite has no method %q%s", pattern, text.Suggest(pattern, slices.Compact(slices.Sorted(slices.Values(known)))))
		}
		names = slices.Compact(slices.Sorted(slices.Values(names)))
		if len(names) > 1 && styles[i].Colour != "" && styles[i].Dash != "" {
			return source.Errorf(at, "style: %q gives %d methods (%s) the same colour and dashes, so that their lines look alike; give each its own, or only the colour", pattern, len(names), text.Some(names))
		}
		styles[i].Methods = labels
	}
	s.Styles = styles
	return nil
}

// ReadStyles reads a map of styles by the names of their methods.
func ReadStyles(source param.Source, n *yaml.Node) ([]results.Style, error) {
	if n == nil {
		return nil, nil
	}
	if n.Kind != yaml.MappingNode {
		return nil, source.Errorf(n, "style: expected a map, such as {adam: {colour: blue, dash: dashed, marker: square}}")
	}
	var styles []results.Style
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		style := results.Style{Methods: []string{name.Value}}
		if err := source.DecodeStruct(value, &style); err != nil {
			return nil, err
		}
		if key, err := style.Check(); err != nil {
			at := value
			if key != "" {
				at = param.Get(value, key)
			}
			return nil, source.Errorf(at, "style of %s: %v", name.Value, err)
		}
		styles = append(styles, style)
		if first, _, alike := results.AlikeStyle(styles); alike {
			return nil, source.Errorf(value, "style: %s and %s have the same colour and dashes, so that their lines look alike; change one of them", styles[first].Methods[0], name.Value)
		}
	}
	return styles, nil
}

// shortName is the method without its settings: the label it was given, or its name.
func (m *Method) shortName() string {
	if m.Keys.Label != "" {
		return m.Keys.Label
	}
	return m.Spec.Entry.Name
}
