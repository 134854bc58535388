package wrap

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// Wrapper goes around a method. What it does it says by implementing one of the interfaces
// below.
type Wrapper interface {
	// Begin allocates, at the start x of a run.
	Begin(r *Run, x []float64) error
}

// Run is what wrappers know about the run that they are part of.
type Run struct {
	Oracle  *methods.Oracle
	Horizon int                 // the iterations that the budget allows; 0: unknown
	Rate    func() (lr float64) // the learning rate of this step; 0 where there is none
	Before  []float64           // x before this step
	Grad    []float64           // the last gradient that the method has got, behind all filters
}

// Filterer changes the gradients of the method.
type Filterer interface{ Filter(x, g []float64) }

// Mover moves the new iterate x after each step.
type Mover interface {
	// Move reports whether it has changed x.
	Move(x []float64) bool
}

// Shower replaces what the iterate shows. The method goes on from x as it is.
type Shower interface {
	// Show takes x in and writes into dst what to return instead.
	Show(dst, x []float64)
}

// Costly is a wrapper that asks for further gradients in each step.
type Costly interface{ ExtraGradients() int }

// Spanning is a wrapper that needs the horizon with its settings.
type Spanning interface{ Spans() bool }

// Paced is a wrapper that needs a learning rate, that of Run.
type Paced interface{ Paced() }

// Registry holds the wrappers.
var Registry = param.NewRegistry[Wrapper]("wrapper")

func register(name string, info methods.Info, new func() Wrapper) {
	Registry.Register(name, param.Info(info), func() any { return new() })
}

func init() { Registry.Shorthand, Registry.Keyed = Registry.Keying, true }
