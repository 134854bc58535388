package reduction

import "github.com/gdbench/gdbench/internal/vec"

// anchor is a point w with the full gradient there, by which the gradients of samples are
// corrected: the snapshot of SVRG, renewed from time to time.
type anchor struct {
	draw
	point, full []float64
	g, old      []float64
	known       bool // full is ∇f(point)
}

func (a *anchor) begin(o *oracle, at *iterate) error {
	if err := a.draw.begin(o); err != nil {
		return err
	}
	n := len(at.X)
	a.point, a.full = append([]float64(nil), at.X...), make([]float64, n)
	a.g, a.old = make([]float64, n), make([]float64, n)
	a.known = false
	return nil
}

// estimate writes ∇fᵢ(x) − ∇fᵢ(w) + ∇f(w) into g, ∇fᵢ being the mean over the samples of a step.
func (a *anchor) estimate(x []float64, samples []int32) error {
	if !a.known {
		if err := a.gradient(a.point, a.full, nil); err != nil {
			return err
		}
		a.known = true
	}
	if vec.SameBits(x, a.point) { // the two sample gradients are one
		copy(a.g, a.full)
		return nil
	}
	if err := a.gradient(x, a.g, samples); err != nil {
		return err
	}
	if err := a.gradient(a.point, a.old, samples); err != nil {
		return err
	}
	vec.AddScaled(a.g, a.g, -1, a.old)
	vec.AddScaled(a.g, a.g, 1, a.full)
	return nil
}

// move puts the anchor to x; the gradient there is evaluated with the next estimate.
func (a *anchor) move(x []float64) {
	copy(a.point, x)
	a.known = false
}

// exchange moves the anchor to x with probability p; 0 means one in the number of samples.
func (a *anchor) exchange(x []float64, p float64) {
	if a.oracle.Rand().Float64() < probability(p, 1/float64(a.oracle.Samples())) {
		a.move(x)
	}
}

// probability is p, or its default where p is 0.
func probability(p, usual float64) float64 {
	if p == 0 {
		return usual
	}
	return p
}
