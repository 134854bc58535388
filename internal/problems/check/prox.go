package check

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// prox: u = prox(x, t) minimizes h(u) + ‖u − x‖²/(2t): no perturbation of u, of any size
// and in any direction, does better; and it may be written over x.
func prox(s *subject, t *tally) {
	p, ok := problems.As[problems.Composite](s.problem)
	if !ok {
		t.skip("the objective has no non-smooth part")
		return
	}
	for _, at := range s.points {
		for _, length := range []float64{0.01, 1, 30} {
			checkProx(s, t, at.x, length, p)
		}
	}
}

func checkProx(s *subject, t *tally, x []float64, length float64, p problems.Composite) {
	u := blank(s.n)
	p.Prox(u, x, length)
	over := slices.Clone(x)
	p.Prox(over, over, length)
	t.demand(slices.Equal(u, over), "the prox of %s with t = %g is %s, and %s where it is written over x", place(x), length, place(u), place(over))

	least := proxObjective(p, u, x, length)
	t.demand(finite(least), "the prox of %s with t = %g has objective %g", place(x), length, least)
	v := make([]float64, s.n)
	try := func(d []float64, size float64) {
		vec.AddScaled(v, u, size, d)
		value := proxObjective(p, v, x, length)
		t.demand(!(value < least-float64(1e-13*math.Max(math.Abs(least), math.Abs(value)))),
			"the prox of %s with t = %g is %s with objective %.15g; %s has %.15g", place(x), length, place(u), least, place(v), value)
	}
	for _, d := range s.directions(u, 4, 2) {
		for size := 1.0; size > 1e-7; size /= 10 {
			try(d, size)
			try(d, -size)
		}
	}
	// The way to x and to the origin are where a wrong threshold shows first.
	for _, end := range [][]float64{x, make([]float64, s.n)} {
		d := make([]float64, s.n)
		vec.AddScaled(d, end, -1, u)
		for size := 1.0; size > 1e-4; size /= 4 {
			try(d, size)
		}
	}
}

// proxObjective is h(u) + ‖u − x‖²/(2t).
func proxObjective(p problems.Composite, u, x []float64, t float64) float64 {
	d := make([]float64, len(x))
	vec.AddScaled(d, u, -1, x)
	return p.Rest(u) + vec.Dot(d, d)/(2*t)
}
