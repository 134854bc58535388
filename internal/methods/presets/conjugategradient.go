package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// ConjugateGradient is the nonlinear conjugate gradient method with a line search for the
// strong Wolfe conditions, tight as it needs (Nocedal & Wright 2006, §5.2).
type ConjugateGradient struct {
	direction.ConjugateGradient
	Rule methods.StepRule `param:"step" default:"{name: strong-wolfe, c2: 0.1, guess: scaled-slope}" doc:"rule for the step length t"`
}

var _ methods.Preset = (*ConjugateGradient)(nil)

func init() {
	methods.RegisterPreset("conjugate-gradient", methods.Info{
		Summary: "nonlinear conjugate gradient method with a tight line search",
		Formula: "x⁺ = x + tΔx, Δx = −∇f(x) + β·Δx₋₁",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, §5.2",
		DOI:     "10.1007/978-0-387-40065-5",
	}, func() methods.Preset { return new(ConjugateGradient) })
}

// Method returns the descent that the preset is short for.
func (p *ConjugateGradient) Method() methods.Method {
	return &methods.Descent{Direction: &p.ConjugateGradient, Rule: p.Rule}
}
