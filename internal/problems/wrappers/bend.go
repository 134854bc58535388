package wrappers

import (
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("bend", problems.Info{
		Summary: "a problem whose straight valleys are bent into parabolas, as those of Rosenbrock's function are",
		Formula: "f(Φ(x)), Φᵢ₊ₕ(x) = xᵢ₊ₕ − c·xᵢ² for i = 1 … h, h = ⌊n/2⌋, and Φᵢ(x) = xᵢ for the others",
		Source:  "H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, Comput. J. 3, 1960",
		DOI:     "10.1093/comjnl/3.3.175",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Bend) })
}

// Bend is g(x) = f(Φ(x)). Φ keeps volumes and is inverted in closed form, so that g has the
// values, the minimum and the critical points of f, each of its kind, and starts of the same values. With n = 2, c = 1 and a quadratic
// it is Rosenbrock's function.
type Bend struct {
	curved

	Curvature float64 `param:"curvature" default:"1" range:"[0,)" doc:"c, how much a valley bends; 0: the wrapped problem"`
}

var (
	_ problems.Builder = (*Bend)(nil)
	_ problems.Forker  = (*Bend)(nil)
)

// Build builds the wrapped problem.
func (b *Bend) Build(env problems.Env) error {
	if err := b.around.Build(env); err != nil || b.Curvature == 0 {
		return err
	}
	shear := parabolas(b.Curvature)
	if err := b.settle(shear); err != nil {
		return err
	}
	inside := problems.FactsOf(b.Of)
	if b.facts.Minimum != nil {
		for _, y := range inside.Minimum.Points {
			b.facts.Minimum.Points = append(b.facts.Minimum.Points, shear.from(y))
		}
	}
	b.facts.Starts = slices.Clone(inside.Starts)
	for i := range b.facts.Starts {
		start := &b.facts.Starts[i]
		start.X = shear.from(start.X)
		if draw := start.Draw; draw != nil {
			start.Draw = func(x []float64, rng *rand.Rand) {
				draw(x, rng)
				copy(x, shear.from(x))
			}
		}
	}
	for _, c := range inside.Critical {
		b.facts.Critical = append(b.facts.Critical, problems.Critical{X: shear.from(c.X), Kind: c.Kind})
	}
	return nil
}

// Fork has its own scratch.
func (b *Bend) Fork() problems.Problem {
	fork := *b
	fork.curved = b.fork()
	return &fork
}

// parabolas subtracts c·xᵢ² from the variable half of all places later.
type parabolas float64

func (c parabolas) to(y, u []float64) {
	copy(y, u)
	h := len(u) / 2
	for i := range h {
		y[i+h] -= float64(float64(c) * u[i] * u[i])
	}
}

// from is the u of a y.
func (c parabolas) from(y []float64) []float64 {
	u := make([]float64, len(y))
	copy(u, y)
	h := len(u) / 2
	for i := range h {
		u[i+h] += float64(float64(c) * y[i] * y[i])
	}
	return u
}

func (c parabolas) along(u, v []float64) {
	h := len(u) / 2
	for i := range h {
		v[i+h] -= float64(2 * float64(c) * u[i] * v[i])
	}
}

func (c parabolas) back(u, g []float64) {
	h := len(u) / 2
	for i := range h {
		g[i] -= float64(2 * float64(c) * u[i] * g[i+h])
	}
}

func (c parabolas) second(u, g, d []float64) {
	clear(d)
	h := len(u) / 2
	for i := range h {
		d[i] = -2 * float64(c) * g[i+h]
	}
}
