package step

import (
	"github.com/gdbench/gdbench/methods"
)

// Dynamic is the schedule of lengths that grow from √2/L towards 2/L,
//
//	t_k = t·(√(T² + 8T + 8) − T)/2,  T = (t₀ + … + t_{k−1})/t,
//
// with t = 1/L: the longest for which each step is of use whenever the descent ends. It is made of
// single steps, joined.
type Dynamic struct {
	T methods.Length `param:"t" default:"1/L" range:"(0,)" doc:"unit of the step lengths"`
	clock
	at  int     // steps that sum has
	sum float64 // in units of t
}

var _ methods.Schedule = (*Dynamic)(nil)

func init() {
	methods.RegisterStep("dynamic", methods.Info{
		Summary: "lengths that grow towards 2/L, with a bound after each step",
		Formula: "t_k = t·(√(T² + 8T + 8) − T)/2, T = (t₀ + … + t_{k−1})/t",
		Source:  "Teboulle & Vaisbourd 2023, An elementary approach to tight worst case complexity analysis of gradient based methods, Math. Program. 201, 63–96",
		DOI:     "10.1007/s10107-022-01899-0",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Dynamic) })
}

func (r *Dynamic) Init(*methods.Oracle) error { r.k = 0; return nil }

// Sum is what the first k lengths add up to, in units of t.
func (r *Dynamic) Sum(k int) float64 {
	if k < r.at {
		r.at, r.sum = 0, 0
	}
	for ; r.at < k; r.at++ {
		r.sum += join(r.sum, 0)
	}
	return r.sum
}

func (r *Dynamic) Length(k int) float64 { return r.T.Value * join(r.Sum(k), 0) }

func (r *Dynamic) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
