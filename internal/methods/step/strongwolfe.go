package step

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// StrongWolfe is the line search of Moré and Thuente for the strong Wolfe conditions
//
//	f(x + tΔx) ≤ f(x) + c1·t·∇fᵀΔx,  |∇f(x + tΔx)ᵀΔx| ≤ c2·|∇fᵀΔx|:
//
// safeguarded cubic and quadratic interpolation in an interval that, once closed, holds
// such a point and shrinks to ⅔ at least every second trial. Each trial costs a value
// and a gradient. A trial where f is not finite is too long. Where rounding hides a
// point with both conditions, the best trial is accepted if it has the first.
//
// Source: Moré & Thuente 1994, Line search algorithms with guaranteed sufficient
// decrease, doi:10.1145/192115.192132.
type StrongWolfe struct {
	WolfeConditions
	search

	best, other sample // ends of the interval: the lowest trial so far, and the far one
	closed      bool   // a minimizer lies between them
	least, most float64
	auxiliary   bool    // still looking for a point of sufficient decrease and rising slope
	width, last float64 // widths of the closed interval, of this trial and the one before
}

var _ methods.StepRule = (*StrongWolfe)(nil)

func init() {
	methods.RegisterStep("strong-wolfe", methods.Info{
		Summary: "the line search of Moré and Thuente for the strong Wolfe conditions",
		Formula: "f(x + tΔx) ≤ f(x) + c1·t·∇fᵀΔx and |∇f(x + tΔx)ᵀΔx| ≤ c2·|∇fᵀΔx|",
		Source:  "Moré & Thuente 1994, ACM Trans. Math. Softw. 20, 286–307",
		DOI:     "10.1145/192115.192132",
		Family:  "line search",
		Aliases: []string{"more-thuente"},
	}, func() methods.StepRule { return new(StrongWolfe) })
}

func (r *StrongWolfe) Init(o *methods.Oracle) error {
	r.reserve(1, o.Dim())
	return r.search.Init(o)
}

func (r *StrongWolfe) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	t, err := r.find(r.first())
	r.took(t)
	return t, err
}

// Extrapolation beyond the best trial, as long as the interval is open, by a factor of
// its distance to the trial before.
const (
	leastExtrapolation = 1.1
	mostExtrapolation  = 4
)

// slowest is how much of a closed interval may remain after two trials.
const slowest = 0.66

func (r *StrongWolfe) find(t float64) (float64, error) {
	r.best = sample{0, r.f, r.line.slope}
	r.other = r.best
	r.closed, r.auxiliary = false, true
	r.least, r.most = 0, t+float64(mostExtrapolation*t)
	r.width, r.last = math.Inf(1), math.Inf(1)
	infinite := math.Inf(1) // a length at which f or its slope is not finite
	for {
		f, slope, err := r.evaluate(t)
		if err != nil {
			return r.settle(err)
		}
		low := r.sufficient(f, r.f, r.C1, t)
		switch {
		case low && math.Abs(slope) <= -r.C2*r.line.slope:
			return t, nil
		case math.IsInf(f, -1):
			return t, methods.Stalled("no minimum along the direction: f falls to −∞ at the step length %.3g", t)
		case !isFinite(f) || !isFinite(slope):
			infinite = t
		default:
			r.auxiliary = r.auxiliary && !(low && slope >= 0)
			t = r.update(sample{t, f, slope}, low)
			if r.best.t == r.line.t {
				r.keep(lowEnd)
			}
		}
		if math.IsInf(t, 1) {
			return r.best.t, methods.Stalled("no step is too long: f falls without end along the direction")
		}
		if end, best := infinite, r.best.t; best < end && end <= t || t <= end && end < best {
			if t = best + float64((end-best)/2); t == end {
				return r.settle(methods.Stalled("no step length satisfies the strong Wolfe conditions: f or its slope is not finite at the step length %.3g", end))
			}
		}
		if r.exhausted(t) {
			return r.settle(methods.Stalled("no step length satisfies the strong Wolfe conditions: the interval of trials has shrunk to a point near t = %.3g", t))
		}
	}
}

// exhausted reports that the interval has no inside left for the next trial.
func (r *StrongWolfe) exhausted(t float64) bool {
	return r.closed && (t <= r.least || t >= r.most || r.most-r.least <= ε*r.most) || t == r.best.t
}

// settle ends a search that found no point with both conditions.
func (r *StrongWolfe) settle(why error) (float64, error) {
	b := r.best
	if b.t == 0 || !r.sufficient(b.f, r.f, r.C1, b.t) {
		return b.t, why
	}
	return r.accept(b)
}

// update takes the trial into the interval and returns the next one.
func (r *StrongWolfe) update(trial sample, low bool) float64 {
	// Until a trial has both a sufficient decrease and a rising slope, one that is merely
	// lower is judged by ψ(t) = φ(t) − c1·t·φ′(0), which falls where the decrease is
	// sufficient.
	drop := 0.0
	if r.auxiliary && trial.f <= r.best.f && !low {
		drop = r.C1 * r.line.slope
	}
	r.best, r.other = r.best.tilted(-drop), r.other.tilted(-drop)
	t := r.interpolate(trial.tilted(-drop))
	r.best, r.other = r.best.tilted(drop), r.other.tilted(drop)
	if !r.closed {
		r.least = t + float64(leastExtrapolation*(t-r.best.t))
		r.most = t + float64(mostExtrapolation*(t-r.best.t))
		return t
	}
	width := math.Abs(r.other.t - r.best.t)
	if width >= slowest*r.last || math.IsNaN(t) {
		t = r.best.t + float64((r.other.t-r.best.t)/2)
	}
	r.last, r.width = r.width, width
	r.least, r.most = math.Min(r.best.t, r.other.t), math.Max(r.best.t, r.other.t)
	return t
}

// interpolate is the safeguarded step of section 4 of the paper: the next trial, and
// which points bound the interval from now on.
func (r *StrongWolfe) interpolate(trial sample) float64 {
	best := r.best
	rises := trial.f > best.f
	turns := (trial.slope < 0) != (best.slope < 0)
	var t float64
	switch {
	case rises: // a minimizer between, nearer to the best
		c, q := cubic(best, trial), quadratic(best, trial)
		if t = c; math.Abs(c-best.t) >= math.Abs(q-best.t) {
			t = c + float64((q-c)/2)
		}
	case turns: // a minimizer between, nearer to the trial
		t = farther(trial.t, cubic(trial, best), secantStep(trial, best))
	case math.Abs(trial.slope) < math.Abs(best.slope): // f flattens out
		t = r.extrapolate(trial)
	case r.closed: // f falls ever more steeply
		t = cubic(trial, r.other)
	default:
		t = r.bound(trial)
	}
	switch {
	case rises:
		r.other = trial
	case turns:
		r.other, r.best = best, trial
	default:
		r.best = trial
	}
	r.closed = r.closed || rises || turns
	return t
}

// extrapolate looks beyond a trial that is lower and flatter than the best.
func (r *StrongWolfe) extrapolate(trial sample) float64 {
	c, s := cubic(trial, r.best), secantStep(trial, r.best)
	if math.IsNaN(c) || (c-trial.t)*(trial.t-r.best.t) <= 0 { // the cubic has no minimizer there
		c = r.bound(trial)
	}
	if !r.closed {
		return math.Max(r.least, math.Min(farther(trial.t, c, s), r.most))
	}
	t := c
	if math.Abs(c-trial.t) >= math.Abs(s-trial.t) {
		t = s
	}
	cautious := trial.t + float64(slowest*(r.other.t-trial.t))
	if trial.t > r.best.t {
		return math.Min(cautious, t)
	}
	return math.Max(cautious, t)
}

// bound is the end of the interval of next trials on the trial's side of the best.
func (r *StrongWolfe) bound(trial sample) float64 {
	if trial.t > r.best.t {
		return r.most
	}
	return r.least
}
