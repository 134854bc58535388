package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// LBFGS is the limited-memory BFGS method with a line search for the strong Wolfe
// conditions (Liu & Nocedal 1989).
type LBFGS struct {
	direction.LBFGS
	Rule methods.StepRule `param:"step" default:"{name: strong-wolfe, guess: scaled}" doc:"rule for the step length t"`
}

var _ methods.Preset = (*LBFGS)(nil)

func init() {
	methods.RegisterPreset("lbfgs", methods.Info{
		Summary: "limited-memory BFGS with a line search",
		Formula: "x⁺ = x − t·H∇f(x), H from the last pairs sₖ, yₖ",
		Source:  "Liu & Nocedal 1989, Math. Program. 45, 503–528",
		DOI:     "10.1007/BF01589116",
	}, func() methods.Preset { return new(LBFGS) })
}

// Method returns the descent that the preset is short for.
func (p *LBFGS) Method() methods.Method {
	return &methods.Descent{Direction: &p.LBFGS, Rule: p.Rule}
}
