package wrappers

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("scale", problems.Info{
		Summary: "a problem in badly scaled variables, or in other units",
		Formula: "value·f(Dx), D = diag(d) from 1 to ratio, evenly in the logarithm",
		Source:  "N. Hansen et al., Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions, INRIA RR-6829, 2009",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Scale) })
}

// Scale is g(x) = value·f(Dx). The constants of f give bounds for those of g: L grows by at
// most value·max d², μ shrinks by at most value·min d². Where all d are equal, g is f in
// other units, and the constants are exact.
type Scale struct {
	affine

	Ratio   float64   `param:"ratio" default:"1000" range:"[1,)" doc:"ratio of the largest factor to the smallest, which is 1"`
	Factors []float64 `param:"factors" default:"none" doc:"the factors d, n numbers that are not zero; none: by ratio"`
	Value   float64   `param:"value" default:"1" range:"(0,)" doc:"factor of f"`
}

var (
	_ problems.Builder = (*Scale)(nil)
	_ problems.Forker  = (*Scale)(nil)
)

// Validate refuses a factor zero, which would flatten the problem.
func (s *Scale) Validate() error {
	if slices.Contains(s.Factors, 0) {
		return errors.New("factors contains 0; expected numbers that are not zero")
	}
	return nil
}

// Build builds the wrapped problem.
func (s *Scale) Build(env problems.Env) error {
	if err := s.around.Build(env); err != nil {
		return err
	}
	n := s.Of.Dim()
	d := factors(slices.Clone(s.Factors))
	switch {
	case d == nil:
		d = make(factors, n)
		for i := range d {
			d[i] = elementary.Pow(s.Ratio, float64(i)/float64(max(n-1, 1)))
		}
	case len(d) != n:
		return fmt.Errorf("scale: factors has %d entries for a problem in %d variables", len(d), n)
	}
	s.matrix = d
	least, greatest := math.Inf(1), 0.0
	for _, t := range d {
		least, greatest = min(least, math.Abs(t)), max(greatest, math.Abs(t))
	}
	if s.composite != nil && slices.ContainsFunc(d, func(t float64) bool { return t != d[0] }) {
		return errors.New("scale: the wrapped problem has a proximal operator, which has a closed form only where all variables have the same factor")
	}
	s.settle(least, greatest)
	s.facts = s.inUnits(s.facts, problems.FactsOf(s.Of), d)
	return nil
}

// Fork has its own scratch.
func (s *Scale) Fork() problems.Problem {
	fork := *s
	fork.affine = s.fork()
	return &fork
}

// factors is a diagonal matrix.
type factors []float64

func (d factors) apply(x []float64) {
	for i, t := range d {
		x[i] *= t
	}
}

func (d factors) transpose(x []float64) { d.apply(x) }

func (d factors) inverse(x []float64) {
	for i, t := range d {
		x[i] /= t
	}
}
