package presets

import (
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// BarzilaiBorwein is gradient descent with the two-point step of Barzilai & Borwein 1988.
type BarzilaiBorwein struct{ step.BarzilaiBorwein }

// Polyak is gradient descent with the Polyak step, from the minimum in the problem's
// facts (Polyak 1969).
type Polyak struct{ step.Polyak }

// StochasticPolyak is the Polyak step on mini-batches, whose losses are bounded below by
// `bound`, with at most the step `longest` (SPS_max of Loizou et al. 2021).
type StochasticPolyak struct {
	Factor  float64        `param:"factor" default:"2" range:"(0,)" doc:"1/c of the paper: 2 suits strongly convex losses, 1 convex ones"`
	Bound   float64        `param:"bound" default:"0" doc:"lower bound of the loss on every batch"`
	Longest methods.Length `param:"longest" default:"1" range:"(0,)" doc:"γ_b, the longest step"`
}

// StochasticLineSearch is the line search of Armijo on the mini-batch that gave the
// gradient (Vaswani et al. 2019).
type StochasticLineSearch struct{ step.Backtracking }

var (
	_ methods.Preset = (*BarzilaiBorwein)(nil)
	_ methods.Preset = (*Polyak)(nil)
	_ methods.Preset = (*StochasticPolyak)(nil)
	_ methods.Preset = (*StochasticLineSearch)(nil)
)

func init() {
	methods.RegisterPreset("barzilai-borwein", methods.Info{
		Summary: "gradient descent with the two-point step",
		Formula: "x⁺ = x − t∇f(x), t = sᵀs/sᵀy or sᵀy/yᵀy",
		Source:  "Barzilai & Borwein 1988, IMA J. Numer. Anal. 8, 141–148",
		DOI:     "10.1093/imanum/8.1.141",
		Family:  "gradient",
	}, func() methods.Preset { return new(BarzilaiBorwein) })
	methods.RegisterPreset("polyak", methods.Info{
		Summary: "gradient descent with the Polyak step",
		Formula: "x⁺ = x − factor·(f(x) − f*)/‖∇f(x)‖²·∇f(x)",
		Source:  "Polyak 1969, USSR Comput. Math. Math. Phys. 9, 14–29",
		DOI:     "10.1016/0041-5553(69)90061-5",
		Family:  "gradient",
	}, func() methods.Preset { return new(Polyak) })
	methods.RegisterPreset("stochastic-polyak", methods.Info{
		Summary: "the Polyak step on mini-batches",
		Formula: "x⁺ = x − min{factor·(f_B(x) − bound)/‖∇f_B(x)‖², longest}·∇f_B(x)",
		Source:  "Loizou, Vaswani, Laradji & Lacoste-Julien 2021, AISTATS, PMLR 130, 1306–1314, arXiv:2002.10542",
		Aliases: []string{"sps"},
	}, func() methods.Preset { return new(StochasticPolyak) })
	methods.RegisterPreset("stochastic-line-search", methods.Info{
		Summary: "a backtracking line search on the current mini-batch",
		Formula: "f_B(x − t∇f_B) ≤ f_B(x) − α·t·‖∇f_B‖²",
		Source:  "Vaswani, Mishkin, Laradji, Schmidt, Gidel & Lacoste-Julien 2019, Painless stochastic gradient, NeurIPS 32, arXiv:1905.09997",
		Aliases: []string{"sls"},
	}, func() methods.Preset { return new(StochasticLineSearch) })
}

// Method returns the descent that the preset is short for.
func (p *BarzilaiBorwein) Method() methods.Method { return gradient(&p.BarzilaiBorwein) }

// Method returns the descent that the preset is short for.
func (p *Polyak) Method() methods.Method { return gradient(&p.Polyak) }

// Method returns the descent that the preset is short for.
func (p *StochasticPolyak) Method() methods.Method {
	return gradient(&step.Polyak{Factor: p.Factor, Minimum: "known", Bound: p.Bound, Longest: p.Longest})
}

// Method returns the descent that the preset is short for.
func (p *StochasticLineSearch) Method() methods.Method { return gradient(&p.Backtracking) }

func gradient(rule methods.StepRule) methods.Method {
	return &methods.Descent{Direction: new(direction.Gradient), Rule: rule}
}
