package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ALIG is the step length of adaptive learning rates for interpolation with gradients (Berrada,
// Zisserman & Kumar 2020, arXiv:1906.05661), for losses of which each sample can be fitted:
//
//	t = min{(f_B(x) − bound)/(‖∇f_B(x)‖² + eps), longest},
//
// with −∇fᵀΔx in the place of ‖∇f‖² for another direction. Bound is a lower bound on the loss of
// every batch.
type ALIG struct {
	Bound   float64        `param:"bound" default:"0" doc:"lower bound on the loss of every batch"`
	Longest methods.Length `param:"longest" default:"1" range:"(0,)" doc:"longest step length, the maximal learning rate of the paper"`
	Eps     float64        `param:"eps" default:"1e-5" range:"[0,)" doc:"number added to the squared gradient norm"`

	oracle *methods.Oracle
}

var _ methods.StepRule = (*ALIG)(nil)

func init() {
	methods.RegisterStep("alig", methods.Info{
		Summary: "the Polyak step of each batch, whose loss can be fitted, up to a longest step",
		Formula: "t = min{(f_B(x) − bound)/(‖∇f_B(x)‖² + eps), longest}",
		Source:  "Berrada, Zisserman & Kumar 2020, Training neural networks for and by interpolation, ICML, PMLR 119, 799–809",
		DOI:     "10.48550/arXiv.1906.05661",
	}, func() methods.StepRule { return new(ALIG) })
}

func (r *ALIG) Init(o *methods.Oracle) error {
	r.oracle = o
	return nil
}

func (r *ALIG) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	slope := vec.Dot(at.Grad, d)
	if err := downhill(slope); err != nil {
		return 0, err
	}
	if !at.HasF {
		at.F, at.HasF = r.oracle.Value(at.X), true
	}
	gap := at.F - r.Bound
	if gap < 0 {
		return 0, methods.Stalled("f(x) − bound = %.3g is negative; expected a bound below the loss of every batch", gap)
	}
	t := math.Min(gap/(r.Eps-slope), r.Longest.Value)
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}

// Units of f do not exist: eps is a number. Those of x cancel in −∇fᵀΔx for a Δx that has them.
func (*ALIG) Units() methods.Units { return methods.Units{Value: methods.Never} }
