package reduction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// anchor is a point w with the full gradient there, by which the gradients of samples are
// corrected, and which is exchanged with a probability p in each step.
type anchor struct {
	draw
	point, full []float64
	g, old      []float64
	known       bool // full is ∇f(point)
}

func (a *anchor) begin(o *oracle, at *iterate) error {
	if err := a.draw.begin(o); err != nil {
		return err
	}
	n := len(at.X)
	a.point, a.full = append([]float64(nil), at.X...), make([]float64, n)
	a.g, a.old = make([]float64, n), make([]float64, n)
	a.known = false
	return nil
}

// estimate writes ∇fᵢ(x) − ∇fᵢ(w) + ∇f(w) into g.
func (a *anchor) estimate(x []float64) error {
	samples := a.next()
	if !a.known {
		if err := a.gradient(a.point, a.full, nil); err != nil {
			return err
		}
		a.known = true
	}
	if vec.SameBits(x, a.point) { // the two sample gradients are one
		copy(a.g, a.full)
		return nil
	}
	if err := a.gradient(x, a.g, samples); err != nil {
		return err
	}
	if err := a.gradient(a.point, a.old, samples); err != nil {
		return err
	}
	vec.AddScaled(a.g, a.g, -1, a.old)
	vec.AddScaled(a.g, a.g, 1, a.full)
	return nil
}

// exchange puts the anchor to x with probability p, 0 standing for that of one in m.
func (a *anchor) exchange(x []float64, p float64) {
	if a.oracle.Rand().Float64() < probability(p, 1/float64(a.oracle.Samples())) {
		copy(a.point, x)
		a.known = false
	}
}

// probability is p, or its default where p is 0.
func probability(p, usual float64) float64 {
	if p == 0 {
		return usual
	}
	return p
}

// LoopLessSVRG is SVRG whose snapshot is renewed by the toss of a coin (Hofmann, Lucchi,
// Lacoste-Julien & McWilliams 2015; Kovalev, Horváth & Richtárik 2020, arXiv:1901.08689,
// algorithm 1):
//
//	x₊ = x − lr·(∇fᵢ(x) − ∇fᵢ(w) + ∇f(w)),  w₊ = x with probability p, otherwise w.
type LoopLessSVRG struct {
	LR length  `param:"lr" default:"1/(6*Lmax)" range:"(0,)" doc:"learning rate"`
	P  float64 `param:"p" default:"0" range:"[0,1]" doc:"probability that the snapshot is renewed in a step; 0: one in the number of samples"`

	anchor
	before []float64
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
func (m *LoopLessSVRG) Init(o *oracle, at *iterate) error {
	m.before = make([]float64, len(at.X))
	return m.begin(o, at)
}

// Step makes one step.
func (m *LoopLessSVRG) Step(at *iterate) error {
	if err := m.estimate(at.X); err != nil {
		return err
	}
	copy(m.before, at.X)
	vec.AddScaled(at.X, at.X, -m.LR.Value, m.g)
	m.exchange(m.before, m.P)
	moved(at, m.LR.Value)
	return nil
}

// Units are those of ∇f times the learning rate.
func (m *LoopLessSVRG) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
