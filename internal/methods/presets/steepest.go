package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// Steepest is steepest descent in a norm with a step rule, backtracking by default
// (Boyd & Vandenberghe 2004, algorithm 9.4).
type Steepest struct {
	direction.Steepest
	Rule methods.StepRule `param:"step" default:"backtracking" doc:"rule for the step length t"`
}

var _ methods.Preset = (*Steepest)(nil)

func init() {
	methods.RegisterPreset("steepest", methods.Info{
		Summary: "steepest descent in the l1, l2, linf, spectral or a quadratic norm",
		Formula: "x⁺ = x + t·‖∇f‖_*·argmin{∇fᵀv : ‖v‖ ≤ 1}",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, algorithm 9.4",
		DOI:     "10.1017/CBO9780511804441",
	}, func() methods.Preset { return new(Steepest) })
}

// Method returns the descent that the preset is short for.
func (p *Steepest) Method() methods.Method {
	return &methods.Descent{Direction: &p.Steepest, Rule: p.Rule}
}
