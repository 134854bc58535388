package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// LevenbergMarquardt is the damped Gauss–Newton method for f = ½‖r(x)‖². The full step is
// tried first, and shortened where f does not fall.
type LevenbergMarquardt struct {
	direction.LevenbergMarquardt
	Rule methods.StepRule `param:"step" default:"backtracking" doc:"rule for the step length t"`
}

var _ methods.Preset = (*LevenbergMarquardt)(nil)

func init() {
	methods.RegisterPreset("levenberg-marquardt", methods.Info{
		Summary: "the damped Gauss–Newton method, for least squares",
		Formula: "x⁺ = x + tΔx, (JᵀJ + λD²)Δx = −Jᵀr",
		Source:  "Marquardt 1963, J. SIAM 11, 431–441",
		DOI:     "10.1137/0111030",
	}, func() methods.Preset { return new(LevenbergMarquardt) })
}

// Method returns the descent that the preset is short for.
func (p *LevenbergMarquardt) Method() methods.Method {
	return &methods.Descent{Direction: &p.LevenbergMarquardt, Rule: p.Rule}
}
