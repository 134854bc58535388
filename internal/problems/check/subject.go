package check

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// subject is a problem with the points to look at.
type subject struct {
	problem problems.Problem
	facts   *problems.Facts
	n       int
	rng     *rand.Rand
	points  []sample // finite value and gradient
	slope   float64  // largest entry of any gradient there: where a function is flat in floating point, second derivatives below 1e-15 of it are noise
}

// sample is what is known at a point.
type sample struct {
	x, g []float64
	f    float64
}

func newSubject(p problems.Problem, tries int, rng *rand.Rand) (*subject, error) {
	s := &subject{problem: p, rng: rng}
	err := guard.Run("in the problem", func() error {
		s.facts = problems.FactsOf(p)
		s.n = p.Dim()
		s.draw(tries)
		return nil
	})
	if err == nil && len(s.points) == 0 {
		err = errNoPoint
	}
	return s, err
}

// draw collects the starts, and normal variables around the standard start, the origin
// and the first minimizer, with spreads from a hundredth to the size of the coordinates.
func (s *subject) draw(tries int) {
	origin := make([]float64, s.n)
	centres := [][]float64{origin}
	for _, start := range s.facts.Starts {
		if len(start.X) == s.n {
			s.add(start.X)
		}
	}
	if len(s.points) > 0 {
		centres = append(centres, s.points[0].x)
	}
	if m := s.facts.Minimum; m != nil && len(m.Points) > 0 && len(m.Points[0]) == s.n {
		centres = append(centres, m.Points[0])
	}
	spreads := []float64{1, 0.1, 0.01}
	// A function may be finite on a small domain only: try more often than asked.
	for k, left := 0, tries; left > 0 && k < 10*tries; k++ {
		centre := centres[len(centres)-1-k%len(centres)]
		spread := spreads[k/len(centres)%len(spreads)]
		x := make([]float64, s.n)
		for i, c := range centre {
			x[i] = c + float64(spread*math.Max(1, math.Abs(c))*random.Normal(s.rng))
		}
		if s.add(x) {
			left--
		}
	}
}

// add keeps x if value and gradient are finite there.
func (s *subject) add(x []float64) bool {
	one := s.at(x)
	if !finite(one.f) || !finite(vec.Norm(one.g)) {
		return false
	}
	s.points = append(s.points, one)
	s.slope = math.Max(s.slope, vec.MaxAbs(one.g))
	return true
}

func (s *subject) at(x []float64) sample {
	one := sample{x: x, g: make([]float64, s.n)}
	one.f = s.problem.Evaluate(x, one.g)
	return one
}

// objective is the whole f + h.
func (s *subject) objective(x []float64) float64 {
	return problems.Objective(s.problem, x, nil)
}

// directions are the coordinates, or some of them where there are many, then random
// directions, each entry in proportion to that of x.
func (s *subject) directions(x []float64, coordinates, others int) [][]float64 {
	var out [][]float64
	chosen := s.rng.Perm(s.n)
	for _, i := range chosen[:min(coordinates, s.n)] {
		d := make([]float64, s.n)
		d[i] = math.Max(1, math.Abs(x[i]))
		out = append(out, d)
	}
	for range others {
		d := make([]float64, s.n)
		for i := range d {
			d[i] = math.Max(1, math.Abs(x[i])) * random.Normal(s.rng) / math.Sqrt(float64(s.n))
		}
		out = append(out, d)
	}
	return out
}

// few is a number of directions, a third of it in many variables, where a look costs more.
func (s *subject) few(n int) int {
	if s.n > 50 {
		return (n + 2) / 3
	}
	return n
}

// normal is a standard normal vector.
func (s *subject) normal() []float64 {
	v := make([]float64, s.n)
	for i := range v {
		v[i] = random.Normal(s.rng)
	}
	return v
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// blank is a slice in which what a problem forgets to write shows.
func blank(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}
