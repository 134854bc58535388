package reduction

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
)

// recursive is an estimate of the gradient that follows x by the change of the gradients of
// samples: g ← g + ∇fᵢ(x) − ∇fᵢ(x₋).
type recursive struct {
	draw
	g, before, now, old []float64 // g is the estimate at before
}

func (r *recursive) begin(o *oracle, at *iterate) error {
	if err := r.draw.begin(o); err != nil {
		return err
	}
	n := len(at.X)
	r.g, r.before, r.now, r.old = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	return nil
}

// follow brings the estimate to x, from all samples where it is renewed, and otherwise by those of
// this step.
func (r *recursive) follow(x []float64, samples []int32, renewed bool) error {
	switch {
	case renewed:
		if err := r.gradient(x, r.g, nil); err != nil {
			return err
		}
	case vec.SameBits(x, r.before):
	default:
		if err := r.gradient(x, r.now, samples); err != nil {
			return err
		}
		if err := r.gradient(r.before, r.old, samples); err != nil {
			return err
		}
		for i := range r.g {
			r.g[i] += r.now[i] - r.old[i]
		}
	}
	copy(r.before, x)
	return nil
}

// descend steps along the estimate.
func (r *recursive) descend(at *iterate, lr float64) {
	vec.AddScaled(at.X, at.X, -lr, r.g)
	moved(at, math.NaN())
}
