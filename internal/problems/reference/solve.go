// Package reference finds the minimum f* of a convex problem that has no closed form. Gaps
// are measured from it; methods never see it.
package reference

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Unsolved is the error of Solve where it finds no minimum it could vouch for.
type Unsolved struct{ Reason string }

func (u *Unsolved) Error() string { return "no reference minimum: " + u.Reason }

const (
	maxDenseSolve = 500 // variables up to which Newton's equation is solved by factorizing
	maxNewton     = 100
	// A Newton step that moves no more than this share of ‖x‖, with a quadratic model
	// that promises no more than rounding, has arrived. Where the minimum is not attained
	// the model promises ever less, but the steps do not shorten: they walk off.
	arrivedStep = 1e-6
)

// Unattained is a convex problem whose minimum may lie at infinity, which a value shows.
type Unattained interface {
	// UnattainedBelow is the value of f below which its infimum, 0, is not attained; 0
	// where no value shows it.
	UnattainedBelow() float64
}

// Solve finds the minimum of a convex problem with second derivatives, to rounding: by
// Newton's method with backtracking (Boyd & Vandenberghe 2004, algorithm 9.5), its
// equation solved by Cholesky factorization, or by conjugate gradients on Hessian
// products where n is large.
//
// The accuracy of f* is ‖g‖²/2μ where the facts of p state a global μ, otherwise the
// square of the Newton decrement, and rounding on top: 64ε·max(|f*|, |f(x₀)|), or more where the
// features of a Model are nearly collinear.
//
// A Model whose Hessian is singular, or nearly so, is solved in an orthonormal basis of what its
// features span, where the accuracy follows from a lower bound of f*, and a minimum that
// is not attained from a direction along which f falls for ever; see Linear.
//
// The minimizer is among the answer's Points where the Hessian there is clearly positive
// definite, so that there is no other. The error is an *Unsolved where the minimum is
// not attained, or cannot be found.
func Solve(p problems.Problem) (*problems.Minimum, error) {
	s, err := newSolver(p)
	if err != nil {
		return nil, err
	}
	err = s.run()
	if s.linear != nil && (err != nil && !s.separated || !s.sound()) {
		minimum, unsolved := solveLinear(s.linear)
		if unsolved == nil && len(minimum.Points) > 0 {
			minimum.Points = s.polished(minimum.Points[0])
		}
		return minimum, unsolved
	}
	if err != nil {
		return nil, err
	}
	return s.minimum(), nil
}

// solver is the state of one solve.
type solver struct {
	problem problems.Problem
	facts   *problems.Facts
	newton  newtonEquation

	x, g, d     []float64
	f, first    float64
	next, nextG []float64
	decrement   float64 // λ² = gᵀH⁻¹g at x
	before      float64 // ‖g‖ at the point before
	positive    bool    // the Hessian at x is clearly positive definite
	linear      *Linear // to be solved instead where the Hessian is not; nil: no such model
	separated   bool    // a value shows that the minimum is not attained
	away        int     // steps in a row that promised nothing and led away
}

// newtonEquation solves H(x)·d = −g.
type newtonEquation interface {
	// solve writes d, and reports whether H is clearly positive definite.
	solve(x, g, d []float64) (positive bool)
	exhausted() bool // more work than a reference is worth
}

func newSolver(p problems.Problem) (*solver, error) {
	n := p.Dim()
	s := &solver{problem: p, facts: problems.FactsOf(p)}
	if model, ok := problems.As[Model](p); ok {
		if l := model.Linear(); l != nil && l.affordable() {
			s.linear = l
		}
	}
	hessian, dense := problems.As[problems.Hessian](p)
	products, free := problems.As[problems.HessianProduct](p)
	switch {
	case dense && (n <= maxDenseSolve || !free):
		s.newton = &factorized{of: hessian, h: mat.NewSymDense(n, nil), chol: linalg.NewCholesky(n), sums: make([]float64, n)}
	case free:
		s.newton = newConjugate(products, n)
	default:
		return nil, &Unsolved{"the problem has no second derivatives"}
	}
	s.x, s.g, s.d = make([]float64, n), make([]float64, n), make([]float64, n)
	s.next, s.nextG = make([]float64, n), make([]float64, n)
	if len(s.facts.Starts) > 0 {
		copy(s.x, s.facts.Starts[0].X)
	}
	s.f = p.Evaluate(s.x, s.g)
	s.first = s.f
	if math.IsNaN(s.f) || math.IsInf(s.f, 0) {
		return nil, &Unsolved{fmt.Sprintf("f is %g at the start", s.f)}
	}
	return s, nil
}

// sound reports whether rounding in f is as small as minimum says: where the Hessian is nearly
// singular, large weights that all but cancel may make it larger.
func (s *solver) sound() bool {
	if n, ok := s.newton.(*factorized); ok {
		return n.condition > 1e-8
	}
	return s.positive
}

// roundings is how many units of rounding f may be off by: 64, or more where features are nearly
// collinear. Their weights are then larger than what they add up to, by at most the root of the
// condition number, and so is the rounding of their products.
func (s *solver) roundings() float64 {
	if n, ok := s.newton.(*factorized); ok && s.linear != nil && n.condition > 0 {
		return math.Max(64, 0.5/math.Sqrt(n.condition))
	}
	return 64
}

// run takes Newton steps until the gradient is down to rounding.
func (s *solver) run() error {
	below := 0.0
	if p, ok := problems.As[Unattained](s.problem); ok {
		below = p.UnattainedBelow()
	}
	for range maxNewton {
		if s.f < below && below > 0 {
			s.separated = true
			return &Unsolved{"the minimum is not attained: the classes are separable, and f falls to its infimum 0 as the weights grow; a regularizer (l2) makes it finite"}
		}
		s.positive = s.newton.solve(s.x, s.g, s.d)
		s.decrement = -vec.Dot(s.g, s.d)
		switch {
		case !s.positive && s.linear != nil:
			return &Unsolved{"the Hessian is singular"} // which the other solver can do with
		case vec.MaxAbs(s.g) == 0:
			return nil
		case math.IsNaN(s.decrement) || s.decrement < 0:
			return &Unsolved{"the solution of Newton's equation is not a descent direction; is the problem convex?"}
		case s.arrived():
			s.polish()
			return nil
		case s.leaving():
			return &Unsolved{"the minimum is not attained: the iterates move away without bound while f hardly decreases"}
		}
		if s.newton.exhausted() {
			return &Unsolved{fmt.Sprintf("‖g‖ = %.3g after %d Hessian products, the limit of the reference solve; a regularizer (l2) makes the problem easier", vec.Norm(s.g), maxProducts)}
		}
		if !s.search() {
			return &Unsolved{fmt.Sprintf("no step from ‖g‖ = %.3g lowers f", vec.Norm(s.g))}
		}
	}
	return &Unsolved{fmt.Sprintf("‖g‖ = %.3g after %d Newton steps", vec.Norm(s.g), maxNewton)}
}

// arrived reports whether the quadratic model promises less than rounding, with a step
// that is short beside x, or with a gradient that no longer shrinks.
func (s *solver) arrived() bool {
	short := vec.Norm(s.d) <= arrivedStep*vec.Norm(s.x)
	stuck := s.decrement <= 1e-26*s.scale() && vec.Norm(s.g) > 0.5*s.before
	return s.decrement <= 1e-12*s.scale() && (short || stuck)
}

// leaving reports whether, for five steps in a row, the model promises nothing while the
// steps still lead away.
func (s *solver) leaving() bool {
	vec.AddScaled(s.next, s.x, 1, s.d)
	if s.decrement <= 1e-10*s.scale() && vec.Norm(s.next) > 1.001*vec.Norm(s.x) && vec.Norm(s.x) > 0 {
		s.away++
	} else {
		s.away = 0
	}
	return s.away == 5
}

func (s *solver) scale() float64 { return math.Max(math.Abs(s.f), math.Abs(s.first)) }

// search backtracks from the full step until f falls enough, or, within rounding of f,
// the gradient shrinks.
func (s *solver) search() bool {
	for t := 1.0; t > 1e-12; t /= 2 {
		vec.AddScaled(s.next, s.x, t, s.d)
		f := s.problem.Evaluate(s.next, s.nextG)
		enough := f <= s.f-float64(0.25*t*s.decrement)
		rounding := math.Abs(f-s.f) <= 1e-13*s.scale() && vec.Norm(s.nextG) < vec.Norm(s.g)
		if enough || rounding {
			s.accept(f)
			return true
		}
	}
	return false
}

func (s *solver) accept(f float64) {
	s.f, s.before = f, vec.Norm(s.g)
	s.x, s.next = s.next, s.x
	s.g, s.nextG = s.nextG, s.g
}

// polish takes full Newton steps for as long as the gradient shrinks.
func (s *solver) polish() {
	for range 10 {
		vec.AddScaled(s.next, s.x, 1, s.d)
		f := s.problem.Evaluate(s.next, s.nextG)
		if !(vec.Norm(s.nextG) < vec.Norm(s.g)) {
			return
		}
		s.accept(f)
		s.positive = s.newton.solve(s.x, s.g, s.d)
		s.decrement = math.Abs(vec.Dot(s.g, s.d))
	}
}

// polished is a minimizer after full Newton steps in the problem's own variables, nil where the
// Hessian there is not clearly positive definite.
func (s *solver) polished(x []float64) [][]float64 {
	copy(s.x, x)
	s.f = s.problem.Evaluate(s.x, s.g)
	s.positive = s.newton.solve(s.x, s.g, s.d)
	s.polish()
	if !s.positive {
		return nil
	}
	return [][]float64{s.x}
}

func (s *solver) minimum() *problems.Minimum {
	off := s.decrement
	if mu, err := s.facts.Global(problems.ConvexityMu); err == nil {
		g := vec.Norm(s.g)
		off = g * g / (2 * mu)
	}
	m := &problems.Minimum{Value: s.f, Source: problems.Solved, Accuracy: off + float64(s.roundings()*0x1p-52*s.scale())}
	if s.positive {
		m.Points = [][]float64{s.x}
	}
	return m
}

// factorized solves Newton's equation by Cholesky factorization, with a multiple of the
// identity added where the Hessian is singular.
type factorized struct {
	of        problems.Hessian
	h         *mat.SymDense
	chol      *linalg.Cholesky
	sums      []float64 // scratch of norms
	condition float64   // reciprocal, of the last H
}

// exhausted: never; the number of steps is bounded.
func (n *factorized) exhausted() bool { return false }

func (n *factorized) solve(x, g, d []float64) (positive bool) {
	n.of.Hessian(x, n.h)
	dim := len(x)
	var least, largest float64
	for j := range dim {
		least, largest = math.Min(least, n.h.At(j, j)), math.Max(largest, n.h.At(j, j))
	}
	if least < -1e-13*largest {
		copy(d, g) // not convex: a direction that run refuses
		return false
	}
	for j, v := range g {
		d[j] = -v
	}
	if largest == 0 || math.IsNaN(largest) || math.IsInf(largest, 0) {
		return false // no curvature to go by: along the gradient
	}
	norm := linalg.Norm1(n.h, n.sums)
	factorized := n.chol.Factorize(n.h)
	n.condition = 0
	if factorized {
		n.condition = n.chol.Condition(norm)
	}
	positive = n.condition > 1e-13
	for shift := 1e-13 * largest; !positive && shift < largest; shift *= 100 {
		for j := range dim {
			n.h.SetSym(j, j, n.h.At(j, j)+shift)
		}
		if factorized = n.chol.Factorize(n.h); factorized {
			break
		}
	}
	if !factorized {
		return false
	}
	n.chol.Solve(d)
	return positive
}
