package problems

import (
	"github.com/gdbench/gdbench/internal/param"
)

// Info describes a problem or a rule for starting points, for `gdbench list`, `gdbench show` and the
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

// The registries of the problems, and of the rules for starting points.
var (
	registry = param.NewRegistry[Problem]("problem")
	starts   = param.NewRegistry[StartRule]("start")
)

// Register adds a problem under a name, from an init function. New returns a pointer to
// a zero struct; its fields with `param` tags are the parameters.
func Register(name string, info Info, new func() Problem) {
	registry.Register(name, param.Info(info), func() any { return new() })
}

// RegisterStart adds a rule for starting points.
func RegisterStart(name string, info Info, new func() StartRule) {
	starts.Register(name, param.Info(info), func() any { return new() })
}
