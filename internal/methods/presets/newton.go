package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// Newton is the pure Newton method: the full Newton step, always. Near a minimizer with
// a regular Hessian it converges quadratically; far from one it may do anything, and
// with indefinite: none it is drawn to saddles and maxima too.
type Newton struct {
	direction.Newton
}

// DampedNewton is Newton's method with backtracking (Boyd & Vandenberghe 2004,
// algorithm 9.5). On a function that is not convex choose a treatment of indefinite
// Hessians, or it stalls where the Newton direction points uphill.
type DampedNewton struct {
	direction.Newton
	step.Backtracking
}

var (
	_ methods.Preset = (*Newton)(nil)
	_ methods.Preset = (*DampedNewton)(nil)
)

func init() {
	methods.RegisterPreset("newton", methods.Info{
		Summary: "Newton's method with the full step",
		Formula: "x⁺ = x − ∇²f(x)⁻¹∇f(x)",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, §9.5; Nocedal & Wright 2006, theorem 3.5",
		DOI:     "10.1017/CBO9780511804441",
		Family:  "newton",
	}, func() methods.Preset { return new(Newton) })
	methods.RegisterPreset("damped-newton", methods.Info{
		Summary: "Newton's method with a backtracking line search",
		Formula: "x⁺ = x − t·∇²f(x)⁻¹∇f(x)",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, algorithm 9.5",
		DOI:     "10.1017/CBO9780511804441",
		Family:  "newton",
	}, func() methods.Preset { return new(DampedNewton) })
}

// Method returns the descent that the preset is short for.
func (p *Newton) Method() methods.Method {
	return &methods.Descent{Direction: &p.Newton, Rule: &step.Fixed{T: param.NewLength(1)}}
}

// Method returns the descent that the preset is short for.
func (p *DampedNewton) Method() methods.Method {
	return &methods.Descent{Direction: &p.Newton, Rule: &p.Backtracking}
}
