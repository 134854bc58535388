package constrained

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// The constants of algorithm SPG2, as its authors chose them (Birgin, Martínez & Raydan 2000, §3).
const (
	spectralMemory     = 10
	spectralDecrease   = 1e-4 // γ
	shortestCut        = 0.1  // σ₁
	longestCut         = 0.9  // σ₂
	shortestSpectral   = 1e-30
	longestSpectral    = 1e30
	mostSpectralTrials = 1000
)

// spectral is the spectral projected gradient method.
type spectral struct {
	rule   *step.BarzilaiBorwein
	lambda float64
	odd    bool
	values []float64 // the last ones, in a ring
	count  int
	before []float64 // ∇f at the last iterate
	s      []float64 // the last step
	begun  bool
}

func newSpectral(rule *step.BarzilaiBorwein, n int) *spectral {
	return &spectral{rule: rule, lambda: rule.First.Value, odd: true, values: make([]float64, spectralMemory),
		before: make([]float64, n), s: make([]float64, n)}
}

// step is one step, with room for the next point.
func (m *spectral) step(o *methods.Oracle, at *methods.Iterate, next []float64) error {
	if m.begun {
		m.update(at.Grad)
	}
	m.values[m.count%len(m.values)] = at.F
	m.count++
	worst := at.F
	for _, f := range m.values[:min(m.count, len(m.values))] {
		worst = math.Max(worst, f)
	}
	copy(m.before, at.Grad)
	d := m.s
	vec.AddScaled(d, at.X, -m.lambda, at.Grad)
	o.Project(d, d)
	vec.AddScaled(d, d, -1, at.X)
	by := vec.Dot(at.Grad, d)
	if !(by < 0) {
		return methods.Stalled("∇fᵀd = %.3g along the projected step of length %.3g: no step descends", by, m.lambda)
	}
	alpha := 1.0
	for {
		vec.AddScaled(next, at.X, alpha, d)
		if !moves(next, at.X) || at.Trials >= mostSpectralTrials {
			return methods.Stalled("a step of %.3g times the projected one does not move x, after %d trials", alpha, at.Trials)
		}
		at.Trials++
		f := o.Value(next)
		if f <= worst+float64(spectralDecrease*alpha*by) {
			m.take(at, next, alpha, by, f)
			return nil
		}
		alpha = shorten(alpha, f, at.F, by)
	}
}

// take moves to the next point.
func (m *spectral) take(at *methods.Iterate, next []float64, alpha, by, f float64) {
	vec.AddScaled(m.s, next, -1, at.X)
	copy(at.X, next)
	at.Length, at.Slope = alpha*m.lambda, alpha*by
	at.F, at.HasF, at.HasGrad = f, true, false
	m.begun = true
}

// shorten is the minimizer of the parabola through f(x), the slope and the trial, or half of the
// trial where that is too near to an end.
func shorten(alpha, f, f0, by float64) float64 {
	t := -by * alpha * alpha / (2 * (f - f0 - float64(alpha*by)))
	if t >= shortestCut && t <= longestCut*alpha {
		return t
	}
	return alpha / 2
}

// update is the λ of Barzilai and Borwein, the longest one where the curvature is not positive.
func (m *spectral) update(g []float64) {
	sy, ss, yy := 0.0, 0.0, 0.0
	for i, v := range m.s {
		y := g[i] - m.before[i]
		sy += float64(v * y)
		ss += float64(v * v)
		yy += float64(y * y)
	}
	lambda := longestSpectral
	if sy > 0 {
		lambda = ss / sy
		if m.rule.Variant == "short" || m.rule.Variant == "alternating" && !m.odd {
			lambda = sy / yy
		}
	}
	m.odd = !m.odd
	m.lambda = math.Min(longestSpectral, math.Max(shortestSpectral, lambda))
}
