package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// AdGD is the step length of adaptive gradient descent without descent (Malitsky & Mishchenko
// 2020, arXiv:1910.09529, algorithm 1), which needs neither L nor a value of f:
//
//	t = min{√(1 + θ₋)·t₋, ‖x − x₋‖/(2‖∇f(x) − ∇f(x₋)‖)},  θ = t/t₋, infinite at first.
//
// Gradient descent with it converges on every convex function with locally Lipschitz gradient. The
// second term is half of the geometric mean of the long and the short step of Barzilai and
// Borwein, and is read so for any direction.
type AdGD struct {
	First methods.Length `param:"first" default:"1e-10" range:"(0,)" doc:"first step length, best far too small"`

	pair  secant.Pair
	t     float64
	theta float64
}

var _ methods.StepRule = (*AdGD)(nil)

func init() {
	methods.RegisterStep("adgd", methods.Info{
		Summary: "a step length from the curvature that was last seen, which may grow a little in each step",
		Formula: "t = min{√(1+θ₋)·t₋, ‖x − x₋‖/(2‖∇f(x) − ∇f(x₋)‖)}, θ = t/t₋",
		Source:  "Malitsky & Mishchenko 2020, Adaptive gradient descent without descent, ICML, PMLR 119, 6702–6712",
		DOI:     "10.48550/arXiv.1910.09529",
	}, func() methods.StepRule { return new(AdGD) })
}

func (r *AdGD) Init(o *methods.Oracle) error {
	r.pair.Init(o)
	r.t, r.theta = r.First.Value, math.Inf(1)
	return nil
}

func (r *AdGD) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if r.pair.Update(at) && r.t > 0 {
		t := math.Sqrt(1+r.theta) * r.t
		if mean := r.mean(); mean > 0 {
			t = math.Min(t, r.t*math.Sqrt(mean)/2)
		}
		if !math.IsInf(t, 1) { // a first gradient that does not change says nothing
			r.theta, r.t = t/r.t, t
		}
	}
	vec.AddScaled(next.X, at.X, r.t, d)
	return r.t, nil
}

// mean is the product of the long and the short step over t₋²; not positive where a curvature is
// not.
func (r *AdGD) mean() float64 {
	s, y, before := r.pair.S, r.pair.Y, r.pair.Before
	if !(r.pair.SY > 0) {
		return 0
	}
	return vec.Dot(before, s) / r.pair.SY * (vec.Dot(before, y) / r.pair.YY)
}

// Units are those of the first length, by which all others are measured.
func (r *AdGD) Units() methods.Units { return methods.LengthUnits(r.First) }
