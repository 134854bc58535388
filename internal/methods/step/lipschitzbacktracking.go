package step

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// LipschitzBacktracking is backtracking on an estimate L of the smoothness constant,
//
//	f(x + tΔx) ≤ f(x) + t·∇fᵀΔx + (L/2)‖tΔx‖²,  t = −∇fᵀΔx/(L‖Δx‖²),
//
// where t minimizes the right-hand side (1/L for the gradient): L is multiplied by
// `increase` until it holds, and by `decrease` before each step, so that it follows the
// curvature down as well.
//
// Source: Nesterov 2013, Gradient methods for minimizing composite functions,
// doi:10.1007/s10107-012-0629-5; Beck & Teboulle 2009, doi:10.1137/080716542.
type LipschitzBacktracking struct {
	L        float64 `param:"L" default:"1" range:"(0,)" doc:"first estimate of the smoothness constant"`
	Increase float64 `param:"increase" default:"2" range:"(1,)" doc:"factor where the estimate is too small"`
	Decrease float64 `param:"decrease" default:"0.5" range:"(0,1]" doc:"factor before each step; 1: never"`

	line
	estimate float64
}

var _ methods.StepRule = (*LipschitzBacktracking)(nil)

func init() {
	methods.RegisterStep("lipschitz-backtracking", methods.Info{
		Summary: "the step 1/L with L found by backtracking",
		Formula: "f(x + tΔx) ≤ f(x) + t·∇fᵀΔx + (L/2)‖tΔx‖²",
		Source:  "Nesterov 2013, Math. Program. 140, 125–161; Beck & Teboulle 2009, SIAM J. Imaging Sci. 2, 183–202",
		DOI:     "10.1007/s10107-012-0629-5",
		Family:  "line search",
	}, func() methods.StepRule { return new(LipschitzBacktracking) })
}

func (r *LipschitzBacktracking) Init(o *methods.Oracle) error {
	r.oracle = o
	r.estimate = r.L / r.Decrease // the first trial is with L itself
	return nil
}

func (r *LipschitzBacktracking) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	dd := vec.Dot(d, d)
	r.estimate *= r.Decrease
	for {
		t := -r.slope / (r.estimate * dd)
		f, err := r.value(t)
		if err != nil {
			return t, err
		}
		// At this t the quadratic term is half the linear one.
		if r.sufficient(f, r.f, 0.5, t) {
			return t, nil
		}
		r.estimate *= r.Increase
	}
}

// Units do not exist: the first estimate of L is a number, the same for all directions.
func (*LipschitzBacktracking) Units() methods.Units {
	return methods.Units{Value: methods.Never, Variables: methods.Never}
}
