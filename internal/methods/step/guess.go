package step

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
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
//	initial       always the same t
//	previous      the last accepted t
//	longer        twice the last accepted t, so that it can grow again
//	slope         the last t·φ′₋₁(0)/φ′(0): the same first-order change as the last step
//	quadratic     2.02·(f(x) − f(x₋₁))/φ′(0), at most `initial`: the last decrease again
//	scaled        `initial` along directions with a length of their own, and along −∇f,
//	              which has none, as scaled-slope
//	scaled-slope  as slope
//
// The first step of a run is `initial`, but with the last two
//
//	0.01·‖x‖∞/‖Δx‖∞, or from x = 0 0.01·|f(x)|/|φ′(0)|
//
// so that a run does not depend on the units of f and x, and a steep start is not left by a
// step that is far too long, to where f is flat.
//
// Sources: Nocedal & Wright 2006, Numerical Optimization, §3.5, doi:10.1007/978-0-387-40065-5;
// the first step of the last two is I0 of Hager & Zhang 2006, Algorithm 851: CG_DESCENT,
// doi:10.1145/1132973.1132979.
type Guess struct {
	Initial float64 `param:"initial" default:"1" range:"(0,)" doc:"first trial step"`
	Rule    string  `param:"guess" default:"initial" oneof:"initial previous longer slope quadratic scaled scaled-slope" doc:"where line searches start; the scaled ones begin a run by changing x by a hundredth of its size"`

	lastT, lastF, lastSlope float64 // the last accepted step, and φ(0), φ′(0) then; lastT = 0 before any
}

// first is the trial that a line search begins with.
func (s *search) first() float64 {
	t := s.Initial
	fromSlope := s.Rule == "scaled-slope" || s.Rule == "scaled" && opposite(s.d, s.at.Grad)
	switch {
	case s.lastT == 0:
		if fromSlope {
			t = s.fraction()
		}
	case fromSlope || s.Rule == "slope":
		t = s.lastT * (s.lastSlope / s.slope)
	case s.Rule == "previous":
		t = s.lastT
	case s.Rule == "longer":
		t = 2 * s.lastT
	case s.Rule == "quadratic":
		t = math.Min(s.Initial, 2.02*(s.f-s.lastF)/s.slope)
	}
	if !(t > 0) || math.IsInf(t, 0) {
		return s.Initial
	}
	return t
}

// fraction is a step that changes x, or else f to first order, by a hundredth of its size.
func (s *search) fraction() float64 {
	if x := vec.MaxAbs(s.at.X); x > 0 {
		return 0.01 * x / vec.MaxAbs(s.d)
	}
	return 0.01 * math.Abs(s.f/s.slope)
}

// opposite reports whether d = −g.
func opposite(d, g []float64) bool {
	for i, v := range g {
		if d[i] != -v {
			return false
		}
	}
	return true
}

// took remembers an accepted step.
func (s *search) took(t float64) { s.lastT, s.lastF, s.lastSlope = t, s.f, s.slope }

// Units are none where the first trial of a run is a number.
func (g *Guess) Units() methods.Units {
	switch g.Rule {
	case "scaled":
		return methods.Units{Value: methods.Settling, Variables: methods.Settling}
	case "scaled-slope":
		return methods.Units{Value: methods.Any, Variables: methods.Any}
	}
	return methods.Units{}
}
