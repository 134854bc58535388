package step

import "github.com/gdbench/gdbench/methods"

// Goldstein is the line search for the conditions of Goldstein,
//
//	(1 − c)·t·∇fᵀΔx ≤ f(x + tΔx) − f(x) ≤ c·t·∇fᵀΔx,  0 < c < ½:
//
// a sufficient decrease by a step that is not too short, from values only. Trials
// double until one is too long, then bisect. The conditions may exclude the minimizer.
//
// Sources: Goldstein 1965, On steepest descent, doi:10.1137/0303013; Nocedal & Wright
// 2006, §3.1.
type Goldstein struct {
	C float64 `param:"c" default:"0.25" range:"(0,0.5)" doc:"the decrease must be between c and 1 − c of the predicted one"`
	search
}

var _ methods.StepRule = (*Goldstein)(nil)

func init() {
	methods.RegisterStep("goldstein", methods.Info{
		Summary: "a line search for the Goldstein conditions, from values only",
		Formula: "(1 − c)·t·∇fᵀΔx ≤ f(x + tΔx) − f(x) ≤ c·t·∇fᵀΔx",
		Source:  "Goldstein 1965, J. SIAM Control 3, 147–151; Nocedal & Wright 2006, §3.1",
		DOI:     "10.1137/0303013",
		Family:  "line search",
	}, func() methods.StepRule { return new(Goldstein) })
}

func (r *Goldstein) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	var known interval
	t := r.first()
	for {
		f, err := r.value(t)
		if err != nil {
			return t, err
		}
		tooLong := !r.sufficient(f, r.f, r.C, t)
		if !tooLong && !(f < r.f+float64(float64((1-r.C)*t)*r.slope)) {
			r.took(t)
			return t, nil
		}
		if t, err = known.next(t, tooLong); err != nil {
			return t, err
		}
	}
}
