package reduction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// SAG follows the mean of the most recent gradient of every sample, one of them renewed in each
// step (Schmidt, Le Roux & Bach 2017, doi:10.1007/s10107-016-1030-6):
//
//	φᵢ ← ∇fᵢ(x),  x ← x − lr·(1/m)Σφⱼ.
//
// The mean is biased, with less variance than SAGA's. The table starts with the gradients
// at x₀, which costs m samples.
type SAG struct {
	LR length `param:"lr" default:"1/(16*Lmax)" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`

	table
}

var (
	_ methods.Method  = (*SAG)(nil)
	_ problems.Random = (*SAG)(nil)
)

func init() {
	methods.Register("sag", methods.Info{
		Summary: "mean of the most recent gradient of every sample",
		Formula: "φᵢ ← ∇fᵢ(x), x ← x − lr·(1/m)Σφⱼ",
		Source:  "Schmidt, Le Roux & Bach 2017, Minimizing finite sums with the stochastic average gradient, Math. Program. 162:83–112",
		DOI:     "10.1007/s10107-016-1030-6",
		Family:  "variance reduction",
	}, func() methods.Method { return new(SAG) })
}

// Init fills the table at the start.
func (s *SAG) Init(o *oracle, at *iterate) error { return s.begin(o, at) }

// Step renews one gradient, or a batch of them, and follows the mean.
func (s *SAG) Step(at *iterate) error {
	samples := s.next()
	if err := s.look(at.X, samples); err != nil {
		return err
	}
	s.remember(samples)
	vec.AddScaled(at.X, at.X, -s.LR.Value, s.mean)
	moved(at, s.LR.Value)
	return nil
}

// Units are those of ∇f times the learning rate.
func (s *SAG) Units() methods.Units { return methods.GradientUnits.Times(methods.LengthUnits(s.LR)) }
