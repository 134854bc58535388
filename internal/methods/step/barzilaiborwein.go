package step

import (
	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// BarzilaiBorwein is the two-point step length from s = x − x₋₁, y = ∇f(x) − ∇f(x₋₁):
//
//	long         sᵀs/sᵀy
//	short        sᵀy/yᵀy
//	alternating  long and short in turn, long first
//	stabilized   long, no step longer than `radius`
//
// For the gradient direction these are the formulas of the paper. For any direction they
// are read as what they are there: on a quadratic, the step that would have minimized f
// (long) or ‖∇f‖ (short) along the direction before,
//
//	long   t₋₁·(−∇f(x₋₁)ᵀs)/sᵀy,  short   t₋₁·(−∇f(x₋₁)ᵀy)/yᵀy.
//
// The first step is `first`. Where sᵀy ≤ 0 the last step length is kept. f need not decrease.
//
// Sources: Barzilai & Borwein 1988, Two-point step size gradient methods,
// doi:10.1093/imanum/8.1.141; Dai & Fletcher 2005, doi:10.1007/s00211-004-0569-y;
// Burdakov, Dai & Huang 2019, Stabilized Barzilai–Borwein method,
// doi:10.4208/jcm.1911-m2019-0171.
type BarzilaiBorwein struct {
	Variant string         `param:"variant" default:"long" oneof:"long short alternating stabilized" doc:"which of the formulas"`
	First   methods.Length `param:"first" default:"1e-3" range:"(0,)" doc:"first step length"`
	Radius  float64        `param:"radius" default:"1" range:"(0,)" doc:"largest ‖tΔx‖, for variant: stabilized"`

	pair secant.Pair
	t    float64 // t₋₁
	odd  bool    // whether the next alternating step is long
}

var _ methods.StepRule = (*BarzilaiBorwein)(nil)

func init() {
	methods.RegisterStep("barzilai-borwein", methods.Info{
		Summary: "the two-point step: long, short, alternating or stabilized",
		Formula: "t = sᵀs/sᵀy or sᵀy/yᵀy",
		Source:  "Barzilai & Borwein 1988, IMA J. Numer. Anal. 8, 141–148; Burdakov, Dai & Huang 2019, J. Comput. Math. 37, 916–936",
		DOI:     "10.1093/imanum/8.1.141",
		Aliases: []string{"bb"},
	}, func() methods.StepRule { return new(BarzilaiBorwein) })
}

func (r *BarzilaiBorwein) Init(o *methods.Oracle) error {
	r.pair.Init(o)
	r.t, r.odd = r.First.Value, true
	return nil
}

func (r *BarzilaiBorwein) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if r.pair.Update(at) {
		if r.pair.SY > 0 {
			r.t *= r.factor()
		}
		r.odd = !r.odd
	}
	t := r.t
	if norm := vec.Norm(d); r.Variant == "stabilized" && t*norm > r.Radius {
		t = r.Radius / norm
		r.t = t
	}
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}

// factor is t/t₋₁.
func (r *BarzilaiBorwein) factor() float64 {
	y := r.pair.Y
	if r.Variant == "short" || r.Variant == "alternating" && !r.odd {
		return -vec.Dot(r.pair.Before, y) / r.pair.YY
	}
	return -vec.Dot(r.pair.Before, r.pair.S) / r.pair.SY
}

// Units are those of the first length, unless a radius limits the steps in x.
func (r *BarzilaiBorwein) Units() methods.Units {
	u := methods.LengthUnits(r.First)
	if r.Variant == "stabilized" {
		u.Variables = methods.Never
	}
	return u
}
