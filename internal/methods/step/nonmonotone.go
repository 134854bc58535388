package step

import "github.com/gdbench/gdbench/methods"

// Nonmonotone is the line search of Grippo, Lampariello and Lucidi: backtracking that
// compares with the worst of the last `memory` values instead of the last one,
//
//	f(x + tΔx) ≤ max{f(x_k), …, f(x_{k−memory+1})} + α·t·∇fᵀΔx,
//
// so that f may rise for a while; memory 1 is backtracking. On mini-batches the values
// remembered are those of other batches.
//
// Source: Grippo, Lampariello & Lucidi 1986, A nonmonotone line search technique for
// Newton's method, doi:10.1137/0723046.
type Nonmonotone struct {
	Memory int     `param:"memory" default:"10" range:"[1,)" doc:"number of values compared with"`
	Alpha  float64 `param:"alpha" default:"1e-4" range:"(0,1)" doc:"fraction of the predicted decrease that is enough"`
	Beta   float64 `param:"beta" default:"0.5" range:"(0,1)" doc:"factor between trials"`
	search
	values []float64 // the last values, in a ring
	count  int       // values ever kept
}

var _ methods.StepRule = (*Nonmonotone)(nil)

func init() {
	methods.RegisterStep("nonmonotone", methods.Info{
		Summary: "backtracking that compares with the largest of the last values",
		Formula: "f(x + tΔx) ≤ max f(last) + α·t·∇fᵀΔx",
		Source:  "Grippo, Lampariello & Lucidi 1986, SIAM J. Numer. Anal. 23, 707–716",
		DOI:     "10.1137/0723046",
		Family:  "line search",
	}, func() methods.StepRule { return new(Nonmonotone) })
}

func (r *Nonmonotone) Init(o *methods.Oracle) error {
	r.values, r.count = make([]float64, r.Memory), 0
	return r.search.Init(o)
}

func (r *Nonmonotone) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	r.values[r.count%r.Memory] = r.f
	r.count++
	worst := r.f
	for _, f := range r.values[:min(r.count, r.Memory)] {
		worst = max(worst, f)
	}
	t, err := r.shorten(r.first(), worst, r.Alpha, r.Beta)
	r.took(t)
	return t, err
}
