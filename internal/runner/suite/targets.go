package suite

import (
	"slices"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Targets are the accuracies whose cost is recorded. A list alone means relative gaps. Every
// other key is the name of a diagnostic.
type Targets struct {
	Relative         []float64 `param:"relative" default:"none" range:"(0,1)" doc:"(f−f*)/(f0−f*)"`
	Absolute         []float64 `param:"absolute" default:"none" range:"(0,)" doc:"f−f*"`
	Gradient         []float64 `param:"gradient" default:"none" range:"(0,1]" doc:"‖∇f‖/‖∇f(x0)‖"`
	GradientAbsolute []float64 `param:"gradient-absolute" default:"none" range:"(0,)" doc:"‖∇f‖"`
	Value            []float64 `param:"value" default:"none" doc:"f"`

	Diagnostics []DiagnosticTarget `param:"diagnostics" default:"none" doc:"numbers besides the value, such as an accuracy; {accuracy: 0.9} is short for {diagnostics: [{name: accuracy, reach: [0.9]}]}"`
}

// DiagnosticTarget is a diagnostic with the numbers that it is to reach.
type DiagnosticTarget struct {
	Name  string    `param:"name" doc:"name of the diagnostic; X is short for \"X loss\" where there is one"`
	Reach []float64 `param:"reach" doc:"numbers to reach: from below if more of it is better, otherwise from above"`

	Position param.Position
}

// MarshalText is the canonical text of the target, which is part of the definition of a cell.
func (d DiagnosticTarget) MarshalText() ([]byte, error) {
	return []byte("{name: " + param.Text(d.Name) + ", reach: " + param.Text(d.Reach) + "}"), nil
}

var _ param.Rewriter = (*Targets)(nil)

// Rewrite reads a list, a generator or a number alone as relative targets, a number as a list
// of one, and keys that are no kinds of targets as diagnostics.
func (t *Targets) Rewrite(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.MappingNode || param.IsGenerator(n) {
		return param.Map(n, "relative", listOf(n))
	}
	kinds := targetKinds()
	out := *n
	out.Content = nil
	long := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: n.Line, Column: n.Column}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Value == diagnosticsKey && value.Kind == yaml.SequenceNode:
			long.Content = append(long.Content, value.Content...)
		case slices.Contains(kinds, key.Value):
			out.Content = append(out.Content, key, listOf(value))
		default:
			name := *key
			name.Tag = "!!str"
			reach := param.Map(key, "reach", listOf(value)).Content
			long.Content = append(long.Content, param.Map(key, "name", &name, reach...))
		}
	}
	if len(long.Content) > 0 {
		out.Content = append(out.Content, param.Map(n, diagnosticsKey, long).Content...)
	}
	return &out
}

// diagnosticsKey is the key that all other keys than those of kinds are short for.
const diagnosticsKey = "diagnostics"

// listOf is a node, as a list of one where it is a scalar with a value.
func listOf(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return n
	}
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: n.Line, Column: n.Column, Content: []*yaml.Node{n}}
}

// targetKinds are the keys of targets that are no diagnostics.
func targetKinds() []string {
	var names []string
	for _, f := range param.StructFields(&Targets{}) {
		names = append(names, f.Name)
	}
	return names
}

// UnknownTarget ends a message about a key of targets that is neither a kind nor a diagnostic
// that some problem of the suite has.
func UnknownTarget(name string, diagnostics []string) string {
	return text.Suggest(name, append(targetKinds(), diagnostics...))
}

// List is what the targets are in a record, in its order, none of them met.
func (t *Targets) List() []results.Target { return t.Append(nil) }

// Append appends the list to another.
func (t *Targets) Append(out []results.Target) []results.Target {
	add := func(kind string, targets []float64) {
		for _, v := range targets {
			out = append(out, results.Target{Target: results.Number(v), Kind: kind})
		}
	}
	add(results.RelativeTarget, t.Relative)
	add(results.AbsoluteTarget, t.Absolute)
	add(results.GradientTarget, t.Gradient)
	add(results.AbsoluteGradientTarget, t.GradientAbsolute)
	add(results.ValueTarget, t.Value)
	for _, d := range t.Diagnostics {
		add(d.Name, d.Reach)
	}
	return out
}

// place notes where the diagnostics are in the suite.
func (t *Targets) place(source param.Source, n *yaml.Node) {
	for k := range t.Diagnostics {
		d := &t.Diagnostics[k]
		d.Position = source.At(n)
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i]; key.Value == d.Name {
				d.Position = source.At(key)
			}
		}
	}
}

// checkClaimTarget refuses a claim about a target that the suite does not record.
func (s *Suite) checkClaimTarget(source param.Source, n *yaml.Node, c *Claim) error {
	if !c.reaches && !c.at {
		if c.Kind != "" {
			return source.Errorf(n, "kind: it is the kind of the target in reaches or at, and neither is given")
		}
		return nil
	}
	targets := s.Targets.List()
	if !slices.ContainsFunc(targets, func(t results.Target) bool { return t.Kind == c.Kind && float64(t.Target) == c.target() }) {
		return source.Errorf(n, "the %s is not one of the suite's targets; add it to `targets`", c.targetText("gap"))
	}
	return nil
}

// target is the number to be reached.
func (c *Claim) target() float64 {
	if c.at {
		return c.At
	}
	return c.Reaches
}

// targetText is the target in words, with those for a gap: "a gap of 0.01", "accuracy 0.95".
func (c *Claim) targetText(gap string) string {
	kind := c.Kind
	if kind == results.RelativeTarget {
		kind = gap
	}
	return kind + " " + text.Exact(c.target())
}
