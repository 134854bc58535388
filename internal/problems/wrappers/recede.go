package wrappers

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("recede", problems.Info{
		Summary: "a problem whose minimizer lies at infinity: f* is an infimum, which no point attains",
		Formula: "f(Φ(x)), Φᵢ(x) = xᵢ* + e^(−xᵢ) for the first k variables, and Φᵢ(x) = xᵢ for the others",
		Source:  "D. Soudry et al., The implicit bias of gradient descent on separable data, J. Mach. Learn. Res. 19, 2018",
		DOI:     "10.48550/arXiv.1710.10345",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Recede) })
}

// Recede is g(x) = f(Φ(x)), with tails as those of logistic losses of separable data. Φ maps into a half
// space on whose edge x* lies, so that inf g = f*, and g falls towards it as the first k variables grow
// without bound: gradient descent with a fixed step needs some 1/ε steps to the gap ε, and one with steps of a
// fixed length some log 1/ε.
type Recede struct {
	curved

	Coordinates int `param:"coordinates" default:"1" range:"[0,)" doc:"k, the number of variables whose minimizer is at infinity; 0: the wrapped problem"`
}

var (
	_ problems.Builder = (*Recede)(nil)
	_ problems.Forker  = (*Recede)(nil)
)

// Build builds the wrapped problem.
func (r *Recede) Build(env problems.Env) error {
	if err := r.around.Build(env); err != nil || r.Coordinates == 0 {
		return err
	}
	if r.Coordinates > r.Dim() {
		return fmt.Errorf("recede: coordinates is %d for a problem in %d variables", r.Coordinates, r.Dim())
	}
	centre, err := minimizer(r.Of)
	if err != nil {
		return err
	}
	if err := r.settle(byCoordinate{tails{r.Coordinates, centre}}); err != nil {
		return err
	}
	r.facts.Minimum.Unattained = true
	r.facts.Notes = append(append([]string(nil), r.facts.Notes...), "the infimum is not attained: f falls towards it as variables grow without bound")
	return nil
}

// Fork has its own scratch.
func (r *Recede) Fork() problems.Problem {
	fork := *r
	fork.curved = r.fork()
	return &fork
}

// tails moves the centre of the first variables to infinity.
type tails struct {
	count  int
	centre []float64
}

func (t tails) at(i int, u float64) (value, slope, curvature float64) {
	if i >= t.count {
		return u, 1, 0
	}
	e := elementary.Exp(-u)
	return t.centre[i] + e, -e, e
}
