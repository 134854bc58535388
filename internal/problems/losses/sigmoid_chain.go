package losses

import "github.com/gdbench/gdbench/problems"

// SigmoidChain is f(w) = ½(h_D − t)² with h_k = σ(w_k·h_{k−1}), h₀ = 1: the network in
// which gradients vanish. |∂f/∂w₁| falls by a factor of |w_k|/4 or more at each layer,
// while f* = 0 is reached by the last weight alone.
type SigmoidChain struct {
	Depth  int     `param:"depth" default:"6" range:"[1,10000]" doc:"number D of layers"`
	Target float64 `param:"target" default:"0.9" range:"(0,1)" doc:"t, the output to reach"`
	chain
}

var _ problems.Builder = (*SigmoidChain)(nil)

func init() {
	problems.Register("sigmoid-chain", problems.Info{
		Summary: "one sigmoid unit per layer: gradients vanish with depth",
		Formula: "f(w) = ½(h_D − t)², h_k = σ(w_k·h_{k−1}), h₀ = 1",
		Source:  "Y. Bengio, P. Simard & P. Frasconi 1994, IEEE Transactions on Neural Networks 5, 157–166",
		DOI:     "10.1109/72.279181",
		Family:  "network",
	}, func() problems.Problem { return new(SigmoidChain) })
}

// Build states the facts.
func (p *SigmoidChain) Build(problems.Env) error {
	p.build(activations["sigmoid"], p.Depth, p.Target, -2)
	return nil
}
