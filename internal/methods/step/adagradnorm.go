package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// AdaGradNorm is the step length
//
//	t_k = eta/√(b0² + Σ_{i≤k} ‖∇f(x_i)‖²),
//
// for any direction with −∇fᵀΔx in the place of ‖∇f‖² (counted as 0 where the direction
// does not descend). It needs neither L nor a line search, and converges for any eta.
//
// Source: Ward, Wu & Bottou 2020, AdaGrad stepsizes: sharp convergence over nonconvex
// landscapes, J. Mach. Learn. Res. 21(219), arXiv:1806.01811.
type AdaGradNorm struct {
	Eta float64 `param:"eta" default:"1" range:"(0,)" doc:"numerator of the step length"`
	B0  float64 `param:"b0" default:"0.01" range:"(0,)" doc:"denominator before any gradient"`

	sum float64 // b²
}

var _ methods.StepRule = (*AdaGradNorm)(nil)

func init() {
	methods.RegisterStep("adagrad-norm", methods.Info{
		Summary: "a step length from the sum of the squared gradient norms so far",
		Formula: "t_k = eta/√(b0² + Σ‖∇f(x_i)‖²)",
		Source:  "Ward, Wu & Bottou 2020, J. Mach. Learn. Res. 21(219), arXiv:1806.01811",
	}, func() methods.StepRule { return new(AdaGradNorm) })
}

func (r *AdaGradNorm) Init(*methods.Oracle) error {
	r.sum = r.B0 * r.B0
	return nil
}

func (r *AdaGradNorm) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	r.sum += math.Max(0, -vec.Dot(at.Grad, d))
	t := r.Eta / math.Sqrt(r.sum)
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}

// Units do not exist for f: b0 is compared with √(−∇fᵀΔx). Those of x cancel there for a Δx that
// has them.
func (*AdaGradNorm) Units() methods.Units { return methods.Units{Value: methods.Never} }
