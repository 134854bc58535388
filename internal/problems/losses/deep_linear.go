package losses

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

// DeepLinear is f(w) = ½(w₁w₂⋯w_D − t)²: the chain of linear units, in which all that
// depth does to a descent can be worked out. 0 is a saddle whose Hessian vanishes from
// D = 3 on; at the balanced minimum the sharpness is D·t^(2−2/D).
type DeepLinear struct {
	Depth  int     `param:"depth" default:"4" range:"[2,10000]" doc:"number D of layers"`
	Target float64 `param:"target" default:"1" range:"(0,)" doc:"t, the product to reach"`
	chain
}

var _ problems.Builder = (*DeepLinear)(nil)

func init() {
	problems.Register("deep-linear", problems.Info{
		Summary: "a product of weights fitted to a target: a network of linear units",
		Formula: "f(w) = ½(w₁w₂⋯w_D − t)²",
		Source:  "A. M. Saxe, J. L. McClelland & S. Ganguli 2014, International Conference on Learning Representations, arXiv:1312.6120",
		Aliases: []string{"deep-linear-chain"}, Family: "network",
	}, func() problems.Problem { return new(DeepLinear) })
}

// Build states the facts.
func (p *DeepLinear) Build(problems.Env) error {
	p.build(activations["identity"], p.Depth, p.Target, 0.5)
	balanced := make([]float64, p.Depth)
	for k := range balanced {
		balanced[k] = elementary.Pow(p.Target, 1/float64(p.Depth))
	}
	origin := problems.Critical{X: make([]float64, p.Depth), Kind: problems.Degenerate}
	if p.Depth == 2 {
		origin.Kind = problems.Saddle
	}
	p.facts.Critical = []problems.Critical{{X: balanced, Kind: problems.GlobalMinimum}, origin}
	return nil
}
