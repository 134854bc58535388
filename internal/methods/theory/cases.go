package theory

import (
	"fmt"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// Cases is the built-in suite: every theorem on the instances that attain it where it is
// tight, and on random ones.
func Cases(seed uint64) []Case {
	s := &suite{rng: rand.New(random.NewSource(seed, "theory"))}
	s.gradientDescent()
	s.stability()
	s.descents()
	s.lineSearches()
	s.norms()
	s.polyakSteps()
	s.schedules()
	s.nesterov()
	s.heavyBalls()
	s.newton()
	s.conjugateGradients()
	s.composite()
	s.stochastic()
	s.coordinates()
	s.onSets()
	return s.cases
}

// suite collects cases.
type suite struct {
	rng   *rand.Rand
	cases []Case
}

// condition numbers: a plausible bound has passed at 10 and 50 and failed at 2.
var conditions = []float64{2, 10, 50, 1000}

// lengths of runs for bounds that are attained after a number of steps.
var horizons = []int{1, 2, 5, 20}

// The class constants of one-dimensional instances; none is 1, so that a missing factor
// shows.
const (
	bigL   = 2.5
	radius = 1.5
)

// attained adds a case whose bound must be attained.
func (s *suite) attained(theorem, method, instance string, p problems.Problem, start []float64, steps int) {
	s.cases = append(s.cases, Case{Theorem: theorem, Method: method, Instance: instance, Problem: p, Start: start, Steps: steps, Attained: true})
}

// upper adds a case whose bound must hold.
func (s *suite) upper(theorem, method, instance string, p problems.Problem, start []float64, steps int) {
	s.cases = append(s.cases, Case{Theorem: theorem, Method: method, Instance: instance, Problem: p, Start: start, Steps: steps})
}

// random calls add with smooth convex instances of every condition number, quadratics and
// others; with flat also with some that are not strongly convex.
func (s *suite) random(flat bool, add func(name string, p problems.Problem, start []float64)) {
	const n = 8
	for _, κ := range conditions {
		add(fmt.Sprintf("random quadratic, κ = %g", κ), instances.Rotated(n, κ, s.rng), s.normal(n, 2))
		for _, kinked := range []bool{false, true} {
			p := instances.NewRidge(n, bigL/κ, bigL, kinked, s.rng)
			add(fmt.Sprintf("random ridge sum, κ = %g, kinked = %v", κ, kinked), p, s.normal(n, 3))
		}
	}
	for _, kinked := range []bool{false, true} {
		if flat {
			p := instances.NewRidge(n, 0, bigL, kinked, s.rng)
			add(fmt.Sprintf("random ridge sum, μ = 0, kinked = %v", kinked), p, s.normal(n, 3))
		}
	}
}

// quadratics calls add with random quadratics of every condition number.
func (s *suite) quadratics(n int, add func(name string, p *instances.Quadratic, start []float64)) {
	for _, κ := range conditions {
		add(fmt.Sprintf("random quadratic, κ = %g", κ), instances.Rotated(n, κ, s.rng), s.normal(n, 2))
	}
}

func (s *suite) normal(n int, scale float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = scale * random.Normal(s.rng)
	}
	return x
}
