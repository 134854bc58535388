package methods

// What a method may say about itself. All of these are optional: a method, direction or
// step rule that implements one is treated like those that come with gdbench, by the
// theorems, by the hints and in reports. Nothing is concluded from a component's name.

// Recurrent is a method whose step without batches is, exactly and from the first one on
// (x⁻ = x at the start),
//
//	x⁺ = x − γ∇f(x) + β(x − x⁻):
//
// gradient descent where β = 0, otherwise Polyak's heavy ball. Theorems about either then
// apply to it. It is asked once its parameters are resolved; ok is false where other
// settings make it another method.
type Recurrent interface {
	Recurrence() (gamma, beta float64, ok bool)
}

// Stable is a method that knows how sharp a quadratic may be on which it does not grow.
// Curvature is the largest eigenvalue of the Hessian at which its settings are stable.
// It must be inversely proportional to the learning rate; formula is the learning rate at
// which that curvature is L: "2/L". A Recurrent need not implement it: its recurrence tells where ok is false.
type Stable interface {
	Stability() (curvature float64, formula string, ok bool)
}

// Rated is a component whose learning rate, the factor of all its steps, is not where
// convention looks for it: in the parameter "lr" of a method and "t" of a step rule.
// Parameter is a path, "c" or "step.t"; ok is false where the component has none.
type Rated interface {
	Rate() (parameter string, ok bool)
}

// Informed is a component that reads facts about the problem from the oracle, beside the
// constants in expressions such as 1/L. Requires names those without which it does not
// run on this oracle: constants by their name, MinimumFact, HorizonFact. It is asked
// before Init, and evaluates nothing.
type Informed interface {
	Requires(o *Oracle) []string
}

// Facts that are no constants, as Informed components name them.
const (
	MinimumFact = "f*"      // the minimum of the objective
	HorizonFact = "horizon" // the iteration budget
)
