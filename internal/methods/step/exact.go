package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// Exact is the exact line search: it goes to the first local minimizer of
//
//	φ(t) = f(x + tΔx),  t > 0,
//
// which is the global one where f is convex along the ray. On a quadratic it is
// −∇fᵀΔx/(ΔxᵀHΔx), at the price of one Hessian product. Elsewhere the ray is searched
// interval by interval. The cubic polynomial with the values and slopes at both ends of an
// interval must agree with f and its slope in the middle, and so in its first half; otherwise
// the first half is searched first. So a minimizer is passed over only if none of the trials
// shows it. The first interval depends on f, ∇f and x alone, never on earlier steps. In the first interval in which f stops
// falling, the root of φ′ is found by the secants of the Illinois method guarded by bisection,
// to |φ′(t)| ≤ tolerance·|φ′(0)|. Each trial costs a value and a gradient. The search stalls
// where f has no minimum along the direction.
//
// Sources: Boyd & Vandenberghe 2004, §9.2, doi:10.1017/CBO9780511804441; Dowell &
// Jarratt 1971, doi:10.1007/BF01934364.
type Exact struct {
	Tolerance float64 `param:"tolerance" default:"1e-10" range:"(0,1)" doc:"slope at the accepted point relative to the slope at x, where f is not quadratic"`

	line
	hd []float64 // ∇²f·Δx on quadratics
}

var _ methods.StepRule = (*Exact)(nil)

// mostHalvings bounds how often one search divides intervals. Where f has a kink no cubic
// agrees with it, however short the interval.
const mostHalvings = 30

func init() {
	methods.RegisterStep("exact", methods.Info{
		Summary: "the first minimizer along the direction: closed form on quadratics, a one-dimensional solve elsewhere",
		Formula: "t = the first local minimizer of f(x + tΔx), t > 0",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, §9.2; Dowell & Jarratt 1971, BIT 11, 168–174",
		DOI:     "10.1007/BF01934364",
		Family:  "line search",
	}, func() methods.StepRule { return new(Exact) })
}

func (r *Exact) Init(o *methods.Oracle) error {
	r.oracle, r.hd = o, nil
	if o.Quadratic() {
		r.hd = make([]float64, o.Dim())
		return nil
	}
	r.reserve(len(r.kept), o.Dim())
	return nil
}

func (r *Exact) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if r.hd != nil {
		return r.closedForm(at, d, next)
	}
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	low, high, done, err := r.scan()
	switch {
	case err != nil:
		return low.t, err
	case done:
		return r.accept(low)
	}
	return r.solve(low, high)
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

// scan finds the first interval in which φ stops falling. done: the low end is the answer
// already.
func (r *Exact) scan() (low, high sample, done bool, err error) {
	low = sample{0, r.f, r.slope}
	width, err := r.unit()
	for halvings := 0; err == nil; {
		var part [3]sample
		if part, err = r.divide(low, low.t+width, &halvings); err != nil {
			break
		}
		before := low
		for _, p := range part {
			switch {
			case math.IsInf(p.f, -1):
				return low, high, false, methods.Stalled("no minimum along the direction: f falls to −∞ before the step length %.3g", p.t)
			case r.flat(p):
				return p, high, true, nil
			case r.beyond(p, before):
				r.arrange(before, p)
				return before, p, false, nil
			}
			before = p
		}
		width = growth * (before.t - low.t)
		low = before
		r.arrange(low, low)
	}
	return low, high, false, err
}

// divide looks at the end of an interval, its middle and the middle of its first half. The
// interval is halved until cubic polynomials agree with both of these.
func (r *Exact) divide(low sample, end float64, halvings *int) (part [3]sample, err error) {
	if math.IsInf(end, 1) {
		return part, methods.Stalled("no minimum along the direction: f still falls at the step length %.3g", low.t)
	}
	half := func(t float64) float64 { return low.t + float64((t-low.t)/2) }
	if part[2], err = r.look(end); err != nil {
		return part, err
	}
	r.keep(highEnd)
	if part[1], err = r.look(half(end)); err != nil {
		return part, err
	}
	r.keep(middlePoint)
	for {
		if part[0], err = r.look(half(part[1].t)); err != nil {
			return part, err
		}
		r.keep(quarterPoint)
		if *halvings == mostHalvings || agree(low, part[1], part[2]) && agree(low, part[0], part[1]) {
			return part, nil
		}
		*halvings++
		part[1], part[2] = part[0], part[1]
		k := &r.kept
		k[highEnd], k[middlePoint], k[quarterPoint] = k[middlePoint], k[quarterPoint], k[highEnd]
	}
}

// arrange puts what is known at the two ends in their places.
func (r *Exact) arrange(low, high sample) {
	k := &r.kept
	for i := range k {
		if k[i].t == low.t {
			k[i], k[lowEnd] = k[lowEnd], k[i]
		}
	}
	for i := highEnd; i < len(k); i++ {
		if k[i].t == high.t {
			k[i], k[highEnd] = k[highEnd], k[i]
		}
	}
}

// growth is the factor from one interval to the next: no power of 2, or the next would be divided
// at points where the trials have been already.
const growth = 2.5

// unit is the length of the first interval: twice the distance to the minimizer, as the change
// of the slope over a short distance predicts it, or as f(x) does if f falls to 0 along a
// parabola; the shorter one. Both follow the units of f and x, since they are made of them.
func (r *Exact) unit() (float64, error) {
	longest := math.Inf(1)
	byValue, byPoint := 4*math.Abs(r.f)/-r.line.slope, vec.Norm(r.at.X)/vec.Norm(r.d)
	for _, t := range []float64{byValue, byPoint} {
		if t > 0 {
			longest = math.Min(longest, t)
		}
	}
	if math.IsInf(longest, 1) {
		longest = 1
	}
	const short = 0x1p-13
	probe, err := r.look(short * longest)
	if err != nil {
		return longest, nil // lost in rounding: so is the change of the slope
	}
	change := math.Abs(probe.slope - r.line.slope)
	if !(change > -0x1p-30*r.line.slope) || math.IsInf(change, 1) {
		return math.Max(longest, byValue), nil
	}
	t := -2 * probe.t * (r.line.slope / change)
	if byValue > 0 {
		t = math.Min(t, byValue)
	}
	return math.Max(t, probe.t), nil
}

// agree reports whether the cubic polynomial through the ends a and b, with their slopes,
// describes the value and the slope at the middle m.
func agree(a, m, b sample) bool {
	width := b.t - a.t
	// The steeper end does not count: beside it, a minimizer between the two would not show.
	steepest := math.Max(math.Abs(m.slope), math.Min(math.Abs(a.slope), math.Abs(b.slope)))
	rounding := float64(16 * ε * math.Max(math.Abs(a.f), math.Abs(b.f)))
	f := float64((a.f+b.f)/2) + float64(width/8*(a.slope-b.slope))
	slope := float64(1.5*((b.f-a.f)/width)) - float64((a.slope+b.slope)/4)
	return math.Abs(m.slope-slope) <= float64(0.3*steepest)+rounding/width &&
		math.Abs(m.f-f) <= float64(0.1*width*steepest)+rounding
}

// solve narrows a bracket: φ falls at its low end and does not pass φ(0) there; it rises
// at the high end or lies above the low one.
func (r *Exact) solve(low, high sample) (float64, error) {
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
			r.keep(highEnd)
			low.slope, sameSide = weaken(low.slope, sameSide > 0), max(sameSide, 0)+1
		default:
			low = trial
			r.keep(lowEnd)
			high.slope, sameSide = weaken(high.slope, sameSide < 0), min(sameSide, 0)-1
		}
	}
	switch {
	case low.t > 0:
		return r.accept(low)
	case high.f <= r.f:
		return r.accept(high)
	}
	return high.t, methods.Stalled("f does not fall along the direction, down to the step length %.3g", high.t)
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

// Units are any: the first interval follows those of f and x.
func (*Exact) Units() methods.Units { return methods.Units{Value: methods.Any, Variables: methods.Any} }
