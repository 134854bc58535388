package theory

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

const boyd = "Boyd & Vandenberghe 2004, Convex Optimization, "

// lineSearch is the direction −∇f with an exact or backtracking step, and backtracking in
// other norms.
func lineSearch(s *known) []Guarantee {
	if !s.smooth() || !s.strong() {
		return nil
	}
	switch t := s.rule.(type) {
	case *step.Exact:
		if !s.alongGradient() {
			return nil
		}
		c := (s.kappa() - 1) / (s.kappa() + 1)
		return []Guarantee{contraction(theorem.Theorem{
			Name:       "exact line search, strongly convex",
			Statement:  "Δ_{k+1} ≤ ((κ − 1)/(κ + 1))²·Δ_k",
			Hypotheses: "strongly convex, L and μ global, the exact minimizer along −∇f, f* known",
			Source:     "Kantorovich; de Klerk, Glineur & Taylor 2017, Optim. Lett. 11, 1185–1199, theorem 1.2", DOI: "10.1007/s11590-016-1087-4", Tight: true,
		}, gap, constantly(c*c))}
	case *step.Backtracking:
		a := armijo{t.Alpha, t.Beta, t.Initial}
		if !(a.α < 0.5) || t.Rule != "initial" {
			return nil
		}
		if s.alongGradient() {
			return a.alongGradient(s)
		}
		return a.inNorm(s)
	}
	return nil
}

// armijo is backtracking from t0 by β until f falls by the share α of what is predicted.
type armijo struct{ α, β, t0 float64 }

func (a armijo) alongGradient(s *known) []Guarantee {
	limit := 2 * (1 - a.α) / s.l // every t up to it is accepted
	stated := func(what, statement string) theorem.Theorem {
		return theorem.Theorem{Name: "backtracking, strongly convex: " + what, Statement: statement, Source: boyd + "§9.3.1", DOI: "10.1017/CBO9780511804441",
			Hypotheses: "strongly convex, L and μ global, along −∇f, α < ½, every search begins at t₀"}
	}
	step := stated("step length", "t ≥ min{t₀, 2β(1 − α)/L}")
	step.Tight, step.Source = true, step.Source+", sharper: f(x − tg) ≤ f − t(1 − Lt/2)‖g‖²"
	count := stated("trials", "trials ≤ 1 + ⌈ln⁺(L·t₀/(2(1 − α)))/ln(1/β)⌉")
	count.Tight, count.Source = true, step.Source
	most := 1 + math.Ceil(math.Max(0, elementary.Log(a.t0/limit))/elementary.Log(1/a.β)-theorem.Slack)
	return []Guarantee{
		contraction(stated("gap", "Δ_{k+1} ≤ (1 − min{2μα·t₀, 2βαμ/L})·Δ_k"), gap,
			constantly(1-float64(2*s.mu*a.α*math.Min(a.t0, a.β/s.l)))),
		// The least step over the accepted one is the ratio that must not exceed 1.
		stepwise(step, func(before, at *State) theorem.Comparison {
			return a.searched(before, compared(math.Min(a.t0, a.β*limit), at.Length, 0))
		}),
		stepwise(count, func(before, at *State) theorem.Comparison {
			return a.searched(before, compared(float64(at.Trials), most, 0))
		}),
	}
}

// searched leaves out line searches whose decrease is lost in rounding: there the test of
// Armijo is a matter of luck.
func (armijo) searched(before *State, c theorem.Comparison) theorem.Comparison {
	if before.GradientNorm <= before.gradientFloor || before.Gap <= 1e6*0x1p-52*math.Abs(before.F) {
		return nothing
	}
	return c
}

// inNorm is steepest descent in another norm: γ‖x‖ ≥ … compares it with the Euclidean.
func (a armijo) inNorm(s *known) []Guarantee {
	d, ok := s.direction.(*direction.Steepest)
	if !ok || d.Normalized {
		return nil
	}
	n := float64(s.Problem.Dim())
	var γ, dual float64 // ‖x‖ ≥ γ‖x‖₂, ‖x‖_* ≥ γ̃‖x‖₂
	switch d.Norm {
	case "l1":
		γ, dual = 1, 1/math.Sqrt(n)
	case "linf":
		γ, dual = 1/math.Sqrt(n), 1
	case "quadratic":
		low, high, ok := weights(d)
		if !ok {
			return nil
		}
		γ, dual = math.Sqrt(low), 1/math.Sqrt(high)
	case "spectral":
		γ, dual = 1/math.Sqrt(ranks(s.Problem)), 1
	default:
		return nil
	}
	// Backtracking accepts t ≥ min{t₀, βγ²/L}.
	c := 1 - float64(2*s.mu*a.α*dual*dual*math.Min(a.t0, a.β*γ*γ/s.l))
	return []Guarantee{contraction(theorem.Theorem{
		Name:       "steepest descent in a norm, backtracking",
		Statement:  "Δ_{k+1} ≤ (1 − 2μαγ̃²·min{t₀, βγ²/L})·Δ_k, ‖x‖ ≥ γ‖x‖₂, ‖x‖_* ≥ γ̃‖x‖₂; ℓ1: γ = 1, γ̃ = n^{−½}; ℓ∞: γ = n^{−½}, γ̃ = 1; P: λmin(P)^½, λmax(P)^{−½}; spectral: γ = r^{−½}, γ̃ = 1, r the sum of the ranks that the blocks can have",
		Hypotheses: "strongly convex, L and μ global, unnormalized steepest descent, α < ½, every search begins at t₀",
		Source:     boyd + "§9.4.3", DOI: "10.1017/CBO9780511804441",
	}, gap, constantly(c))}
}

// weights are the extreme entries of a diagonal P that is given as numbers.
func weights(d *direction.Steepest) (low, high float64, ok bool) {
	if d.Matrix != "weights" || len(d.Weights) == 0 {
		return 0, 0, false
	}
	return slices.Min(d.Weights), slices.Max(d.Weights), true
}

// descentCondition is what a direction promises of every step.
func descentCondition(s *known) []Guarantee {
	if !s.exact || s.composite || !promisesDescent(s.direction) {
		return nil
	}
	var moved []float64 // used again at every step
	return []Guarantee{stepwise(theorem.Theorem{
		Name:       "descent condition",
		Statement:  "∇fᵀΔx ≤ 0 at every step",
		Hypotheses: "a direction that promises descent (Newton's where it modifies an indefinite Hessian), successive iterations observed",
		Source:     boyd + "§9.2", DOI: "10.1017/CBO9780511804441", Condition: true,
	}, func(before, at *State) theorem.Comparison {
		moved = slices.Grow(moved[:0], len(at.X))[:len(at.X)]
		vec.AddScaled(moved, at.X, -1, before.X)
		length := vec.Norm(moved)
		if length <= before.distanceFloor || before.GradientNorm <= before.gradientFloor {
			return nothing
		}
		// The step is the difference of two rounded points.
		lost := (before.distanceFloor + at.distanceFloor) / length
		off := 1 + at.Slope/(before.GradientNorm*length)
		if math.IsNaN(off) {
			return nothing // a run that diverges has no angle
		}
		if math.Abs(off) <= lost {
			off = 0 // along −∇f itself
		}
		return compared(off, 1, lost)
	})}
}

// promisesDescent reports the directions that say so. Newton's does where it treats an
// indefinite Hessian.
func promisesDescent(d methods.Direction) bool {
	switch d := d.(type) {
	case *direction.Gradient, *direction.Steepest, *direction.Coordinate, *direction.NewtonCG, *direction.GaussNewton,
		*direction.LevenbergMarquardt, *direction.ConjugateGradient, *direction.BFGS, *direction.LBFGS, *direction.DFP, *direction.SR1:
		return true
	case *direction.Newton:
		return d.Indefinite != "none"
	}
	return false
}
