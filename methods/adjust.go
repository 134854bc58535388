package methods

// Filter changes g, the gradient that a method has asked for at x, before the method uses it.
type Filter func(x, g []float64)

// Adjustable is a first-order method that wrappers such as gradient clipping or lookahead can
// go around.
type Adjustable interface {
	Method
	// Through has every gradient pass a filter; it is called before Init. The error says why
	// the method cannot be adjusted with its settings.
	Through(filter Filter) error
	// Carry is called between two steps where the iterate has been moved by a vector: the
	// points that the method keeps besides it are moved, too, and velocities stay.
	Carry(shift []float64)
}

// Settled is a method that reads its learning rate only at the start of a run, so that a schedule
// of it would change nothing.
type Settled interface{ Settled() bool }
