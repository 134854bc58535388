package constraint

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const (
	mostSteps  = 20_000
	checkEvery = 10
	patience   = 200  // checks without a better bound or value after which the rest is rounding
	halvings   = 60   // of a step, at most
	coarse     = 1e-6 // of the start's gap: a certificate that says nothing
)

// Minimum is f* of a convex problem on a set, certified by a dual bound; nil where the bound stays
// too coarse. The start need not lie in the set.
//
// It is the accelerated projected gradient method with backtracking (Beck & Teboulle 2009,
// doi:10.1137/080716542) that restarts by the gradient (O'Donoghue & Candès 2015,
// doi:10.1007/s10208-013-9150-3).
func Minimum(p problems.Problem, f *problems.Facts, set Set, start []float64) *problems.Minimum {
	s := newSolver(p, f, set, start)
	if math.IsNaN(s.value) || math.IsInf(s.value, 0) {
		return nil
	}
	idle := 0
	for k := 1; k <= mostSteps && idle < patience; k++ {
		s.step()
		if k%checkEvery != 0 {
			continue
		}
		idle++
		if s.check() {
			idle = 0
		}
		if s.value-s.bound <= s.rounding() {
			break
		}
	}
	m := &problems.Minimum{Value: s.value, Source: problems.Solved, Accuracy: s.value - s.bound + s.rounding()}
	if !(m.Accuracy <= math.Max(float64(coarse*(s.first-s.value)), float64(2*s.rounding()))) {
		return nil
	}
	if s.mu > 0 {
		m.Points = [][]float64{s.best}
	}
	return m
}

// solver is the state of a solve.
type solver struct {
	problem problems.Problem
	set     Set
	mu      float64 // 0: f is convex, and no more is known

	x, y, next, g, other []float64
	t, length            float64
	guessed              bool // L is unknown: a length that was right for steep places may grow again

	first, value, bound float64 // f at the start, the least f, and the largest bound of f* from below
	best                []float64
}

func newSolver(p problems.Problem, f *problems.Facts, set Set, start []float64) *solver {
	n := p.Dim()
	s := &solver{problem: p, set: set, t: 1, bound: math.Inf(-1)}
	for _, room := range []*[]float64{&s.x, &s.y, &s.next, &s.g, &s.other} {
		*room = make([]float64, n)
	}
	set.Project(s.x, start)
	copy(s.y, s.x)
	s.best = slices.Clone(s.x)
	s.value = p.Evaluate(s.x, s.g)
	s.first = s.value
	if mu, err := f.Global(problems.ConvexityMu); err == nil {
		s.mu = mu
	}
	if l, err := f.Global(problems.SmoothnessL); err == nil && l > 0 {
		s.length = 1 / l
	} else {
		s.guessed = true
		s.length = firstLength(s.value, vec.Norm(s.g), vec.Norm(s.x))
	}
	return s
}

// firstLength has the units of x²/f; backtracking shortens it.
func firstLength(value, gradient, x float64) float64 {
	for _, t := range []float64{1e3 * x / gradient, 1e3 * math.Abs(value) / gradient / gradient} {
		if t > 0 && t <= math.MaxFloat64 {
			return t
		}
	}
	return 1
}

// rounding is how exactly f is known.
func (s *solver) rounding() float64 { return float64(64 * 0x1p-52 * math.Abs(s.value)) }

// step is x⁺ = P(y − t·∇f(y)) and y⁺ = x⁺ + β(x⁺ − x).
func (s *solver) step() {
	s.problem.Evaluate(s.y, s.g)
	for range halvings {
		vec.AddScaled(s.next, s.y, -s.length, s.g)
		s.set.Project(s.next, s.next)
		if s.short() {
			break
		}
		s.length /= 2
	}
	turns := 0.0 // (y − x⁺)ᵀ(x⁺ − x): positive where the momentum leads uphill
	for i, v := range s.next {
		turns += float64((s.y[i] - v) * (v - s.x[i]))
	}
	if turns > 0 {
		s.t = 1
		copy(s.y, s.x) // the step is taken again, without momentum
		if s.guessed {
			s.length *= 2
		}
		return
	}
	t := (1 + math.Sqrt(1+float64(4*s.t*s.t))) / 2
	beta := (s.t - 1) / t
	for i, v := range s.next {
		s.y[i] = v + float64(beta*(v-s.x[i]))
	}
	s.t = t
	s.x, s.next = s.next, s.x
}

// short reports that f curves by no more than 1/t along the step, by gradients: values have fewer
// digits.
func (s *solver) short() bool {
	s.problem.Evaluate(s.next, s.other)
	curved, length := 0.0, 0.0
	for i, v := range s.next {
		d := v - s.y[i]
		curved += float64((s.other[i] - s.g[i]) * d)
		length += float64(d * d)
	}
	return curved <= length/s.length*(1+1e-6)
}

// check evaluates x, and the bound of f* from there; it reports whether either is better than
// before.
func (s *solver) check() bool {
	f := s.problem.Evaluate(s.x, s.other)
	bound := f - s.gap(s.other)
	better := f < s.value || bound > s.bound
	if f < s.value {
		s.value = f
		copy(s.best, s.x)
	}
	if bound > s.bound {
		s.bound = bound
	}
	return better
}

// gap bounds f(x) − f* from above, with g = ∇f(x): by the duality gap and, where f is strongly
// convex, by max gᵀ(x − s) − μ‖x − s‖²/2 over the set, which is attained at s = P(x − g/μ).
func (s *solver) gap(g []float64) float64 {
	to := s.next // free between two steps
	least := DualityGap(s.set, s.x, g, to)
	if s.mu > 0 {
		vec.AddScaled(to, s.x, -1/s.mu, g)
		s.set.Project(to, to)
		least = math.Min(least, along(s.x, g, to, s.mu))
	}
	return math.Max(least, 0)
}

// DualityGap is max gᵀ(x − s) over the set for a point x of it with the gradient g, infinite where
// there is no maximum; room has n entries. It bounds f(x) − f* where f is convex, and vanishes where
// x is stationary (Frank & Wolfe 1956; Jaggi 2013, §2.1).
func DualityGap(set problems.Set, x, g, room []float64) float64 {
	if !set.LinearMinimizer(room, g) {
		return math.Inf(1)
	}
	return math.Max(along(x, g, room, 0), 0)
}

// along is gᵀ(x − s) − μ‖x − s‖²/2.
func along(x, g, s []float64, mu float64) float64 {
	sum := 0.0
	for i, v := range s {
		d := x[i] - v
		sum += float64(d * (g[i] - float64(mu*d/2)))
	}
	return sum
}
