package reduction

import (
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// PAGE follows the gradient as SARAH does, and takes the full one by the toss of a coin (Li, Bao,
// Zhang & Richtárik 2021, arXiv:2008.10898, algorithm 1):
//
//	x₊ = x − lr·g,  g₊ = ∇f(x₊) with probability p, otherwise g + ∇fᵢ(x₊) − ∇fᵢ(x).
//
// The default of p is the optimal one of the paper, b/(m + b) for batches of b of m samples.
type PAGE struct {
	LR length  `param:"lr" default:"1/(2*Lmax)" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	P  float64 `param:"p" default:"0" range:"[0,1]" doc:"probability of a full gradient; 0: b/(m + b)"`

	recursive
	begun bool // there is an estimate
}

var (
	_ methods.Method  = (*PAGE)(nil)
	_ problems.Random = (*PAGE)(nil)
)

func init() {
	methods.Register("page", methods.Info{
		Summary: "a gradient estimate that follows x, and is renewed at random",
		Formula: "x₊ = x − lr·g, g₊ = ∇f(x₊) with probability p, otherwise g + ∇fᵢ(x₊) − ∇fᵢ(x)",
		Source:  "Li, Bao, Zhang & Richtárik 2021, PAGE: a simple and optimal probabilistic gradient estimator for nonconvex optimization, ICML, PMLR 139, 6286–6295",
		DOI:     "10.48550/arXiv.2008.10898",
		Family:  "variance reduction",
	}, func() methods.Method { return new(PAGE) })
}

// Init begins with a full gradient.
func (m *PAGE) Init(o *oracle, at *iterate) error {
	m.begun = false
	return m.begin(o, at)
}

// Step makes one step.
func (m *PAGE) Step(at *iterate) error {
	samples := m.next()
	if err := m.follow(at.X, samples, !m.begun || m.renews(float64(len(samples)))); err != nil {
		return err
	}
	m.begun = true
	m.descend(at, m.LR.Value)
	return nil
}

// renews tosses the coin for a batch of so many samples.
func (m *PAGE) renews(batch float64) bool {
	return m.oracle.Rand().Float64() < probability(m.P, batch/(float64(m.oracle.Samples())+batch))
}

// Units are those of ∇f times the learning rate.
func (m *PAGE) Units() methods.Units { return methods.GradientUnits.Times(methods.LengthUnits(m.LR)) }
