package methods

import (
	"github.com/gdbench/gdbench/internal/param"
	"gopkg.in/yaml.v3"
)

// Info describes a method, direction or step rule, for `gdbench list`, `gdbench show` and the
// catalogue. Only Summary is expected of everything.
type Info struct {
	Summary string   // one line
	Formula string   // plain Unicode
	Source  string   // citation: author year, title or place
	DOI     string   // without https://doi.org/
	Aliases []string // other names of the same component
	Family  string   // components that are variants of one idea share it
	Version int      // raised when results change though the parameters do not; of a user's component 0 is none: nothing of it is reused

	// Defaults are texts in the suite language, by parameter, that replace the defaults of
	// the struct's tags: the same struct, registered under a second name.
	Defaults map[string]string
}

// Length is a number, or arithmetic over a problem's constants such as 1/L. It is resolved
// before Init is called; a method reads its Value.
type Length = param.Length

// The registries of everything in this room.
var (
	registry   = param.NewRegistry[Method]("method")
	directions = param.NewRegistry[Direction]("direction")
	stepRules  = param.NewRegistry[StepRule]("step rule")
)

// Register adds a method under a name, from an init function. New returns a pointer to a
// zero struct; its fields with `param` tags are the parameters.
func Register(name string, info Info, new func() Method) {
	registry.Register(name, param.Info(info), func() any { return new() })
}

// RegisterPreset adds a name for a method put together from parts.
func RegisterPreset(name string, info Info, new func() Preset) {
	registry.Register(name, param.Info(info), func() any { return new() })
}

// RegisterDirection adds a direction.
func RegisterDirection(name string, info Info, new func() Direction) {
	directions.Register(name, param.Info(info), func() any { return new() })
}

// RegisterStep adds a step rule.
func RegisterStep(name string, info Info, new func() StepRule) {
	stepRules.Register(name, param.Info(info), func() any { return new() })
}

// Unwrap is the method behind a component whose parameters are resolved: itself, or what
// a preset is short for.
func Unwrap(component any) Method {
	for {
		preset, ok := component.(Preset)
		if !ok {
			m, _ := component.(Method)
			return m
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
