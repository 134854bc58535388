package check

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// criticalPoints: the gradient is zero there, the Hessian has the signature of the
// stated kind, and the values around are as the kind says.
func criticalPoints(s *subject, t *tally) {
	for _, c := range critical.Known(s.facts) {
		if len(c.X) != s.n {
			t.fail("a critical point (%s) has %d coordinates; the problem has %d variables", c.Kind, len(c.X), s.n)
			continue
		}
		_, composite := problems.As[problems.Composite](s.problem)
		if smooth, ok := problems.As[problems.Smoothness](s.problem); composite || ok && !smooth.TwiceDifferentiable() {
			t.demand(!s.neighbours(c.X).lower, "a lower value lies near %s, stated to be a %s", place(c.X), c.Kind)
			continue
		}
		checkCritical(s, t, c)
	}
}

func checkCritical(s *subject, t *tally, c problems.Critical) {
	at := s.at(c.X)
	around := s.neighbours(c.X)
	minimum := c.Kind == problems.GlobalMinimum || c.Kind == problems.LocalMinimum
	if minimum {
		t.demand(!around.lower, "a lower value lies near %s, stated to be a %s", place(c.X), c.Kind)
	}
	if s.n > maxSpectrum {
		l := critical.Curvature(s.problem, c.X)
		bound := 1e-6 * math.Max(1, math.Max(math.Abs(l.Lowest), l.Highest)*math.Max(1, vec.Norm(c.X)))
		t.demand(vec.Norm(at.g) <= bound, "the gradient norm is %.3g at %s, stated to be a %s", vec.Norm(at.g), place(c.X), c.Kind)
		return
	}
	spectrum, moved := critical.Polish(s.problem, c.X)
	size := math.Max(1, vec.Norm(c.X))
	stiff := math.Max(math.Abs(spectrum.Lowest), math.Abs(spectrum.Highest))
	if !(moved <= 1e-5*size && vec.Norm(at.g) <= float64(1e-4*stiff*size)+1e-9) {
		if minimum && !around.lower && around.kink {
			t.agree() // a minimum where f is not differentiable
			return
		}
		t.fail("the gradient norm is %.3g at %s, stated to be a %s; Newton steps lead %.3g away", vec.Norm(at.g), place(c.X), c.Kind, moved)
		return
	}
	kind, flat := spectrum.Kind(), spectrum.Singular()
	holds := map[problems.Kind]bool{
		problems.GlobalMinimum: kind == problems.LocalMinimum || kind == problems.Degenerate && spectrum.Highest >= 0,
		problems.LocalMinimum:  kind == problems.LocalMinimum || kind == problems.Degenerate && spectrum.Highest >= 0,
		problems.Saddle:        kind == problems.Saddle || flat && around.lower && around.higher,
		problems.Maximum:       kind == problems.Maximum || flat && !around.higher,
		problems.Degenerate:    flat,
	}
	t.demand(holds[c.Kind], "%s is stated to be a %s; the eigenvalues of its Hessian lie in [%.6g, %.6g], the least modulus is %.3g",
		place(c.X), c.Kind, spectrum.Lowest, spectrum.Highest, spectrum.Smallest)
}

// maxSpectrum is the number of variables up to which whole spectra are taken.
const maxSpectrum = 200

// surroundings say how values near a point compare with its own.
type surroundings struct {
	lower, higher bool
	kink          bool // the gradient jumps by as much as its size, however near
}

// neighbours looks at distances from a tenth to 1e-4. Close by, a stated point that is
// rounded to a few digits is not the lowest: a difference counts only where it exceeds
// what an error of 1e-6 in the point explains, and rounding.
func (s *subject) neighbours(x []float64) surroundings {
	var out surroundings
	f := s.objective(x)
	y := make([]float64, s.n)
	for _, d := range s.directions(x, 20, 12) {
		for _, size := range []float64{1e-1, 1e-2, 1e-3, 1e-4} {
			plus := s.shifted(y, x, size, d)
			minus := s.shifted(y, x, -size, d)
			curvature := math.Abs(plus - 2*f + minus)
			slack := float64(64*epsilon*(math.Abs(f)+math.Abs(plus)+math.Abs(minus))) + curvature*1e-6/size
			out.lower = out.lower || math.Min(plus, minus) < f-slack
			out.higher = out.higher || math.Max(plus, minus) > f+slack
		}
		vec.AddScaled(y, x, 1e-9, d)
		g := s.at(y).g
		vec.AddScaled(y, x, -1e-9, d)
		back := s.at(y).g
		size := vec.Norm(g)
		vec.AddScaled(back, back, -1, g)
		out.kink = out.kink || vec.Norm(back) > 0.1*size && size > 1e-3
	}
	return out
}

func (s *subject) shifted(y, x []float64, size float64, d []float64) float64 {
	vec.AddScaled(y, x, size, d)
	return s.objective(y)
}

// convexity: f(y) ≥ f(x) + ∇f(x)ᵀ(y − x) on all pairs of points where f is stated to be
// convex, with (μ/2)‖y − x‖² more where it is strongly convex with a global μ. Where f is
// stated to be nonconvex there must be a point of negative curvature or a broken tangent
// inequality; a sample that has none proves nothing.
func convexity(s *subject, t *tally) {
	claim := s.facts.Convexity
	mu := 0.0
	if c, ok := s.facts.Constants[problems.ConvexityMu]; ok && c.Scope == problems.Global && claim == problems.StronglyConvex {
		mu = c.Value
	}
	if claim == problems.UnknownConvexity {
		t.skip("the facts do not say whether the problem is convex")
		return
	}
	d := make([]float64, s.n)
	for i, x := range s.points {
		for j, y := range s.points {
			if i == j {
				continue
			}
			vec.AddScaled(d, y.x, -1, x.x)
			slope := vec.Dot(x.g, d)
			above := y.f - x.f - slope - float64(mu/2*vec.Dot(d, d))
			slack := 1e-9 * (math.Abs(y.f) + math.Abs(x.f) + math.Abs(slope))
			switch {
			case claim == problems.Nonconvex && above < -slack:
				t.agree()
				return
			case claim == problems.Nonconvex:
				t.undecide()
			default:
				t.demand(above >= -slack, "stated to be %s, but f at %s lies %.6g below the tangent at %s", claim, place(y.x), -above, place(x.x))
			}
		}
	}
	if claim == problems.Nonconvex {
		t.skip("stated to be nonconvex; no sampled pair shows it")
	}
}
