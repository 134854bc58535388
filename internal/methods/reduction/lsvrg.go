package reduction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// LoopLessSVRG is SVRG whose snapshot is renewed by the toss of a coin (Hofmann, Lucchi,
// Lacoste-Julien & McWilliams 2015; Kovalev, Horváth & Richtárik 2020, arXiv:1901.08689,
// algorithm 1):
//
//	x₊ = x − lr·(∇fᵢ(x) − ∇fᵢ(w) + ∇f(w)),  w₊ = x with probability p, otherwise w.
type LoopLessSVRG struct {
	LR length  `param:"lr" default:"1/(6*Lmax)" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`
	P  float64 `param:"p" default:"0" range:"[0,1]" doc:"probability that the snapshot is renewed in a step; 0: one in the number of samples"`

	anchor
}

var (
	_ methods.Method  = (*LoopLessSVRG)(nil)
	_ problems.Random = (*LoopLessSVRG)(nil)
)

func init() {
	methods.Register("l-svrg", methods.Info{
		Summary: "loopless SVRG: the snapshot is renewed at random",
		Formula: "x₊ = x − lr·(∇fᵢ(x) − ∇fᵢ(w) + ∇f(w)), w₊ = x with probability p",
		Source:  "Kovalev, Horváth & Richtárik 2020, Don't jump through hoops and remove those loops: SVRG and Katyusha are better without the outer loop, ALT, PMLR 117, 451–467, algorithm 1",
		DOI:     "10.48550/arXiv.1901.08689",
		Family:  "variance reduction",
	}, func() methods.Method { return new(LoopLessSVRG) })
}

// Init makes the start the first snapshot.
func (m *LoopLessSVRG) Init(o *oracle, at *iterate) error { return m.begin(o, at) }

// Step makes one step.
func (m *LoopLessSVRG) Step(at *iterate) error {
	if err := m.estimate(at.X, m.next()); err != nil {
		return err
	}
	m.exchange(at.X, m.P) // before x moves: w₊ is the x of this step
	vec.AddScaled(at.X, at.X, -m.LR.Value, m.g)
	moved(at, m.LR.Value)
	return nil
}

// Units are those of ∇f times the learning rate.
func (m *LoopLessSVRG) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
