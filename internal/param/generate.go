package param

import (
	"math"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/text"
)

// items lists the entries of a sequence, with generators written out in place; a
// generator alone is a list too. It is nil where n is no list at all.
func (s Source) items(n *yaml.Node, f *Field) ([]*yaml.Node, error) {
	if generated, err := s.generate(n, f); generated != nil || err != nil {
		return generated, err
	}
	if n.Kind != yaml.SequenceNode {
		return nil, nil
	}
	out := make([]*yaml.Node, 0, len(n.Content))
	for _, item := range n.Content {
		generated, err := s.generate(item, f)
		if err != nil {
			return nil, err
		}
		if generated == nil {
			generated = []*yaml.Node{item}
		}
		out = append(out, generated...)
	}
	return out, nil
}

// generate writes out {log: [a, b, n]}, {lin: [a, b, n]} and {range: [a, b, step]}, with
// entries rounded to 12 significant digits. It is nil for any other node.
func (s Source) generate(n *yaml.Node, f *Field) ([]*yaml.Node, error) {
	if !IsGenerator(n) || kinds[f.Element()] != nil {
		return nil, nil
	}
	values, err := s.numbers(n, f)
	if err != nil {
		return nil, err
	}
	out, nodes := make([]*yaml.Node, len(values)), make([]yaml.Node, len(values))
	for i, v := range values {
		out[i], nodes[i] = &nodes[i], numberNode(n, v)
	}
	return out, nil
}

// numberNode is a number of the generator n, as if it were written.
func numberNode(n *yaml.Node, v float64) yaml.Node {
	return yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: text.Exact(v), Line: n.Line, Column: n.Column}
}

// numbers are those of a generator, rounded.
func (s Source) numbers(n *yaml.Node, f *Field) ([]float64, error) {
	form, args := n.Content[0].Value, n.Content[1]
	if args.Kind != yaml.SequenceNode || len(args.Content) != 3 {
		return nil, s.Errorf(args, "%s: %s takes three numbers, such as {log: [1e-3, 1, 4]}, {lin: [0, 1, 5]} or {range: [1, 9, 2]}", f.Name, form)
	}
	var a [3]float64
	for i, arg := range args.Content {
		var err error
		if a[i], err = ParseNumber(arg.Value); err != nil || arg.Kind != yaml.ScalarNode {
			return nil, s.Errorf(arg, "%s: found %s; expected a number", f.Name, describe(arg))
		}
	}
	values, complaint := generators[form](a[0], a[1], a[2])
	if complaint != "" {
		return nil, s.Errorf(args, "%s: %s", f.Name, complaint)
	}
	for i, v := range values {
		values[i] = text.Rounded(v, 12)
	}
	return values, nil
}

// IsGenerator reports whether a node is a map with the one key log, lin or range.
func IsGenerator(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) == 2 && generators[n.Content[0].Value] != nil
}

var generators = map[string]func(a, b, c float64) (values []float64, complaint string){
	"log": func(a, b, n float64) ([]float64, string) {
		if a <= 0 || b <= 0 {
			return nil, "log needs two positive ends"
		}
		return spaced(elementary.Log10(a), elementary.Log10(b), n, func(v float64) float64 { return elementary.Pow(10, v) })
	},
	"lin": func(a, b, n float64) ([]float64, string) {
		return spaced(a, b, n, func(v float64) float64 { return v })
	},
	"range": func(a, b, step float64) ([]float64, string) {
		if step == 0 || (b-a)/step < 0 {
			return nil, "the step of range must lead from the first number to the second"
		}
		count := math.Floor((b-a)/step+1e-9) + 1
		if count > float64(limit.Axis.Max()) {
			return nil, "range gives too many entries: " + limit.Axis.Exceeded()
		}
		values := make([]float64, int(count))
		for i := range values {
			values[i] = sum(a, float64(float64(i)*step))
		}
		return values, ""
	},
}

func spaced(a, b, n float64, scale func(float64) float64) ([]float64, string) {
	if n != math.Trunc(n) || n < 1 {
		return nil, "the third number is the number of entries; expected a whole number ≥ 1"
	}
	if n > float64(limit.Axis.Max()) {
		return nil, "too many entries: " + limit.Axis.Exceeded()
	}
	if n == 1 && a != b {
		return nil, "a list of one entry needs two equal ends"
	}
	values := make([]float64, int(n))
	for i := range values {
		share := 0.0
		if n > 1 {
			share = float64(i) / (n - 1)
		}
		values[i] = scale(sum(float64(a*(1-share)), float64(b*share)))
	}
	return values, ""
}

// sum is a + b, and exactly zero where the two differ by rounding only: the middle of
// {range: [-0.3, 0.3, 0.1]} is 0 and not 5.55e-17.
func sum(a, b float64) float64 {
	if s := a + b; math.Abs(s) > 1e-12*math.Abs(a) {
		return s
	}
	return 0
}
