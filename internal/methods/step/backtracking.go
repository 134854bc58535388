package step

import "github.com/gdbench/gdbench/methods"

// Backtracking is the line search of Boyd & Vandenberghe 2004, algorithm 9.2: from the
// initial guess
//
//	t := βt  while  f(x + tΔx) > f(x) + α·t·∇fᵀΔx,
//
// the condition of Armijo. A point where f is NaN counts as too far.
//
// Sources: Boyd & Vandenberghe 2004, §9.2, doi:10.1017/CBO9780511804441; Armijo 1966,
// doi:10.2140/pjm.1966.16.1.
type Backtracking struct {
	Alpha float64 `param:"alpha" default:"0.3" range:"(0,1)" doc:"fraction of the predicted decrease that is enough"`
	Beta  float64 `param:"beta" default:"0.8" range:"(0,1)" doc:"factor between trials"`
	search
}

var _ methods.StepRule = (*Backtracking)(nil)

func init() {
	methods.RegisterStep("backtracking", methods.Info{
		Summary: "shorten the step until f decreases enough",
		Formula: "t := βt while f(x + tΔx) > f(x) + α·t·∇fᵀΔx",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, algorithm 9.2; Armijo 1966, Pacific J. Math. 16, 1–3",
		DOI:     "10.2140/pjm.1966.16.1",
		Family:  "line search",
		Aliases: []string{"armijo"},
	}, func() methods.StepRule { return new(Backtracking) })
}

func (r *Backtracking) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	t, err := r.shorten(r.first(), r.f, r.Alpha, r.Beta)
	r.took(t)
	return t, err
}

// shorten is the loop of backtracking against a reference value.
func (l *line) shorten(t, reference, α, β float64) (float64, error) {
	for {
		f, err := l.value(t)
		if err != nil {
			return t, err
		}
		if l.sufficient(f, reference, α, t) {
			return t, nil
		}
		t *= β
	}
}
