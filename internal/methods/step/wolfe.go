package step

import (
	"fmt"

	"github.com/gdbench/gdbench/methods"
)

// Wolfe is the line search for the (weak) Wolfe conditions
//
//	f(x + tΔx) ≤ f(x) + c1·t·∇fᵀΔx,  ∇f(x + tΔx)ᵀΔx ≥ c2·∇fᵀΔx,
//
// by doubling and bisection: it needs no smoothness beyond them, and the second makes
// sᵀy > 0 for quasi-Newton directions. Each trial costs a value and a gradient.
//
// Sources: Wolfe 1969, Convergence conditions for ascent methods, doi:10.1137/1011036;
// Lewis & Overton 2013, Nonsmooth optimization via quasi-Newton methods, algorithm 2.6,
// doi:10.1007/s10107-012-0514-2.
type Wolfe struct {
	WolfeConditions
	search
}

// WolfeConditions are the two constants, c1 < c2.
type WolfeConditions struct {
	C1 float64 `param:"c1" default:"1e-4" range:"(0,1)" doc:"fraction of the predicted decrease that is enough"`
	C2 float64 `param:"c2" default:"0.9" range:"(0,1)" doc:"fraction of the initial slope that may remain; 0.1 suits conjugate gradients"`
}

// Validate refuses conditions that no step may satisfy.
func (c WolfeConditions) Validate() error {
	if c.C1 >= c.C2 {
		return fmt.Errorf("c1 = %g is not below c2 = %g; then no step may satisfy both conditions", c.C1, c.C2)
	}
	return nil
}

var _ methods.StepRule = (*Wolfe)(nil)

func init() {
	methods.RegisterStep("wolfe", methods.Info{
		Summary: "a line search for the Wolfe conditions, by bisection",
		Formula: "f(x + tΔx) ≤ f(x) + c1·t·∇fᵀΔx and ∇f(x + tΔx)ᵀΔx ≥ c2·∇fᵀΔx",
		Source:  "Wolfe 1969, SIAM Rev. 11, 226–235; Lewis & Overton 2013, Math. Program. 141, 135–163",
		DOI:     "10.1137/1011036",
		Family:  "line search",
	}, func() methods.StepRule { return new(Wolfe) })
}

func (r *Wolfe) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	var known interval
	t := r.first()
	for {
		f, slope, err := r.evaluate(t)
		if err != nil {
			return t, err
		}
		tooLong := !r.sufficient(f, r.f, r.C1, t)
		if !tooLong && slope >= r.C2*r.line.slope {
			r.took(t)
			return t, nil
		}
		if t, err = known.next(t, tooLong); err != nil {
			return t, err
		}
	}
}
