package constrained

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// The constants of the line search, those of the authors of L-BFGS-B.
const (
	searchDecrease = 1e-3
	searchSlope    = 0.9
	searchWidth    = 0.1
	mostSearched   = 20
)

// look is φ(t) = f(x + td) with its slope.
type look struct{ t, f, slope float64 }

// search is the line search of Moré & Thuente 1994 (doi:10.1145/192115.192132) on an interval: no
// trial is longer than most.
type search struct {
	next methods.Point

	best, other look
	closed      bool
}

// along finds a length with the strong Wolfe conditions, or one that is as good as rounding and
// the interval allow; next is the point there.
func (s *search) along(m *LBFGSB, at *methods.Iterate, by, t, most float64) (float64, error) {
	start := look{0, at.F, by}
	s.best, s.other, s.closed = start, start, false
	test := searchDecrease * by
	early, low, high := true, 0.0, float64(5*t)
	width, last := most, 2*most
	for range mostSearched {
		trial := s.evaluate(m, at, t)
		if !finite(trial.f) || !finite(trial.slope) {
			if t = float64(t / 2); s.best.t > 0 { // what is beyond is no number
				t = s.best.t + float64((t-s.best.t)/2)
			}
			high = math.Min(high, 2*t)
			continue
		}
		limit := at.F + float64(t*test)
		early = early && !(trial.f <= limit && trial.slope >= searchDecrease*by)
		switch {
		case trial.f <= limit && math.Abs(trial.slope) <= -searchSlope*by,
			t == most && trial.f <= limit && trial.slope <= test:
			return t, nil
		case s.closed && (t <= low || t >= high || high-low <= searchWidth*high):
			if trial.f <= limit {
				return t, nil
			}
			return 0, methods.Stalled("no step along the projected direction is lower by enough, after %d trials", at.Trials)
		}
		drop := 0.0
		if early && trial.f <= s.best.f && trial.f > limit {
			drop = test
		}
		s.tilt(-drop)
		t = s.step(look{t, trial.f - float64(drop*trial.t), trial.slope - drop}, low, high)
		s.tilt(drop)
		if s.closed {
			if math.Abs(s.other.t-s.best.t) >= 0.66*last {
				t = s.best.t + float64((s.other.t-s.best.t)/2)
			}
			last, width = width, math.Abs(s.other.t-s.best.t)
			low, high = math.Min(s.best.t, s.other.t), math.Max(s.best.t, s.other.t)
		} else {
			low, high = t+float64(1.1*(t-s.best.t)), t+float64(4*(t-s.best.t))
		}
		t = math.Min(math.Max(t, 0), most)
		if s.closed && (t <= low || t >= high || high-low <= searchWidth*high) {
			t = s.best.t
		}
	}
	return 0, methods.Stalled("no step along the projected direction was accepted in %d trials", at.Trials)
}

// tilt adds a multiple of t to both ends.
func (s *search) tilt(slope float64) {
	for _, end := range []*look{&s.best, &s.other} {
		end.f += float64(slope * end.t)
		end.slope += slope
	}
}

func (s *search) evaluate(m *LBFGSB, at *methods.Iterate, t float64) look {
	at.Trials++
	m.place(s.next.X, at.X, t)
	s.next.F = m.oracle.Evaluate(s.next.X, s.next.Grad)
	return look{t, s.next.F, vec.Dot(s.next.Grad, m.d)}
}

// step is the next trial, by safeguarded cubic and quadratic interpolation in four cases (Moré &
// Thuente 1994, §4); the ends of the interval move.
func (s *search) step(trial look, low, high float64) float64 {
	best := s.best
	turns := trial.slope*(best.slope/math.Abs(best.slope)) < 0
	var t float64
	switch {
	case trial.f > best.f:
		c, q := minimizer(best, trial, trial.t < best.t), best.t+float64(best.slope/((best.f-trial.f)/(trial.t-best.t)+best.slope)/2*(trial.t-best.t))
		if t = c; math.Abs(c-best.t) >= math.Abs(q-best.t) {
			t = c + float64((q-c)/2)
		}
		s.closed = true
	case turns:
		c, q := minimizer(trial, best, trial.t > best.t), secant(trial, best)
		if t = q; math.Abs(c-trial.t) > math.Abs(q-trial.t) {
			t = c
		}
		s.closed = true
	case math.Abs(trial.slope) < math.Abs(best.slope):
		t = s.flatter(trial, low, high)
	case s.closed:
		t = minimizer(trial, s.other, trial.t > s.other.t)
	case trial.t > best.t:
		t = high
	default:
		t = low
	}
	switch {
	case trial.f > best.f:
		s.other = trial
	case turns:
		s.other, s.best = best, trial
	default:
		s.best = trial
	}
	return t
}

// flatter is the case in which f falls less steeply than before.
func (s *search) flatter(trial look, low, high float64) float64 {
	best := s.best
	beyond := low
	if trial.t > best.t {
		beyond = high
	}
	theta, gamma := cubic(best, trial)
	if trial.t > best.t {
		gamma = -gamma
	}
	c := beyond
	if r := ((gamma - trial.slope) + theta) / ((gamma + (best.slope - trial.slope)) + gamma); r < 0 && gamma != 0 {
		c = trial.t + float64(r*(best.t-trial.t))
	}
	q := secant(trial, best)
	nearer := math.Abs(c-trial.t) < math.Abs(q-trial.t)
	t := q
	if s.closed == nearer {
		t = c
	}
	if !s.closed {
		return math.Max(low, math.Min(high, t))
	}
	cautious := trial.t + float64(0.66*(s.other.t-trial.t))
	if trial.t > best.t {
		return math.Min(cautious, t)
	}
	return math.Max(cautious, t)
}

// cubic are the θ and γ of the cubic polynomial through two looks.
func cubic(a, b look) (theta, gamma float64) {
	theta = float64(3*(a.f-b.f)/(b.t-a.t)) + a.slope + b.slope
	size := math.Max(math.Abs(theta), math.Max(math.Abs(a.slope), math.Abs(b.slope)))
	return theta, size * math.Sqrt(math.Max(0, float64(theta/size*(theta/size))-float64(a.slope/size*(b.slope/size))))
}

// minimizer is that of the cubic polynomial through two looks, seen from a.
func minimizer(a, b look, negative bool) float64 {
	theta, gamma := cubic(a, b)
	if negative {
		gamma = -gamma
	}
	return a.t + float64(((gamma-a.slope)+theta)/(((gamma-a.slope)+gamma)+b.slope)*(b.t-a.t))
}

// secant is where the slope vanishes on the line through the slopes of two looks.
func secant(a, b look) float64 {
	return a.t + float64(a.slope/(a.slope-b.slope)*(b.t-a.t))
}
