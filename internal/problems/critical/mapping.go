package critical

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Mapping is the prox-gradient mapping of an objective f + h,
//
//	G(x) = (x − prox(x − t∇f(x)))/t,
//
// which vanishes where x is stationary and is ∇f where h is zero (Beck 2017, First-Order Methods
// in Optimization, §10.3, doi:10.1137/1.9781611974997).
//
// Its t has the units of x²/f, so that no number suits all problems. It is 1/L; where L is unknown
// it comes from the start of the descent, so that runs from one start are measured alike.
type Mapping struct {
	composite problems.Composite
	t         float64
	u         []float64
}

// NewMapping is the mapping for descents on p from a start, nil where p is not composite.
func NewMapping(p problems.Problem, f *problems.Facts, start []float64) *Mapping {
	c, ok := problems.As[problems.Composite](p)
	if !ok {
		return nil
	}
	m := &Mapping{composite: c, u: make([]float64, len(start))}
	if l, err := f.Global(problems.SmoothnessL); err == nil && l > 0 {
		m.t = 1 / l
	} else {
		m.t = m.local(p, start)
	}
	return m
}

// Norm is ‖G(x)‖, where g is ∇f(x).
func (m *Mapping) Norm(x, g []float64) float64 {
	m.step(x, g, m.t)
	return vec.Norm(m.u) / m.t
}

// step writes x − prox(x − t·g) into u.
func (m *Mapping) step(x, g []float64, t float64) {
	vec.AddScaled(m.u, x, -t, g)
	m.composite.Prox(m.u, m.u, t)
	vec.AddScaled(m.u, x, -1, m.u)
}

const (
	longerSteps  = 30   // doublings of a first guess of t; beyond, nothing bounds it
	shorterSteps = 60   // halvings
	tie          = 1e-6 // rounding must not decide where a step is just as long as the curvature allows
)

// local is the t that 1/L would be if f curved everywhere as on the proximal step of length t from
// x: of the lengths s·2ᵏ the first that is followed by one for which
//
//	⟨∇f(x⁺) − ∇f(x), x⁺ − x⟩ ≤ ‖x⁺ − x‖²/t
//
// fails. Since s has the units of t, these lengths are the same ones in all units. Where f does not
// curve at all, it is s.
func (m *Mapping) local(p problems.Problem, x []float64) float64 {
	n := len(x)
	g, next, other := make([]float64, n), make([]float64, n), make([]float64, n)
	s := guess(problems.Objective(p, x, g), vec.Norm(g), vec.Norm(x))
	holds := func(t float64) bool {
		m.step(x, g, t)
		vec.AddScaled(next, x, -1, m.u)
		p.Evaluate(next, other)
		vec.AddScaled(other, g, -1, other)
		length := vec.Norm(m.u)
		return vec.Dot(other, m.u) <= length*(length/t)*(1+tie)
	}
	if holds(s) {
		for k, t := 0, 2*s; k < longerSteps; k, t = k+1, 2*t {
			if !holds(t) {
				return t / 2
			}
		}
		return s
	}
	for k, t := 0, s/2; k < shorterSteps; k, t = k+1, t/2 {
		if holds(t) {
			return t
		}
	}
	return s
}

// guess is a number with the units of x²/f, from the objective, the norm of the gradient and that
// of x; 1 where these are zero.
func guess(value, gradient, x float64) float64 {
	value = math.Abs(value)
	for _, s := range []float64{x / gradient, x / value * x, value / gradient / gradient} {
		if s > 0 && s <= math.MaxFloat64 {
			return s
		}
	}
	return 1
}
