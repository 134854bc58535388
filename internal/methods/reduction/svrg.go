package reduction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// SVRG corrects the gradient of a sample by what it knows at a snapshot x̃ (Johnson &
// Zhang 2013):
//
//	x ← x − lr·(∇fᵢ(x) − ∇fᵢ(x̃) + ∇f(x̃)).
//
// After `inner` steps the snapshot is renewed, at the last inner point or, as in the
// theorem, at one of the points x₀ … x_{inner−1} drawn uniformly; the descent goes on from
// there. One iteration is one inner step: two gradients of a sample, none at the snapshot
// itself, and at the beginning of each round the full gradient.
//
// Within a round the iterate shows the inner point; at its end, the new snapshot.
type SVRG struct {
	LR       length `param:"lr" default:"0.1/Lmax" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	Inner    int    `param:"inner" default:"0" range:"[0,)" doc:"steps between snapshots; 0: twice the number of samples"`
	Snapshot string `param:"snapshot" default:"last" oneof:"last random" doc:"which point of a round becomes the next snapshot"`

	anchor
	candidate []float64 // the random point of this round
	chosen    int       // its number
	steps     int       // since the snapshot
}

var (
	_ methods.Method  = (*SVRG)(nil)
	_ problems.Random = (*SVRG)(nil)
)

func init() {
	methods.Register("svrg", methods.Info{
		Summary: "stochastic gradients corrected by the full gradient at a snapshot",
		Formula: "x ← x − lr·(∇fᵢ(x) − ∇fᵢ(x̃) + ∇f(x̃))",
		Source:  "Johnson & Zhang 2013, Accelerating stochastic gradient descent using predictive variance reduction, NIPS 26:315–323",
		Family:  "variance reduction",
	}, func() methods.Method { return new(SVRG) })
}

// Init makes the start the first snapshot; its gradient is evaluated in the first step.
func (s *SVRG) Init(o *oracle, at *iterate) error {
	s.candidate, s.steps = make([]float64, len(at.X)), 0
	return s.begin(o, at)
}

// rounds is the number of inner steps.
func (s *SVRG) rounds() int {
	if s.Inner == 0 {
		return 2 * s.oracle.Samples()
	}
	return s.Inner
}

// Step makes one inner step.
func (s *SVRG) Step(at *iterate) error {
	if s.steps == 0 {
		s.chosen = s.choose()
	}
	if s.steps == s.chosen {
		copy(s.candidate, at.X)
	}
	if err := s.estimate(at.X, s.next()); err != nil {
		return err
	}
	vec.AddScaled(at.X, at.X, -s.LR.Value, s.g)
	if s.steps++; s.steps == s.rounds() {
		s.renew(at.X)
	}
	moved(at, s.LR.Value)
	return nil
}

// choose draws the number of the inner point that becomes the snapshot; −1: the last.
func (s *SVRG) choose() int {
	if s.Snapshot != "random" {
		return -1
	}
	return s.oracle.Rand().IntN(s.rounds())
}

// renew ends a round.
func (s *SVRG) renew(x []float64) {
	if s.chosen >= 0 {
		copy(x, s.candidate)
	}
	s.move(x)
	s.steps = 0
}

// Units are those of ∇f times the learning rate.
func (s *SVRG) Units() methods.Units { return methods.GradientUnits.Times(methods.LengthUnits(s.LR)) }
