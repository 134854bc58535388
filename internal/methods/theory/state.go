package theory

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// rounding is how many units in the last place a comparison forgives.
const rounding = 64 * 0x1p-52

// State is a run at one iteration.
type State struct {
	K            int
	X, Grad      []float64
	F            float64 // the whole objective
	Gap          float64 // NaN where f* is unknown
	GradientNorm float64
	Distance     float64 // to the nearest known minimizer, NaN for none
	Length       float64 // step length of the step that led here
	Slope        float64 // ∇fᵀΔx of that step
	Trials       int

	// What rounding may have done to the three quantities above.
	gapFloor, gradientFloor, distanceFloor float64
}

// observer turns points of one run into states.
type observer struct {
	problem problems.Problem
	facts   *problems.Facts
	exact   ExactGap
	rest    problems.Composite
	scale   float64 // of coordinates: ‖x*‖ and ‖x₀‖
	g0      float64
	l       float64 // known L, or NaN

	lipschitz  float64          // known constant of f itself, or NaN
	concordant problems.Hessian // of a self-concordant function, or nil
	hessian    *mat.SymDense    // room for it

	blur float64 // how far the known minimizer may lie from the true one
	best float64 // ‖x*‖

	quadratic bool
}

func newObserver(p problems.Problem, f *problems.Facts) *observer {
	o := &observer{problem: p, facts: f, l: math.NaN(), lipschitz: math.NaN()}
	o.exact, _ = p.(ExactGap)
	o.rest, _ = problems.As[problems.Composite](p)
	if q, ok := problems.As[problems.Quadratic](p); ok {
		o.quadratic = q.Quadratic()
	}
	if l, err := f.Global(problems.SmoothnessL); err == nil {
		o.l = l
	}
	if m, err := f.Global(problems.Lipschitz); err == nil {
		o.lipschitz = m
	}
	if c, err := f.Global(problems.SelfConcordance); err == nil && c == 1 {
		o.concordant, _ = problems.As[problems.Hessian](p)
	}
	return o
}

// start sets the scales that depend on where the run begins.
func (o *observer) start(s *State) {
	f := o.facts
	o.g0, o.scale = s.GradientNorm, vec.Norm(s.X)
	if f.Minimum != nil && len(f.Minimum.Points) > 0 {
		o.best = vec.Norm(f.Minimum.Points[0])
		o.scale = math.Max(o.scale, o.best)
	}
	o.blur = blur(f, o.scale)
	if !o.quadratic || o.exact != nil {
		return // before asking for μ: an error of each run is three allocations
	}
	if mu, err := f.Global(problems.ConvexityMu); err == nil {
		o.blur += float64(4 * 0x1p-52 * o.best * o.l / mu) // it solves a system of condition L/μ
	}
}

// blur is what the accuracy of f* leaves open about a minimizer that was computed:
// μ‖x̂ − x*‖²/2 is at most the error of the value.
func blur(f *problems.Facts, scale float64) float64 {
	m := f.Minimum
	if m == nil || m.Source == problems.Analytic || m.Accuracy == 0 {
		return 0
	}
	if mu, err := f.Global(problems.ConvexityMu); err == nil {
		return math.Sqrt(2 * m.Accuracy / mu)
	}
	return 1e-6 * scale
}

// look makes s the state at a point of the run: value and gradient of the iterate where it
// has them, and else of the problem.
func (o *observer) look(s *State, k int, it *methods.Iterate) {
	*s = State{
		K: k, X: append(s.X[:0], it.X...), Grad: append(s.Grad[:0], it.Grad...),
		F: it.F, Gap: math.NaN(), Length: it.Length, Slope: it.Slope, Trials: it.Trials,
	}
	if !it.HasF || !it.HasGrad {
		s.Grad = slices.Grow(s.Grad[:0], len(it.X))[:len(it.X)]
		s.F = o.problem.Evaluate(s.X, s.Grad)
		if o.rest != nil {
			s.F += o.rest.Rest(s.X)
		}
	}
	s.GradientNorm = vec.Norm(s.Grad)
	s.Distance = o.facts.Distance(s.X)
	if k == 0 {
		o.start(s)
	}
	s.distanceFloor = rounding * math.Max(o.scale, vec.Norm(s.X))
	s.gradientFloor = rounding * o.g0
	if o.l > 0 {
		s.gradientFloor = math.Max(s.gradientFloor, o.l*s.distanceFloor)
	}
	o.gap(s)
	s.distanceFloor += o.blur
}

// gap measures f − f*. It stays unknown where nothing says how much the rounding of x changes f.
func (o *observer) gap(s *State) {
	s.gapFloor = o.change(s)
	if math.IsNaN(s.gapFloor) {
		return
	}
	switch m := o.facts.Minimum; {
	case o.exact != nil:
		s.Gap = o.exact.Gap(s.X)
	case m != nil:
		s.Gap = s.F - m.Value
		s.gapFloor += float64(rounding*math.Max(math.Abs(s.F), math.Abs(m.Value))) + m.Accuracy
		if o.quadratic && o.l > 0 {
			// The terms of xᵀAx may be far larger than their sum.
			x := vec.Norm(s.X)
			s.gapFloor += float64(rounding * o.l * (float64(x*x) + float64(o.best*o.best)))
		}
	}
}

// change is how much f may change where the point is rounded, which is flat to first order around
// x*: by the curvature that is known, by a Lipschitz constant of f, or by the Hessian, whose
// changes a self-concordant function limits. NaN where none is known.
func (o *observer) change(s *State) float64 {
	d := s.distanceFloor
	slope := float64(s.GradientNorm * d)
	switch {
	case o.l > 0:
		return slope + float64(o.l*d*d)
	case o.lipschitz > 0:
		return o.lipschitz * d
	case o.concordant != nil:
		n := len(s.X)
		if o.hessian == nil {
			o.hessian = mat.NewSymDense(n, nil)
		}
		o.concordant.Hessian(s.X, o.hessian)
		trace := 0.0 // at least the largest eigenvalue
		for i := range n {
			trace += o.hessian.At(i, i)
		}
		return slope + float64(trace*d*d)
	}
	return math.NaN()
}

// widened is the state with each quantity as large as rounding and the accuracy of f* and
// x* allow it to be: a bound that is made of them is a bound for what they are.
func (s *State) widened() State {
	w := *s
	w.Gap += s.gapFloor
	w.GradientNorm += s.gradientFloor
	w.Distance += s.distanceFloor
	return w
}

// quantity is what a theorem measures, with the floor of rounding.
type quantity func(*State) (value, floor float64)

func gap(s *State) (float64, float64)          { return s.Gap, s.gapFloor }
func gradientNorm(s *State) (float64, float64) { return s.GradientNorm, s.gradientFloor }
func distance(s *State) (float64, float64)     { return s.Distance, s.distanceFloor }

// squared is ‖·‖² of a norm.
func squared(q quantity) quantity {
	return func(s *State) (float64, float64) {
		v, floor := q(s)
		return v * v, floor * (2*v + floor)
	}
}

// envelope is a bound that depends on the start and the iteration number alone.
func envelope(t theorem.Theorem, q quantity, bound func(start *State) func(k int) float64) Guarantee {
	return Guarantee{t, func(start *State) Claim {
		at := bound(start)
		return func(_, s *State) theorem.Comparison {
			v, floor := q(s)
			promised := at(s.K)
			return theorem.Comparison{Measured: v, Bound: promised, Floor: floor, Promised: promised}
		}
	}}
}

// contraction is a factor that each step keeps; over several steps, its power.
func contraction(t theorem.Theorem, q quantity, factor func(before, at *State) float64) Guarantee {
	return Guarantee{t, func(start *State) Claim {
		promised, _ := q(start)
		return func(before, at *State) theorem.Comparison {
			was, wasFloor := q(before)
			v, floor := q(at)
			c := elementary.Pow(factor(before, at), float64(at.K-before.K))
			promised *= c
			return theorem.Comparison{Measured: v, Bound: c * was, Floor: floor + float64(c*wasFloor), Promised: promised}
		}
	}}
}

// fromStart turns the contraction of each step into its consequence from the start on.
func (g Guarantee) fromStart() Guarantee {
	begin := g.begin
	g.begin = func(start *State) Claim {
		claim := begin(start)
		return func(_, at *State) theorem.Comparison {
			c := claim(start, at)
			c.Promised = c.Bound
			return c
		}
	}
	return g
}

// constantly is a factor that does not change.
func constantly(c float64) func(_, _ *State) float64 {
	return func(_, _ *State) float64 { return c }
}

// stepwise is a comparison that needs two states in succession; it passes over others.
func stepwise(t theorem.Theorem, claim Claim) Guarantee {
	return Guarantee{t, func(*State) Claim {
		return func(before, at *State) theorem.Comparison {
			if at.K != before.K+1 {
				return nothing
			}
			return claim(before, at)
		}
	}}
}

var nothing = compared(math.NaN(), math.NaN(), 0)

// least bounds the smallest value so far. Unless every iteration was observed, the
// smallest may have been missed, and there is nothing to compare.
func least(t theorem.Theorem, q quantity, bound func(start *State) func(at *State) float64) Guarantee {
	return Guarantee{t, func(start *State) Claim {
		limit := bound(start)
		best, floor := q(start)
		complete := true
		return func(before, at *State) theorem.Comparison {
			complete = complete && at.K == before.K+1
			b := limit(at)
			if v, f := q(at); v < best {
				best, floor = v, f
			}
			if !complete {
				return nothing
			}
			return theorem.Comparison{Measured: best, Bound: b, Floor: floor, Promised: b}
		}
	}}
}
