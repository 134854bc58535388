package theory

import (
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
)

// adaptiveStep is the descent that learns its step from the gradients that it has seen. Its
// theorem needs no constant of f.
func adaptiveStep(s *known) []Guarantee {
	if _, ok := s.rule.(*step.AdGD); !ok || !s.alongGradient() || !s.exact || s.composite || !s.convex {
		return nil
	}
	return []Guarantee{{theorem.Theorem{
		Name:       "adaptive gradient descent, convex: each step",
		Statement:  "‖x_{k+1} − x*‖² + ½‖x_{k+1} − x_k‖² + 2t_k(1 + θ_k)Δ_k ≤ ‖x_k − x*‖² + ½‖x_k − x_{k−1}‖² + 2t_kθ_kΔ_{k−1}, θ_k = t_k/t_{k−1}",
		Hypotheses: "convex, f* and a minimizer known, three successive iterations observed",
		Source:     "Malitsky & Mishchenko 2020, ICML, PMLR 119, 6702–6712, lemma 1", DOI: "10.48550/arXiv.1910.09529",
	}, func(*State) Claim { return new(adaptive).claim }}}
}

// adaptive remembers the step before.
type adaptive struct {
	k             int // iteration that it led to
	moved         float64
	gap, gapFloor float64 // where it began
	length        float64
	room          []float64
}

func (a *adaptive) claim(before, at *State) theorem.Comparison {
	old := *a
	if len(a.room) != len(at.X) {
		a.room = make([]float64, len(at.X))
	}
	vec.AddScaled(a.room, at.X, -1, before.X)
	a.k, a.moved, a.gap, a.gapFloor, a.length = at.K, vec.Norm(a.room), before.Gap, before.gapFloor, at.Length
	if at.K != before.K+1 || old.k != before.K || before.K == 0 || !(old.length > 0) {
		return nothing
	}
	t, θ := at.Length, at.Length/old.length
	measure := squared(distance)
	after, afterFloor := measure(at)
	first, firstFloor := measure(before)
	blur := before.distanceFloor + at.distanceFloor
	measured := float64(after) + float64(a.moved*a.moved/2) + float64(2*t*(1+θ)*before.Gap)
	bound := float64(first) + float64(old.moved*old.moved/2) + float64(2*t*θ*old.gap)
	floor := float64(afterFloor) + float64(firstFloor) + float64((a.moved+old.moved)*blur) +
		float64(2*t*(1+θ)*before.gapFloor) + float64(2*t*θ*old.gapFloor) + float64(rounding*bound)
	return compared(measured, bound, floor)
}
