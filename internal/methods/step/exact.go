package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Exact is the exact line search
//
//	t = argmin_{t>0} f(x + tΔx).
//
// On a quadratic it is −∇fᵀΔx/(ΔxᵀHΔx), at the price of one Hessian product. Elsewhere
// it is a root of φ′(t) behind which f rises, no higher than x: bracketed by doubling,
// then found by the secants of the Illinois method guarded by bisection, to
// |φ′(t)| ≤ tolerance·|φ′(0)|. Each trial costs a value and a gradient. It stalls where
// f has no minimum along the direction.
//
// Sources: Boyd & Vandenberghe 2004, §9.2, doi:10.1017/CBO9780511804441; Dowell &
// Jarratt 1971, doi:10.1007/BF01934364.
type Exact struct {
	Tolerance float64 `param:"tolerance" default:"1e-10" range:"(0,1)" doc:"slope at the accepted point relative to the slope at x, where f is not quadratic"`

	line
	hd    []float64 // ∇²f·Δx on quadratics
	first float64   // where the next search begins
}

var _ methods.StepRule = (*Exact)(nil)

// doublings bounds the search for a bracket: past it the step is beyond all scales.
const doublings = 1000

func init() {
	methods.RegisterStep("exact", methods.Info{
		Summary: "the minimizer along the direction: closed form on quadratics, a one-dimensional solve elsewhere",
		Formula: "t = argmin f(x + tΔx)",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, §9.2; Dowell & Jarratt 1971, BIT 11, 168–174",
		DOI:     "10.1007/BF01934364",
		Family:  "line search",
	}, func() methods.StepRule { return new(Exact) })
}

func (r *Exact) Init(o *methods.Oracle) error {
	r.oracle, r.first, r.hd = o, 1, nil
	if o.Quadratic() {
		r.hd = make([]float64, o.Dim())
	}
	return nil
}

func (r *Exact) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if r.hd != nil {
		return r.closedForm(at, d, next)
	}
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	t, err := r.solve()
	r.first = t
	return t, err
}

func (r *Exact) closedForm(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	slope := vec.Dot(at.Grad, d)
	if err := downhill(slope); err != nil {
		return 0, err
	}
	if err := r.oracle.HessianProduct(at.X, d, r.hd); err != nil {
		return 0, err
	}
	curvature := vec.Dot(d, r.hd)
	if !(curvature > 0) {
		return 0, methods.Stalled("no minimum along the direction: its curvature is %.3g", curvature)
	}
	t := -slope / curvature
	vec.AddScaled(next.X, at.X, t, d)
	return t, nil
}

// solve narrows a bracket: φ falls at its low end and does not pass φ(0) there; it rises
// at the high end or lies above the low one.
func (r *Exact) solve() (float64, error) {
	low, high, done, err := r.bracket()
	if err != nil || done {
		return low.t, err
	}
	sameSide := 0 // how often in a row the same end moved; negative: the low one
	for high.t-low.t > 4*ε*high.t {
		t := secantStep(low, high)
		if sameSide < -2 || sameSide > 2 || !(t > low.t && t < high.t) {
			t = low.t + float64((high.t-low.t)/2)
			sameSide = 0
		}
		if t == low.t || t == high.t {
			break
		}
		trial, err := r.look(t)
		switch {
		case err != nil:
			return t, err
		case r.flat(trial):
			return t, nil
		case r.beyond(trial, low):
			high = trial
			low.slope, sameSide = weaken(low.slope, sameSide > 0), max(sameSide, 0)+1
		default:
			low = trial
			high.slope, sameSide = weaken(high.slope, sameSide < 0), min(sameSide, 0)-1
		}
	}
	if low.t == 0 {
		return r.accept(high)
	}
	return r.accept(low)
}

// bracket doubles the step until φ rises. done: the low end is the answer already.
func (r *Exact) bracket() (low, high sample, done bool, err error) {
	low = sample{0, r.f, r.slope}
	t := r.first
	for range doublings {
		trial, err := r.look(t)
		switch {
		case err != nil:
			return trial, high, false, err
		case math.IsInf(trial.f, -1):
			return trial, high, false, methods.Stalled("no minimum along the direction: f falls to −∞ at the step length %.3g", t)
		case r.flat(trial):
			return trial, high, true, nil
		case r.beyond(trial, low):
			return low, trial, false, nil
		}
		low = trial
		t *= 2
	}
	return low, high, false, methods.Stalled("no minimum along the direction: f still falls at the step length %.3g", low.t)
}

func (r *Exact) look(t float64) (sample, error) {
	f, slope, err := r.evaluate(t)
	return sample{t, f, slope}, err
}

// flat reports an accepted slope.
func (r *Exact) flat(e sample) bool {
	return math.Abs(e.slope) <= -r.Tolerance*r.line.slope && e.f <= r.line.f+float64(8*ε*math.Abs(r.line.f))
}

// beyond reports that a minimum lies between the low end and e. A value above the low
// one counts only beyond rounding.
func (r *Exact) beyond(e, low sample) bool {
	return !(e.slope < 0) || !(e.f <= low.f+float64(8*ε*math.Abs(low.f)))
}

// weaken halves the slope of an end that stayed twice, so that the next secant falls on
// its side (Illinois).
func weaken(slope float64, twice bool) float64 {
	if twice {
		return slope / 2
	}
	return slope
}

// Units are none: the first bracket begins at 1.
func (*Exact) Units() methods.Units { return methods.Units{} }
