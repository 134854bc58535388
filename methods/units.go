package methods

import (
	"math"

	"github.com/gdbench/gdbench/problems"
)

// Units are the powers of the units of f and of x that a quantity is measured in: a gradient
// has {1, −1}, a Newton step {0, 1}, a number without units {0, 0}. A power may also be Any,
// Settling, Varying or Never.
type Units struct{ Value, Variables float64 }

// Powers that are no numbers.
var (
	Any      = math.Inf(1)     // a step rule that finds the length for a direction in whatever units
	Settling = math.MaxFloat64 // a step rule that does so along −∇f only, and has no units elsewhere
	Varying  = math.Inf(-1)    // a direction that is −∇f at times, and has the units of x otherwise
	Never    = math.NaN()      // no units make up for a parameter that is an absolute number
)

// Measured is a component that knows the units of what it makes with its settings, of which
// those of kind Length count with the units that LengthUnits finds: of the step of a method, of
// Δx for a direction, of t for a step rule. If a method's steps have the units {0, 1} of x, its
// iterates are the same in all units of f and x: it is scale-free. Where the interface is not
// implemented, the units follow from Recurrence or the learning rate, or are not known.
type Measured interface {
	Units() Units
}

// Units of steps and directions.
var (
	GradientUnits = Units{1, -1} // ∇f
	NaturalUnits  = Units{0, 1}  // x
)

// Times are the units of a product.
func (u Units) Times(v Units) Units {
	return Units{product(u.Value, v.Value), product(u.Variables, v.Variables)}
}

func product(a, b float64) float64 {
	switch {
	case math.IsNaN(a) || math.IsNaN(b):
		return Never
	case a == Any || b == Any:
		return Any
	case a == Settling && b == Varying || a == Varying && b == Settling:
		return Any
	case a == Varying || b == Varying:
		return Never
	case a == Settling:
		return b
	case b == Settling:
		return a
	}
	return a + b
}

// LengthUnits are those of a Length: of the constants in it, none for a number.
func LengthUnits(l Length) Units {
	value, variables := l.Powers(problems.ConstantUnits)
	return Units{value, variables}
}

// ScaleFree reports of the units of a step whether it is the same in all units of f, and of x.
func (u Units) ScaleFree() (value, variables bool) {
	return u.Value == 0 || u.Value == Any, u.Variables == 1 || u.Variables == Any
}
