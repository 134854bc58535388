package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Signum steps by the sign of a running mean of the gradient (Bernstein, Wang, Azizzadenesheli &
// Anandkumar 2018, arXiv:1802.04434, algorithm 2); with momentum 0 it is the sign descent of
// algorithm 1:
//
//	m ← momentum·m + (1 − momentum)·g,  x ← x − lr·sign(m).
type Signum struct {
	LR       length  `param:"lr" default:"0.0001" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate: the step of every coordinate"`
	Momentum float64 `param:"momentum" default:"0.9" range:"[0,1)" space:"{oneminus-log: [1e-2, 0.5]}" doc:"decay rate of the running mean"`
	methods.FirstOrder

	m []float64
}

var _ methods.Method = (*Signum)(nil)

func init() {
	methods.Register("signum", methods.Info{
		Summary: "the sign of a running mean of the gradient",
		Formula: "m ← momentum·m + (1 − momentum)·g, x ← x − lr·sign(m)",
		Source:  "Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD: compressed optimisation for non-convex problems, ICML, PMLR 80, 560–569",
		DOI:     "10.48550/arXiv.1802.04434",
		Family:  "sign",
	}, func() methods.Method { return new(Signum) })
}

// Init puts the mean to zero.
func (s *Signum) Init(o *oracle, at *iterate) error {
	s.m = make([]float64, len(at.X))
	return s.Begin(o, at)
}

// Step makes one update.
func (s *Signum) Step(at *iterate) error { return s.Advance(at, s) }

// Update is the rule.
func (s *Signum) Update(x, g []float64) float64 {
	for i := range x {
		s.m[i] = blend(s.Momentum, s.m[i], g[i])
		x[i] -= float64(s.LR.Value * sign(s.m[i]))
	}
	return math.NaN()
}

// Units are those of the learning rate: a sign has none.
func (s *Signum) Units() methods.Units { return methods.LengthUnits(s.LR) }
