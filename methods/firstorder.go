package methods

import "math"

// Update is the formula of a method that computes its next point from one gradient: heavy
// ball, Adam and most others.
type Update interface {
	// Update replaces x by the next iterate, given g = ∇f(x), which it must not change. On
	// batches g is the gradient of the current batch. It returns the step length t where
	// the step is −t·g, otherwise NaN.
	Update(x, g []float64) (t float64)
}

// FirstOrder makes a Method of an Update. The method embeds it, calls Begin at the end of
// its Init, and its Step is Advance. The method is Adjustable; one that keeps points, and not
// only gradients and velocities, has a Carry of its own.
type FirstOrder struct {
	oracle   *Oracle
	before   []float64 // x before the update
	batch    []float64 // gradient of the batch; nil when unbatched
	filter   Filter    // nil: none
	filtered []float64 // the gradient behind it
}

// Through has every gradient pass a filter.
func (f *FirstOrder) Through(filter Filter) error { f.filter = filter; return nil }

// Carry has nothing to move.
func (f *FirstOrder) Carry([]float64) {}

// Begin makes room for the gradient of a batch, or for an iterate. It asks for nothing.
func (f *FirstOrder) Begin(o *Oracle, at *Iterate) error {
	f.oracle = o
	f.before, f.batch, f.filtered = nil, nil, nil
	if o.Batched() {
		f.batch = make([]float64, len(at.X))
		return nil
	}
	f.before = make([]float64, len(at.X))
	if f.filter != nil {
		f.filtered = make([]float64, len(at.X))
	}
	return nil
}

// Advance makes one update from one gradient.
func (f *FirstOrder) Advance(at *Iterate, u Update) error {
	at.HasF, at.Trials = false, 0
	if f.batch != nil {
		f.oracle.NextBatch()
		f.oracle.Gradient(at.X, f.batch)
		if f.filter != nil {
			f.filter(at.X, f.batch)
		}
		at.Length, at.Slope, at.HasGrad = u.Update(at.X, f.batch), math.NaN(), false
		return nil
	}
	f.oracle.GradientAt(&at.Point)
	copy(f.before, at.X)
	if f.filter != nil {
		copy(f.filtered, at.Grad)
		f.filter(at.X, f.filtered)
		u.Update(at.X, f.filtered)
		at.Length = math.NaN() // the step is along another vector than ∇f
	} else {
		at.Length = u.Update(at.X, at.Grad)
	}
	at.Slope = 0
	for i, g := range at.Grad {
		at.Slope += float64(g * (at.X[i] - f.before[i]))
	}
	at.HasGrad = false
	return nil
}
