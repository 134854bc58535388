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
// its Init, and its Step is Advance.
type FirstOrder struct {
	oracle *Oracle
	before []float64 // x before the update
	batch  []float64 // gradient of the batch; nil when unbatched
}

// Begin makes room for the gradient of a batch, or for an iterate. It asks for nothing.
func (f *FirstOrder) Begin(o *Oracle, at *Iterate) error {
	f.oracle = o
	f.before, f.batch = nil, nil
	if o.Batched() {
		f.batch = make([]float64, len(at.X))
		return nil
	}
	f.before = make([]float64, len(at.X))
	return nil
}

// Advance makes one update from one gradient.
func (f *FirstOrder) Advance(at *Iterate, u Update) error {
	at.HasF, at.Trials = false, 0
	if f.batch != nil {
		f.oracle.NextBatch()
		f.oracle.Gradient(at.X, f.batch)
		at.Length, at.Slope, at.HasGrad = u.Update(at.X, f.batch), math.NaN(), false
		return nil
	}
	f.oracle.GradientAt(&at.Point)
	copy(f.before, at.X)
	at.Length = u.Update(at.X, at.Grad)
	at.Slope = 0
	for i, g := range at.Grad {
		at.Slope += float64(g * (at.X[i] - f.before[i]))
	}
	at.HasGrad = false
	return nil
}
