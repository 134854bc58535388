package wrappers

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("fold", problems.Info{
		Summary: "a problem folded along each axis: a second valley as deep behind a ridge, with saddles on it",
		Formula: "f(Φ(x)), Φᵢ(x) = xᵢ* + (√2/d)(√((1 + d·s)² + 1) − √2), s = xᵢ − xᵢ*: the ridge is at s = −1/d, the other valley at −2/d",
		Source:  "Y. N. Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional non-convex optimization, NeurIPS 27, 2014",
		DOI:     "10.48550/arXiv.1406.2572",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Fold) })
}

// Fold is g(x) = f(Φ(x)) with Φ even about a ridge in each variable. f* is attained at x*, near which g
// is f to first order in Φ, and at each of its mirror images. Along a convex separable f each
// variable has a maximum on its ridge, so that there are 3ⁿ critical points, of which 2ⁿ are global
// minimizers, one is a maximum and all others are saddles; the curvature across a ridge is −0.83 times
// that of a quadratic f, at any distance. The standard start is on the ridges of the first half of the
// variables: from a normal start around it of scale σ a descent has to leave a saddle, in a time like ln(1/σ)
// (Du et al. 2017, doi:10.48550/arXiv.1705.10412).
type Fold struct {
	curved

	Near float64 `param:"near" default:"1" range:"[0,)" doc:"d: the ridge is 1/d away from the minimizer in each variable; 0: the wrapped problem"`
}

var (
	_ problems.Builder = (*Fold)(nil)
	_ problems.Forker  = (*Fold)(nil)
)

// mostImages is how many mirror images of a minimizer are listed.
const mostImages = 64

// Build builds the wrapped problem.
func (f *Fold) Build(env problems.Env) error {
	if err := f.around.Build(env); err != nil || f.Near == 0 {
		return err
	}
	centre, err := minimizer(f.Of)
	if err != nil {
		return err
	}
	if err := f.settle(byCoordinate{ridges{f.Near, centre}}); err != nil {
		return err
	}
	if problems.FactsOf(f.Of).Convexity == problems.StronglyConvex {
		f.facts.Convexity = problems.Nonconvex // between two minimizers there is a ridge
	}
	f.facts.Starts = append([]problems.Start{f.saddle(centre)}, f.facts.Starts...)
	n := len(centre)
	if n >= 62 || 1<<n > mostImages {
		return nil
	}
	for mask := range 1 << n {
		image := append([]float64(nil), centre...)
		for i := range image {
			if mask>>i&1 == 1 {
				image[i] -= 2 / f.Near
			}
		}
		f.facts.Minimum.Points = append(f.facts.Minimum.Points, image)
	}
	return nil
}

// saddle is the standard start: on the ridges of the first half of the variables, and otherwise at that of the
// wrapped problem, whose start keeps its place under another name.
func (f *Fold) saddle(centre []float64) problems.Start {
	x := make([]float64, len(centre))
	if inside := problems.FactsOf(f.Of).Starts; len(inside) > 0 {
		copy(x, inside[0].X)
		f.facts.Starts = slices.Clone(inside)
		f.facts.Starts[0].Name = "unfolded"
	}
	for i := range (len(x) + 1) / 2 {
		x[i] = centre[i] - 1/f.Near
	}
	return problems.Start{Name: problems.StandardStart, X: x, Source: "on the ridges of the first half of the variables"}
}

// Fork has its own scratch.
func (f *Fold) Fork() problems.Problem {
	fork := *f
	fork.curved = f.fork()
	return &fork
}

// ridges folds each variable 1/near before its centre.
type ridges struct {
	near   float64
	centre []float64
}

// at is the hyperbola through the centre with slope 1. The difference of the roots is written as a quotient,
// which loses no digits near the centre.
func (r ridges) at(i int, u float64) (value, slope, curvature float64) {
	s := u - r.centre[i]
	moved := float64(r.near * s)
	w := 1 + moved
	root := math.Sqrt(float64(w*w) + 1)
	value = r.centre[i] + float64(math.Sqrt2*s*(2+moved)/(root+math.Sqrt2))
	return value, math.Sqrt2 * w / root, math.Sqrt2 * r.near / (root * root * root)
}
