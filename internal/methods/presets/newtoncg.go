package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/methods"
)

// NewtonCG is the truncated Newton method with a line search (Nocedal & Wright 2006,
// algorithm 7.1).
type NewtonCG struct {
	direction.NewtonCG
	Rule methods.StepRule `param:"step" default:"backtracking" doc:"rule for the step length t"`
}

var _ methods.Preset = (*NewtonCG)(nil)

func init() {
	methods.RegisterPreset("newton-cg", methods.Info{
		Summary: "truncated Newton method from Hessian products, with a line search",
		Formula: "x⁺ = x + tΔx, ‖∇²f·Δx + ∇f‖ ≤ min(forcing, √‖∇f‖)·‖∇f‖",
		Source:  "Nocedal & Wright 2006, Numerical Optimization, algorithm 7.1",
		DOI:     "10.1007/978-0-387-40065-5",
	}, func() methods.Preset { return new(NewtonCG) })
}

// Method returns the descent that the preset is short for.
func (p *NewtonCG) Method() methods.Method {
	return &methods.Descent{Direction: &p.NewtonCG, Rule: p.Rule}
}
