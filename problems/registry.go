package problems

import (
	"github.com/gdbench/gdbench/internal/param"
	"gopkg.in/yaml.v3"
)

// Info is what the catalogue says about a component.
type Info = param.Info

// The registries of the problems, and of the rules for starting points.
var (
	registry = param.NewRegistry[Problem]("problem")
	starts   = param.NewRegistry[StartRule]("start")
)

// Register adds a problem under a name, from an init function. New returns a pointer to
// a zero struct; its fields with `param` tags are the parameters.
func Register(name string, info Info, new func() Problem) {
	registry.Register(name, info, func() any { return new() })
}

// RegisterStart adds a rule for starting points.
func RegisterStart(name string, info Info, new func() StartRule) {
	starts.Register(name, info, func() any { return new() })
}

func init() {
	// A vector is short for {name: point, x: vector}.
	starts.Shorthand = func(n *yaml.Node) *yaml.Node {
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			return nil
		}
		for _, entry := range n.Content {
			if entry.Kind != yaml.ScalarNode || (entry.Tag != "!!int" && entry.Tag != "!!float") {
				return nil
			}
		}
		return param.Longhand(n, "point", "x")
	}
}
