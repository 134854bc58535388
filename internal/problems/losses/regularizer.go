package losses

import (
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
)

// regularizer is (l2/2)‖w‖² over the first weights; those of a free intercept come last.
type regularizer struct {
	weight    float64 // l2
	penalized int
}

// regularizer covers n weights, of which a free intercept has the last ones, one for each
// output of the model.
func (d *Design) regularizer(n, outputs int) regularizer {
	if d.Intercept == "free" {
		n -= outputs
	}
	return regularizer{d.L2.Value, n}
}

// value is (l2/2)‖w‖², with its gradient added to grad unless that is nil.
func (r regularizer) value(w, grad []float64) float64 {
	if r.weight == 0 {
		return 0
	}
	if grad != nil {
		r.addMultiple(w, grad)
	}
	w = w[:r.penalized]
	return float64(r.weight / 2 * vec.Dot(w, w))
}

// addMultiple adds l2·v to hv, where v is penalized.
func (r regularizer) addMultiple(v, hv []float64) {
	for j, v := range v[:r.penalized] {
		hv[j] += float64(r.weight * v)
	}
}

// addIdentity adds l2·I to h, where weights are penalized.
func (r regularizer) addIdentity(h *mat.SymDense) {
	for j := range r.penalized {
		h.SetSym(j, j, h.At(j, j)+r.weight)
	}
}
