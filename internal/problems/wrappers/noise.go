package wrappers

import (
	"errors"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("noise", problems.Info{
		Summary: "a problem whose values and gradients reach the method with noise, which stays the same until the next batch",
		Formula: "f(x) + σᵥε and m∘∇f(x) + σ_g z, or f(x)(1 + σᵥε) and m∘∇f(x)∘(1 + σ_g z); ε, zᵢ standard normal times u^(−δ), u uniform; mᵢ = 1 + ω with probability 1/(1 + ω), otherwise 0",
		Source:  "H. Robbins and S. Monro, A stochastic approximation method, Ann. Math. Stat. 22, 1951",
		DOI:     "10.1214/aoms/1177729586",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Noise) })
}

// Noise is a problem with a noisy oracle. The function is the one inside: observers, and
// the facts, see it as it is.
type Noise struct {
	around

	Value    float64 `param:"value" default:"0" range:"[0,)" doc:"standard deviation σᵥ of the noise on values"`
	Gradient float64 `param:"gradient" default:"0" range:"[0,)" doc:"standard deviation σ_g of the noise on each coordinate of gradients"`
	Kind     string  `param:"kind" default:"additive" oneof:"additive multiplicative" doc:"how the noise is applied: added to the value, or multiplied as 1 + noise"`
	Tail     float64 `param:"tail" default:"0" range:"[0,2]" later:"true" doc:"δ: how heavy the tails are. All errors of a step are multiplied by u^(−δ), u uniform in (0, 1], which gives slash distributions (Rogers and Tukey 1972): no variance from 1/2, no mean from 1; 0: normal"`
	Sparsity float64 `param:"sparsity" default:"0" range:"[0,)" later:"true" doc:"ω: each entry of a gradient is seen with probability 1/(1 + ω), multiplied by 1 + ω, and is otherwise 0. The mean is the gradient, and the variance ω times the square of each entry, as in random sparsification (Wangni et al. 2018, arXiv:1710.09854); 0: all are seen"`
}

var (
	_ problems.Builder = (*Noise)(nil)
	_ problems.Forker  = (*Noise)(nil)
)

// Validate refuses noise on noise, which has no meaning beyond a larger noise.
func (n *Noise) Validate() error {
	if problems.NoiseOf(n.Of).Some() {
		return errors.New("the wrapped problem is already noisy; set its own noise instead")
	}
	return nil
}

// Noise is what the oracle adds.
func (n *Noise) Noise() problems.Noise {
	return problems.Noise{Value: n.Value, Gradient: n.Gradient, Relative: n.Kind == "multiplicative", Tail: n.Tail, Sparsity: n.Sparsity}
}

// Fork is around a fork.
func (n *Noise) Fork() problems.Problem {
	fork := *n
	fork.valued = n.forked()
	return &fork
}
