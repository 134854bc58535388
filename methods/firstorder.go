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
	oracle *Oracle
	before []float64 // x before the update; nil when batched
	other  []float64 // gradient of the batch, or behind the filter; nil when neither
	filter Filter    // nil: none
}

// Through has every gradient pass a filter.
func (f *FirstOrder) Through(filter Filter) error { f.filter = filter; return nil }

// Carry has nothing to move.
func (f *FirstOrder) Carry([]float64) {}

// Begin makes room for the gradient of a batch, or for an iterate. It asks for nothing.
func (f *FirstOrder) Begin(o *Oracle, at *Iterate) error {
	f.oracle = o
	f.before, f.other = nil, nil
	if o.Batched() || f.filter != nil {
		f.other = make([]float64, len(at.X))
	}
	if !o.Batched() {
		f.before = make([]float64, len(at.X))
	}
	return nil
}

// Advance makes one update from one gradient.
func (f *FirstOrder) Advance(at *Iterate, u Update) error {
	at.HasF, at.Trials = false, 0
	g := f.other
	if g != nil {
		f.filter.Gradient(f.oracle, &at.Point, g)
	} else {
		f.oracle.GradientAt(&at.Point)
		g = at.Grad
	}
	copy(f.before, at.X)
	at.Length, at.Slope = u.Update(at.X, g), math.NaN()
	at.HasGrad = false
	if f.before == nil {
		return nil
	}
	if f.filter != nil {
		at.Length = math.NaN() // the step is along another vector than ∇f
	}
	at.Slope = 0
	for i, g := range at.Grad {
		at.Slope += float64(g * (at.X[i] - f.before[i]))
	}
	return nil
}
