package adaptive

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Sophia divides the running mean of the gradient by one of the Hessian's diagonal, and cuts what
// is longer than one (Liu, Li, Hall, Liang & Ma 2024, arXiv:2305.14342, algorithm 3, with
// Hutchinson's estimate, algorithm 1):
//
//	every k steps, at first too: h ← β₂h + (1 − β₂)·u∘(∇²f(x)u),  u standard normal,
//	m ← β₁m + (1 − β₁)g,  x ← x − lr·(clip(m/max(γh, ε), 1) + λx).
//
// An estimate costs a Hessian product, which is counted. Where the curvature is not positive the
// step is that of signum.
type Sophia struct {
	LR    length    `param:"lr" default:"0.001" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate: the longest step of a coordinate"`
	Betas []float64 `param:"betas" default:"[0.96, 0.99]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁, β₂: decay rates of the running means of gradient and Hessian diagonal"`
	Gamma float64   `param:"gamma" default:"0.01" range:"(0,)" doc:"γ, factor of the curvature"`
	Eps   float64   `param:"eps" default:"1e-12" range:"[0,)" doc:"ε, least denominator"`
	Every int       `param:"every" default:"10" range:"[1,)" doc:"steps from one estimate of the diagonal to the next"`
	Decay float64   `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the decoupled weight decay"`
	methods.FirstOrder

	oracle        *oracle
	rng           *rand.Rand
	m, h, u, prod []float64
	k             int
	failed        error
}

var (
	_ methods.Method  = (*Sophia)(nil)
	_ problems.Random = (*Sophia)(nil)
)

func init() {
	methods.Register("sophia", methods.Info{
		Summary: "a clipped step by a running estimate of the Hessian's diagonal",
		Formula: "h ← β₂h + (1−β₂)u∘(∇²f·u) every k steps, m ← β₁m + (1−β₁)g, x ← x − lr(clip(m/max(γh, ε), 1) + λx)",
		Source:  "Liu, Li, Hall, Liang & Ma 2024, Sophia: a scalable stochastic second-order optimizer for language model pre-training, ICLR, algorithms 1 and 3",
		DOI:     "10.48550/arXiv.2305.14342",
		Family:  "sign",
	}, func() methods.Method { return new(Sophia) })
}

func (*Sophia) whole() {} // Hessian products are of all variables

// Random reports that repeats differ.
func (*Sophia) Random() bool { return true }

// Validate asks for two betas.
func (s *Sophia) Validate() error { return pair("betas", s.Betas) }

// Needs Hessian products.
func (*Sophia) Needs() []problems.Need { return []problems.Need{problems.NeedsHessianProduct} }

// Init needs Hessian products.
func (s *Sophia) Init(o *oracle, at *iterate) error {
	if err := o.NeedHessianProduct(); err != nil {
		return err
	}
	n := len(at.X)
	s.oracle, s.rng, s.k = o, o.Rand(), 0
	s.m, s.h, s.u, s.prod = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	return s.Begin(o, at)
}

// Step makes one update.
func (s *Sophia) Step(at *iterate) error {
	if err := s.Advance(at, s); err != nil {
		return err
	}
	return s.failed
}

// Update is the rule.
func (s *Sophia) Update(x, g []float64) float64 {
	if s.k%s.Every == 0 {
		s.estimate(x)
	}
	s.k++
	for i := range x {
		s.m[i] = blend(s.Betas[0], s.m[i], g[i])
		step := scaled(s.m[i], math.Max(float64(s.Gamma*s.h[i]), s.Eps))
		step = math.Max(-1, math.Min(1, step))
		x[i] -= float64(s.LR.Value * (step + float64(s.Decay*x[i])))
	}
	return math.NaN()
}

// estimate takes one sample of the diagonal into its mean.
func (s *Sophia) estimate(x []float64) {
	for i := range s.u {
		s.u[i] = random.Normal(s.rng)
	}
	if s.failed = s.oracle.HessianProduct(x, s.u, s.prod); s.failed != nil {
		return
	}
	for i, u := range s.u {
		s.h[i] = blend(s.Betas[1], s.h[i], u*s.prod[i])
	}
}

// Units of x do not exist: a step is cut at 1. Those of f cancel, but for curvatures that are
// smaller than ε, which is so small that it only avoids a division by 0.
func (s *Sophia) Units() methods.Units {
	return methods.Units{Variables: methods.Never}.Times(methods.LengthUnits(s.LR))
}
