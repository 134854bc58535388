//go:build !playground

package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Shampoo is AdaGrad with a matrix on each side of a matrix's gradient G, instead of one for all
// its entries (Gupta, Koren & Singer 2018, algorithm 1, doi:10.48550/arXiv.1802.09568):
//
//	L ← L + GGᵀ,  R ← R + GᵀG, from εI,
//	M ← βM + G,  W ← W − lr·L^(−1/4)·M·R^(−1/4).
//
// The roots are computed every so many steps, of eigenvectors. Defaults are those of the authors'
// code for TensorFlow, which has no momentum. The other variables are the companion's.
type Shampoo struct {
	LR       length  `param:"lr" default:"1" range:"(0,)" space:"{loguniform: [1e-3, 100]}" doc:"learning rate"`
	Momentum float64 `param:"momentum" default:"0" range:"[0,1)" doc:"β, decay rate of the sum of gradients"`
	Eps      float64 `param:"eps" default:"1e-4" range:"(0,)" doc:"ε: L and R begin as εI"`
	Every    int     `param:"precondition_frequency" default:"1" range:"[1,)" doc:"steps from one computation of the roots to the next"`
	Companion
	methods.FirstOrder

	k     int
	m     []float64 // of the matrices one after another; nil without momentum
	sides []kronecker
	room  workspace
}

var _ methods.Method = (*Shampoo)(nil)

func init() {
	methods.Register("shampoo", methods.Info{
		Summary: "AdaGrad for matrices: the gradient between inverse roots of the sums of GGᵀ and GᵀG",
		Formula: "L ← L + GGᵀ, R ← R + GᵀG, M ← βM + G, W ← W − lr·L^(−1/4)·M·R^(−1/4)",
		Source:  "Gupta, Koren & Singer 2018, Shampoo: preconditioned stochastic tensor optimization, ICML, algorithm 1",
		DOI:     "10.48550/arXiv.1802.09568",
		Family:  "spectral",
	}, func() methods.Method { return new(Shampoo) })
}

// Init needs variables that form matrices.
func (s *Shampoo) Init(o *oracle, at *iterate) error {
	if err := s.split(o, at); err != nil {
		return err
	}
	s.k, s.sides, s.m = 0, s.room.reserve(s.matrices), nil
	if s.Momentum > 0 {
		s.m = make([]float64, s.entries())
	}
	return s.Begin(o, at)
}

// Step makes one update.
func (s *Shampoo) Step(at *iterate) error { return s.Advance(at, s) }

// Update is the rule.
func (s *Shampoo) Update(x, g []float64) float64 {
	s.accompany(x, g)
	rest := s.m
	for i, b := range s.matrices {
		k, grad, w := &s.sides[i], b.Of(g), b.Of(x)
		s.room.absorb(k, grad, 1, 1)
		if s.k%s.Every == 0 {
			s.room.root(&k.left, s.Eps)
			s.room.root(&k.right, s.Eps)
		}
		way := s.room.copied(grad)
		if s.m != nil {
			for j, v := range grad {
				rest[j] = float64(s.Momentum*rest[j]) + v
			}
			copy(way, rest)
			rest = rest[len(grad):]
		}
		s.room.between(k, way, false)
		for j, v := range way {
			w[j] -= float64(s.LR.Value * v)
		}
	}
	s.k++
	return math.NaN()
}

// Carry moves the points that the companion keeps; what is known of gradients stays.
func (s *Shampoo) Carry(shift []float64) { s.carry(shift) }

// Units are those of the learning rate but for ε, which is compared with squares of gradients.
func (s *Shampoo) Units() methods.Units { return absolute }
