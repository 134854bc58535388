package methods

import (
	"github.com/gdbench/gdbench/internal/param"
	"gopkg.in/yaml.v3"
)

type (
	// Info is what the catalogue says about a component.
	Info = param.Info
	// Length is a number, or arithmetic over a problem's constants such as 1/L. The
	// runner resolves it before Init; a method reads its Value.
	Length = param.Length
)

// The registries of everything in this room.
var (
	registry   = param.NewRegistry[Method]("method")
	directions = param.NewRegistry[Direction]("direction")
	stepRules  = param.NewRegistry[StepRule]("step rule")
)

// Register adds a method under a name, from an init function. New returns a pointer to a
// zero struct; its fields with `param` tags are the parameters.
func Register(name string, info Info, new func() Method) {
	registry.Register(name, info, func() any { return new() })
}

// RegisterPreset adds a name for a method put together from parts.
func RegisterPreset(name string, info Info, new func() Preset) {
	registry.Register(name, info, func() any { return new() })
}

// RegisterDirection adds a direction.
func RegisterDirection(name string, info Info, new func() Direction) {
	directions.Register(name, info, func() any { return new() })
}

// RegisterStep adds a step rule.
func RegisterStep(name string, info Info, new func() StepRule) {
	stepRules.Register(name, info, func() any { return new() })
}

// Unwrap is the method behind a component whose parameters are resolved: itself, or what
// a preset stands for.
func Unwrap(component any) Method {
	for {
		preset, ok := component.(Preset)
		if !ok {
			return component.(Method)
		}
		component = preset.Method()
	}
}

func init() {
	// A number or an expression in L is short for a fixed step of that length.
	stepRules.Shorthand = func(n *yaml.Node) *yaml.Node {
		var l Length
		if n.Kind != yaml.ScalarNode || stepRules.Has(n.Value) || l.UnmarshalText([]byte(n.Value)) != nil {
			return nil
		}
		return param.Longhand(n, "fixed", "t")
	}
}
