package step

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// search is what the line searches with a first guess have in common.
type search struct {
	Guess
	line
}

func (s *search) Init(o *methods.Oracle) error {
	s.oracle = o
	s.lastT = 0
	return nil
}

// Guess is where a line search looks first:
//
//	initial    always the same t
//	previous   the last accepted t
//	longer     twice the last accepted t, so that it can grow again
//	slope      the last t·φ′₋₁(0)/φ′(0): the same first-order change as the last step
//	quadratic  2.02·(f(x) − f(x₋₁))/φ′(0), at most `initial`: the last decrease again
//
// The first step of a run is always `initial`.
//
// Source: Nocedal & Wright 2006, Numerical Optimization, §3.5, doi:10.1007/978-0-387-40065-5.
type Guess struct {
	Initial float64 `param:"initial" default:"1" range:"(0,)" doc:"first trial step"`
	Rule    string  `param:"guess" default:"initial" oneof:"initial previous longer slope quadratic" doc:"where later line searches start"`

	lastT, lastF, lastSlope float64 // the last accepted step, and φ(0), φ′(0) then; lastT = 0 before any
}

// first is the trial that a line search begins with.
func (s *search) first() float64 {
	if s.lastT == 0 {
		return s.Initial
	}
	t := s.Initial
	switch s.Rule {
	case "previous":
		t = s.lastT
	case "longer":
		t = 2 * s.lastT
	case "slope":
		t = s.lastT * (s.lastSlope / s.slope)
	case "quadratic":
		t = math.Min(s.Initial, 2.02*(s.f-s.lastF)/s.slope)
	}
	if !(t > 0) || math.IsInf(t, 0) {
		return s.Initial
	}
	return t
}

// took remembers an accepted step.
func (s *search) took(t float64) { s.lastT, s.lastF, s.lastSlope = t, s.f, s.slope }

// Units are none: the first trial of a run is a number.
func (*Guess) Units() methods.Units { return methods.Units{} }
