// Package constraint has the sets to which the variables of a problem may be confined: boxes,
// balls, the simplex, the nonnegative orthant. Each knows its projection and its linear
// minimization exactly, without an iteration.
//
// A set is a component of the suite language. What it is around a problem is in
// internal/problems/wrappers. The engine of a page leaves the sets out, by the tag playground.
package constraint

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
	"gopkg.in/yaml.v3"
)

// Set is a closed convex set that is not empty. Its scratch is its own: a goroutine needs a fork.
type Set interface {
	problems.Set
	// Fit makes the set one of ℝⁿ. The error says why it is none. No other method is called before.
	Fit(n int) error
	// Fork is the same set with its own scratch.
	Fork() Set
	// Bounded reports that every linear function has a minimum over it, before Fit, too.
	Bounded() bool
	// Excess is how far x is outside in comparison with the size of the set; 0 inside.
	Excess(x []float64) float64
}

// Outside is the excess up to which rounding may have moved a point of the set.
const Outside = 1e-10

// onBoundary is how near a bound is reached in comparison with its size.
const onBoundary = 64 * 0x1p-52

// Registry holds the sets.
var Registry = param.NewRegistry[Set]("constraint")

func register(name string, info problems.Info, new func() Set) {
	Registry.Register(name, param.Info(info), func() any { return new() })
}

func init() { Registry.Shorthand, Registry.Keyed = short, true }

// short is the long form of {box: {lower: -1}}, with a list of one number for a number that
// holds for all variables.
func short(n *yaml.Node) *yaml.Node {
	long := Registry.Keying(n)
	if long == nil {
		long = n
	}
	name := param.Get(long, "name")
	if long.Kind != yaml.MappingNode || name == nil {
		return nil
	}
	entry, err := Registry.Lookup(name.Value)
	if err != nil { // which is then said of the name
		return long
	}
	out := *long
	out.Content = append([]*yaml.Node(nil), long.Content...)
	for _, f := range entry.Fields() {
		for i := 0; i+1 < len(out.Content); i += 2 {
			if value := out.Content[i+1]; out.Content[i].Value == f.Name && f.Depth() == 1 && value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
				out.Content[i+1] = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: value.Line, Column: value.Column, Content: []*yaml.Node{value}}
			}
		}
	}
	return &out
}
