package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ε is the distance from 1 to the next number.
const ε = 0x1p-52

// line is the objective along a ray, φ(t) = f(x + t·d), as a line search looks at it.
// Every look is a trial, and leaves in next what it learned.
type line struct {
	oracle *methods.Oracle
	at     *methods.Iterate
	d      []float64
	next   *methods.Point

	f     float64 // φ(0)
	slope float64 // φ′(0)
	t     float64 // position of next
	kept  [4]kept // trials that a search may return to
}

// kept is a trial that is not the last one, with all that was learned there.
type kept struct {
	methods.Point
	t float64
}

// The places of line.kept.
const (
	lowEnd = iota
	highEnd
	middlePoint
	quarterPoint
)

// mostTrials bounds a search whose factor between trials is close to 1; every other search
// ends by itself long before.
const mostTrials = 100_000

// shortest is the least step length, the smallest number with full precision: below it
// a factor such as 0.8 may no longer shorten.
const shortest = 0x1p-1022

// reserve makes room for so many trials that a search keeps.
func (l *line) reserve(count, n int) {
	room := make(vec.Room, 2*count*n)
	for i := range count {
		l.kept[i].Point = methods.Point{X: room.Take(n), Grad: room.Take(n)}
	}
}

// start aims the line. It stalls unless d points downhill.
func (l *line) start(at *methods.Iterate, d []float64, next *methods.Point) error {
	l.at, l.d, l.next = at, d, next
	l.t = 0
	for i := range l.kept {
		l.kept[i].t = 0
	}
	l.slope = vec.Dot(at.Grad, d)
	if err := downhill(l.slope); err != nil {
		return err
	}
	if !at.HasF {
		at.F, at.HasF = l.oracle.Value(at.X), true
	}
	l.f = at.F
	if !isFinite(l.f) {
		return methods.Stalled("f(x) = %g: a line search cannot start here", l.f)
	}
	return nil
}

// Slope is φ′(0) of the last step.
func (l *line) Slope() float64 { return l.slope }

// downhill wants ∇fᵀΔx < 0.
func downhill(slope float64) error {
	switch {
	case slope < 0 && !math.IsInf(slope, 0):
		return nil
	case slope == 0:
		return methods.Stalled("∇fᵀΔx = 0: the direction does not change f to first order")
	case math.IsInf(slope, -1):
		return methods.Stalled("∇fᵀΔx = −∞: the slope along the direction is too steep for a number")
	case math.IsNaN(slope):
		return methods.Stalled("∇fᵀΔx is not a number: no step length can be chosen along the direction")
	}
	return methods.Stalled("∇fᵀΔx = %.3g: not a descent direction", slope)
}

// place writes x + t·d into next and forgets what was known there. It stalls where the
// step is lost to rounding, and after too many trials.
func (l *line) place(t float64) error {
	if l.at.Trials >= mostTrials {
		return methods.Stalled("no step length was accepted in %d trials; the last one is %.3g", l.at.Trials, l.t)
	}
	vec.AddScaled(l.next.X, l.at.X, t, l.d)
	l.next.HasF, l.next.HasGrad = false, false
	l.t = t
	for i, v := range l.next.X {
		if v != l.at.X[i] && t >= shortest {
			return nil
		}
	}
	return methods.Stalled("the step length %.3g is too short to move x, after %d trials", t, l.at.Trials)
}

// value is φ(t).
func (l *line) value(t float64) (float64, error) {
	if err := l.place(t); err != nil {
		return math.NaN(), err
	}
	l.at.Trials++
	l.next.F, l.next.HasF = l.oracle.Value(l.next.X), true
	return l.next.F, nil
}

// evaluate is φ(t) and φ′(t).
func (l *line) evaluate(t float64) (f, slope float64, err error) {
	if err := l.place(t); err != nil {
		return math.NaN(), math.NaN(), err
	}
	l.at.Trials++
	l.next.F, l.next.HasF = l.oracle.Evaluate(l.next.X, l.next.Grad), true
	l.next.HasGrad = true
	return l.next.F, vec.Dot(l.next.Grad, l.d), nil
}

// keep puts the last trial aside.
func (l *line) keep(place int) {
	k := &l.kept[place]
	*l.next, k.Point = k.Point, *l.next
	l.t, k.t = k.t, l.t
}

// accept returns to a trial that may not be the last one, with what is known there: nothing
// has to be asked again.
func (l *line) accept(s sample) (float64, error) {
	if l.t == s.t {
		return s.t, nil
	}
	for i := range l.kept {
		if l.kept[i].t == s.t {
			l.keep(i)
			return s.t, nil
		}
	}
	if err := l.place(s.t); err != nil {
		return s.t, err
	}
	l.next.F, l.next.HasF = s.f, true
	return s.t, nil
}

// sufficient is the Armijo condition φ(t) ≤ φ₀ + α·t·φ′(0) against a reference value φ₀;
// it is false where φ(t) is NaN.
func (l *line) sufficient(f, reference, α, t float64) bool {
	return f <= reference+float64(float64(α*t)*l.slope)
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
