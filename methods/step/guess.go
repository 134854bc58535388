package step

import "math"

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

func (g *Guess) reset() { g.lastT = 0 }

// first is the trial that a line search begins with.
func (g *Guess) first(l *line) float64 {
	if g.lastT == 0 {
		return g.Initial
	}
	t := g.Initial
	switch g.Rule {
	case "previous":
		t = g.lastT
	case "longer":
		t = 2 * g.lastT
	case "slope":
		t = g.lastT * (g.lastSlope / l.slope)
	case "quadratic":
		t = math.Min(g.Initial, 2.02*(l.f-g.lastF)/l.slope)
	}
	if !(t > 0) || math.IsInf(t, 0) {
		return g.Initial
	}
	return t
}

// took remembers an accepted step.
func (g *Guess) took(t float64, l *line) { g.lastT, g.lastF, g.lastSlope = t, l.f, l.slope }
