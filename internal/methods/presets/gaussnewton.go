package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// GaussNewton is the Gauss–Newton method with a line search, for f = ½‖r(x)‖².
type GaussNewton struct {
	direction.GaussNewton
	Rule methods.StepRule `param:"step" default:"backtracking" doc:"rule for the step length t"`
}

var _ methods.Preset = (*GaussNewton)(nil)

func init() {
	methods.RegisterPreset("gauss-newton", methods.Info{
		Summary: "the Gauss–Newton method with a line search, for least squares",
		Formula: "x⁺ = x + tΔx, Δx = argmin ‖J(x)v + r(x)‖²",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, §10.3",
		DOI:     "10.1007/978-0-387-40065-5",
	}, func() methods.Preset { return new(GaussNewton) })
}

// Method returns the descent that the preset is short for.
func (p *GaussNewton) Method() methods.Method {
	return &methods.Descent{Direction: &p.GaussNewton, Rule: p.Rule}
}
