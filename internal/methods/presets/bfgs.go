package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// BFGS is the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a line
// search for the strong Wolfe conditions (Nocedal & Wright 2006, algorithm 6.1).
type BFGS struct {
	direction.BFGS
	Rule methods.StepRule `param:"step" default:"{name: strong-wolfe, guess: scaled}" doc:"rule for the step length t"`
}

var _ methods.Preset = (*BFGS)(nil)

func init() {
	methods.RegisterPreset("bfgs", methods.Info{
		Summary: "the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno",
		Formula: "x⁺ = x − t·H∇f(x), H⁺ = (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, algorithm 6.1",
		DOI:     "10.1007/978-0-387-40065-5",
	}, func() methods.Preset { return new(BFGS) })
}

// Method returns the descent that the preset is short for.
func (p *BFGS) Method() methods.Method {
	return &methods.Descent{Direction: &p.BFGS, Rule: p.Rule}
}
