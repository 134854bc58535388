package methods

import "github.com/gdbench/gdbench/problems"

// The interfaces below are optional. A method, direction or step rule that implements one is
// treated like those that come with gdbench: by theorems, hints and reports. Nothing is
// concluded from the name of a component.

// Recurrent is a method whose step without batches is exactly
//
//	x⁺ = x − γ∇f(x) + β(x − x⁻),  with x⁻ = x in the first step:
//
// gradient descent for β = 0, otherwise Polyak's heavy ball. The theorems about these then
// apply to it. Recurrence is called when the parameters are resolved; ok is false where
// the settings make the step another one.
type Recurrent interface {
	Recurrence() (gamma, beta float64, ok bool)
}

// Stable is a method that knows on which quadratics its iterates do not grow. Curvature is
// the largest eigenvalue of the Hessian at which its settings are stable; it must be
// inversely proportional to the learning rate. Formula is the largest stable learning rate
// for a Hessian whose largest eigenvalue is L: "2/L". Where ok is false, or the interface is
// not implemented, the limit follows from Recurrence.
type Stable interface {
	Stability() (curvature float64, formula string, ok bool)
}

// Rated is a component that names its learning rate, the parameter that scales all its
// steps. It needs to be implemented only where the parameter is not called "lr" (methods) or
// "t" (step rules). Parameter is a path such as "c" or "step.t"; ok is false where there is
// no learning rate.
type Rated interface {
	Rate() (parameter string, ok bool)
}

// Informed is a component that reads facts about the problem from the oracle, in addition
// to the constants in expressions such as 1/L. Requires lists the facts without which it
// does not run on this oracle: names of constants, MinimumFact, HorizonFact. It is called
// before Init and must not evaluate anything.
type Informed interface {
	Requires(o *Oracle) []string
}

// Needing is a component that needs more of a problem than values, gradients and facts. Needs are what it
// needs with its settings, which must be resolved; its Init returns what Oracle.Need returns for them.
type Needing interface {
	Needs() []problems.Need
}

// Inexact is a method whose arithmetic is not gdbench's: its results may differ in their last
// digits from one kind of processor to another. Inexact says why, for the record.
type Inexact interface {
	Inexact() string
}

// GradientOnly is a method whose every step without batches begins with Oracle.GradientAt at the
// iterate, as the step before has left it, and asks for nothing else there; or a direction that
// asks for nothing. The runner then has ∇f ready when the step begins, and need not compare where
// it was evaluated with where the step is. GradientOnly returns the component of which this is
// true, itself, so that one that embeds it does not promise the same; nil where the settings
// break it.
type GradientOnly interface {
	GradientOnly() any
}

// AsksOnlyGradient reports whether a method or direction is GradientOnly.
func AsksOnlyGradient(component any) bool {
	g, ok := component.(GradientOnly)
	return ok && g.GradientOnly() == component
}

// Facts that are not constants, as Requires names them.
const (
	MinimumFact = "f*"      // the minimum of the objective
	HorizonFact = "horizon" // the iteration budget
)
