package suite

import (
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// instances are what replaces a problem that asks for instances: that many random shifts and
// rotations of it, f(Qᵢ(x − cᵢ)).
func instances(spec *param.Spec) ([]*param.Spec, error) {
	var keys ProblemKeys
	if err := spec.FillExtra(&keys); err != nil {
		return nil, err
	}
	if keys.Instances == 0 {
		return []*param.Spec{spec}, nil
	}
	out := make([]*param.Spec, keys.Instances)
	for i := range out {
		var err error
		if out[i], err = instance(spec, i, keys.Instances > 1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// instance is the i-th instance of a problem, with the suite's own keys of its entry.
func instance(spec *param.Spec, i int, several bool) (*param.Spec, error) {
	number := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(i)}
	source := param.Source(spec.Position.File)
	var inner yaml.Node
	if err := yaml.Unmarshal([]byte(spec.Text()), &inner); err != nil {
		return nil, err
	}
	key := func(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text} }
	at := inner.Content[0]
	rotated := param.Map(at, "name", key("rotate"), key("instance"), number, key("of"), at)
	shifted := param.Map(at, "name", key("shift"), key("instance"), number, key("of"), rotated)
	out, err := param.Of[problems.Problem]().Only(source, shifted, &ProblemKeys{})
	if err != nil {
		return nil, err
	}
	out.Position = spec.Position
	out.Extra = slices.DeleteFunc(slices.Clone(spec.Extra), func(a param.Arg) bool { return a.Field.Name == "instances" })
	for j := range out.Args { // a label of its own keeps the number of the instance
		out.Args[j].Axis = several && out.Args[j].Field.Name == "instance"
	}
	return out, nil
}
