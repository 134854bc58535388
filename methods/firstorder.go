package methods

import "math"

// Update is the heart of a method of the shape "gradient in, new point out": heavy ball,
// Adam and most of what lies between.
type Update interface {
	// Update replaces x by the next iterate, given g = ∇f(x), which it leaves alone. On
	// a batched oracle g is the gradient of the current batch. It returns the
	// factor t of −g, NaN where coordinates differ in it.
	Update(x, g []float64) (t float64)
}

// FirstOrder carries an Update through a run. It is embedded in the method, which calls
// Begin at the end of its Init and Advance as its Step.
type FirstOrder struct {
	oracle *Oracle
	before []float64 // x before the update
	batch  []float64 // gradient of the batch; nil when unbatched
}

// Begin evaluates ∇f at the start, unless the oracle is batched.
func (f *FirstOrder) Begin(o *Oracle, at *Iterate) error {
	f.oracle = o
	f.before, f.batch = nil, nil
	if o.Batched() {
		f.batch = make([]float64, len(at.X))
		return nil
	}
	f.before = make([]float64, len(at.X))
	o.Gradient(at.X, at.Grad)
	at.HasGrad = true
	return nil
}

// Advance makes one update, and evaluates ∇f at its end unless the oracle is batched.
func (f *FirstOrder) Advance(at *Iterate, u Update) error {
	at.HasF, at.Trials = false, 0
	if f.batch != nil {
		f.oracle.NextBatch()
		f.oracle.Gradient(at.X, f.batch)
		at.Length, at.Slope, at.HasGrad = u.Update(at.X, f.batch), math.NaN(), false
		return nil
	}
	copy(f.before, at.X)
	at.Length = u.Update(at.X, at.Grad)
	at.Slope = 0
	for i, g := range at.Grad {
		at.Slope += float64(g * (at.X[i] - f.before[i]))
	}
	f.oracle.Gradient(at.X, at.Grad)
	at.HasGrad = true
	return nil
}
