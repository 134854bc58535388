package check

import (
	"math"

	"gonum.org/v1/gonum/optimize"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// minimum: the stated minimizers have the value f*; no point that was sampled, nor any
// that a reference descent reaches from one, lies below f*; and where the problem is
// convex the descent reaches f*, up to what the gradient that is left can account for.
func minimum(s *subject, t *tally) {
	m := s.facts.Minimum
	if m == nil {
		t.skip("f* is not known")
		return
	}
	slack := m.Accuracy + float64(1e-9*math.Max(math.Abs(m.Value), math.Min(1, s.spread())))
	for _, x := range m.Points {
		if len(x) != s.n {
			continue // reported among the critical points
		}
		f := s.objective(x)
		t.demand(math.Abs(f-m.Value) <= 100*slack, "f* is stated to be %.15g; the value at the minimizer %s is %.15g", m.Value, place(x), f)
	}
	for i, at := range s.points {
		f := s.objective(at.x)
		t.demand(f >= m.Value-slack, "f* is stated to be %.15g; the value at %s is %.15g", m.Value, place(at.x), f)
		if i >= 3 {
			continue
		}
		end := s.solve(at.x)
		value := s.objective(end.x)
		t.demand(!(value < m.Value-slack), "f* is stated to be %.15g; a descent from %s reaches %.15g at %s", m.Value, place(at.x), value, place(end.x))
		if _, composite := problems.As[problems.Composite](s.problem); !composite {
			s.reached(t, end, slack)
		}
	}
}

// spread is how far the values at the sampled points lie above f*: the scale of the
// problem.
func (s *subject) spread() float64 {
	largest := 0.0
	for _, at := range s.points {
		largest = math.Max(largest, at.f-s.facts.Minimum.Value)
	}
	return largest
}

// reached holds a convex descent's end against f*: f − f* ≤ ‖∇f‖·‖x − x*‖, or ‖∇f‖²/(2μ).
// Without a minimizer or μ the distance is taken to be ten times the size of x, where the
// gradient has all but vanished.
func (s *subject) reached(t *tally, end sample, slack float64) {
	convex := s.facts.Convexity == problems.Convex || s.facts.Convexity == problems.StronglyConvex
	if !convex {
		return
	}
	norm := vec.Norm(end.g)
	room := norm * 10 * math.Max(1, vec.Norm(end.x))
	switch distance := s.facts.Distance(end.x); {
	case !math.IsNaN(distance):
		room = norm * distance * 1.01
	case s.globalMu() > 0:
		room = norm * norm / (2 * s.globalMu())
	case norm > 1e-7:
		t.undecide()
		return
	}
	t.demand(end.f-s.facts.Minimum.Value <= room+slack, "f* is stated to be %.15g; a descent ends at %.15g with gradient norm %.3g, so that f* is at least %.15g",
		s.facts.Minimum.Value, end.f, norm, end.f-room)
}

func (s *subject) globalMu() float64 {
	mu, err := s.facts.Global(problems.ConvexityMu)
	if err != nil {
		return 0
	}
	return mu
}

// solve is a reference descent from x: L-BFGS by gonum, or the proximal gradient method
// where the objective is composite. It returns the best point.
func (s *subject) solve(x []float64) sample {
	if c, ok := problems.As[problems.Composite](s.problem); ok {
		return s.proximal(c, x)
	}
	// gonum evaluates in goroutines of its own, where a panic could not be recovered.
	evaluate := func(x, g []float64) (f float64) {
		defer func() {
			if recover() != nil {
				f = math.NaN()
			}
		}()
		return s.problem.Evaluate(x, g)
	}
	g := make([]float64, s.n)
	p := optimize.Problem{
		Func: func(x []float64) float64 { return evaluate(x, nil) },
		Grad: func(grad, x []float64) { evaluate(x, grad) },
	}
	settings := &optimize.Settings{MajorIterations: 1000, FuncEvaluations: 5000, GradientThreshold: 1e-10}
	end := s.at(x)
	result, _ := optimize.Minimize(p, x, settings, &optimize.LBFGS{}) // an error leaves the best point so far
	if result != nil && len(result.X) == s.n {
		if f := s.problem.Evaluate(result.X, g); f <= end.f {
			end = sample{x: result.X, f: f, g: g}
		}
	}
	return end
}

// proximal takes 300 steps of length 1/L, or of the longest that does not ascend.
func (s *subject) proximal(c problems.Composite, x []float64) sample {
	length := 1.0
	if l, err := s.facts.Global(problems.SmoothnessL); err == nil {
		length = 1 / l
	}
	at := s.at(x)
	value := at.f + c.Rest(x)
	for range 300 {
		u := make([]float64, s.n)
		vec.AddScaled(u, at.x, -length, at.g)
		c.Prox(u, u, length)
		next := s.at(u)
		if v := next.f + c.Rest(u); v <= value {
			at, value = next, v
		} else {
			length /= 2
		}
	}
	return at
}
