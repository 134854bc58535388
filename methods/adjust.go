package methods

// Filter changes g, the gradient that a method has asked for at x, before the method uses it.
type Filter func(x, g []float64)

// Gradient writes into g the gradient of the next batch at a point or, without batches, ∇f there, and
// passes it through the filter. A nil Filter changes nothing.
func (f Filter) Gradient(o *Oracle, at *Point, g []float64) {
	if o.Batched() {
		o.NextBatch()
		o.Gradient(at.X, g)
	} else {
		o.GradientAt(at)
		copy(g, at.Grad)
	}
	if f != nil {
		f(at.X, g)
	}
}

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
