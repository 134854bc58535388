package wrappers

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("shift", problems.Info{
		Summary: "a problem shifted away from the origin, where many optima lie and weight decay has an unfair advantage",
		Formula: "f(x − c)",
		Source:  "N. Hansen et al., Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions, INRIA RR-6829, 2009",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Shift) })
}

// Shift is g(x) = f(x − c): minimizers, critical points and starts move by c.
type Shift struct {
	affine

	By       []float64 `param:"by" default:"none" doc:"c; none: drawn at random"`
	Spread   float64   `param:"spread" default:"1" range:"[0,)" doc:"standard deviation of each coordinate of a random c"`
	Instance int       `param:"instance" default:"0" range:"[0,)" doc:"index of the random c; a list of numbers makes a grid of instances"`
}

var (
	_ problems.Builder = (*Shift)(nil)
	_ problems.Forker  = (*Shift)(nil)
)

// Build builds the wrapped problem, and draws c.
func (s *Shift) Build(env problems.Env) error {
	if err := s.around.Build(env); err != nil {
		return err
	}
	n := s.Of.Dim()
	switch {
	case s.By == nil:
		rng := stream(env, "shift", n, s.Instance)
		s.centre = make([]float64, n)
		for i := range s.centre {
			s.centre[i] = s.Spread * random.Normal(rng)
		}
	case len(s.By) != n:
		return fmt.Errorf("shift: by has %d entries for a problem in %d variables", len(s.By), n)
	default:
		s.centre = s.By
	}
	s.settle(1, 1)
	return nil
}

// Fork has its own scratch.
func (s *Shift) Fork() problems.Problem {
	fork := *s
	fork.affine = s.fork()
	return &fork
}
