package reduction

import (
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// SARAH follows the gradient by its changes along samples (Nguyen, Liu, Scheinberg & Takáč 2017,
// arXiv:1703.00102, algorithm 1):
//
//	v₀ = ∇f(x₀),  vₖ = ∇fᵢ(xₖ) − ∇fᵢ(xₖ₋₁) + vₖ₋₁,  x ← x − lr·v.
//
// A round has `inner` such steps behind the one along the full gradient. The next begins at the last
// point, as in practice, or at one of the points of the round drawn uniformly, as in the theorem.
type SARAH struct {
	LR    length `param:"lr" default:"1/(2*Lmax)" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Inner int    `param:"inner" default:"0" range:"[0,)" doc:"steps between full gradients; 0: the number of samples"`
	Next  string `param:"next" default:"last" oneof:"last random" doc:"which point of a round the next begins at"`

	recursive
	steps     int // since the full gradient
	chosen    int
	candidate []float64
}

var (
	_ methods.Method  = (*SARAH)(nil)
	_ problems.Random = (*SARAH)(nil)
)

func init() {
	methods.Register("sarah", methods.Info{
		Summary: "a gradient estimate that follows x by the changes of sample gradients",
		Formula: "v ← ∇fᵢ(x) − ∇fᵢ(x₋) + v, x ← x − lr·v; v = ∇f(x) at the beginning of each round",
		Source:  "Nguyen, Liu, Scheinberg & Takáč 2017, SARAH: a novel method for machine learning problems using stochastic recursive gradient, ICML, PMLR 70, 2613–2621",
		DOI:     "10.48550/arXiv.1703.00102",
		Family:  "variance reduction",
	}, func() methods.Method { return new(SARAH) })
}

// Init begins the first round.
func (s *SARAH) Init(o *oracle, at *iterate) error {
	s.steps, s.chosen, s.candidate = 0, -1, make([]float64, len(at.X))
	return s.begin(o, at)
}

// round is the number of inner steps.
func (s *SARAH) round() int {
	if s.Inner == 0 {
		return s.oracle.Samples()
	}
	return s.Inner
}

// Step makes one step.
func (s *SARAH) Step(at *iterate) error {
	if s.steps == 0 && s.Next == "random" {
		s.chosen = s.oracle.Rand().IntN(s.round() + 1)
	}
	if s.steps == s.chosen {
		copy(s.candidate, at.X)
	}
	if err := s.follow(at.X, s.next(), s.steps == 0); err != nil {
		return err
	}
	s.descend(at, s.LR.Value)
	if s.steps++; s.steps <= s.round() {
		return nil
	}
	if s.steps = 0; s.Next == "random" {
		copy(at.X, s.candidate)
	}
	return nil
}

// Units are those of ∇f times the learning rate.
func (s *SARAH) Units() methods.Units { return methods.GradientUnits.Times(methods.LengthUnits(s.LR)) }
