package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Prodigy is Adam with an estimate d of the distance to a minimizer in the place of a learning
// rate (Mishchenko & Defazio 2024, arXiv:2306.06101, algorithm 4), with γ = lr·d:
//
//	r ← √β₂·r + (d/d0)γ·gᵀ(x₀ − x),  s ← √β₂·s + (d/d0)γ·g,  d ← max(d, d_coef·r/‖s‖₁),
//	m ← β₁m + (1 − β₁)d·g,  v ← β₂v + (1 − β₂)d²g²,
//	x ← x − γ·(m/(√v + dε) + λx),
//
// γ, m and v with the d before the step, dε with that after it. Names, defaults and order are
// those of the authors' code.
type Prodigy struct {
	LR    length    `param:"lr" default:"1" range:"(0,)" space:"{loguniform: [0.1, 10]}" doc:"factor of the estimated step"`
	Betas []float64 `param:"betas" default:"[0.9, 0.999]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁, β₂: decay rates of the running means of gradient and squared gradient"`
	Eps   float64   `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the denominator"`
	Decay float64   `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the decoupled weight decay"`
	D0    float64   `param:"d0" default:"1e-6" range:"(0,)" doc:"first estimate of the distance"`
	DCoef float64   `param:"d_coef" default:"1" range:"(0,)" doc:"factor of the estimates"`
	methods.FirstOrder

	start, m, v, s []float64
	d, r           float64
}

var _ methods.Method = (*Prodigy)(nil)

func init() {
	methods.Register("prodigy", methods.Info{
		Summary: "Adam with an estimate of the distance to a minimizer as its learning rate",
		Formula: "d ← max(d, d_coef·r/‖s‖₁), x ← x − lr·d·(m/(√v + dε) + λx); r and s running sums of d²gᵀ(x₀ − x) and d²g",
		Source:  "Mishchenko & Defazio 2024, Prodigy: an expeditiously adaptive parameter-free learner, ICML, PMLR 235, 35779–35804",
		DOI:     "10.48550/arXiv.2306.06101",
		Family:  "adam",
	}, func() methods.Method { return new(Prodigy) })
}

// Validate asks for two betas.
func (p *Prodigy) Validate() error { return pair("betas", p.Betas) }

// Init remembers the start.
func (p *Prodigy) Init(o *oracle, at *iterate) error {
	n := len(at.X)
	p.start = append([]float64(nil), at.X...)
	p.m, p.v, p.s = make([]float64, n), make([]float64, n), make([]float64, n)
	p.d, p.r = p.D0, 0
	return p.Begin(o, at)
}

// Step makes one update.
func (p *Prodigy) Step(at *iterate) error { return p.Advance(at, p) }

// Update is the rule.
func (p *Prodigy) Update(x, g []float64) float64 {
	d, gamma := p.d, p.LR.Value*p.d
	share, root := d/p.D0*gamma, math.Sqrt(p.Betas[1])
	var along, norm float64
	for i, v := range g {
		along += float64(v * (p.start[i] - x[i]))
		p.m[i] = float64(p.Betas[0]*p.m[i]) + float64(d*(1-p.Betas[0])*v)
		p.v[i] = float64(p.Betas[1]*p.v[i]) + float64(d*d*(1-p.Betas[1])*v*v)
		p.s[i] = float64(root*p.s[i]) + float64(share*v)
		norm += math.Abs(p.s[i])
	}
	p.r = float64(root*p.r) + float64(share*along)
	if norm == 0 { // no gradient yet
		return 0
	}
	p.d = math.Max(d, p.DCoef*p.r/norm)
	for i := range x {
		x[i] -= float64(gamma*p.Decay*x[i]) + scaled(gamma*p.m[i], math.Sqrt(p.v[i])+float64(p.d*p.Eps))
	}
	return math.NaN()
}

// Units of x do not exist: the first distance is a number. Those of f cancel, unless ε is added to
// a gradient.
func (p *Prodigy) Units() methods.Units {
	if p.Eps != 0 {
		return absolute
	}
	return methods.Units{Variables: methods.Never}.Times(methods.LengthUnits(p.LR))
}
