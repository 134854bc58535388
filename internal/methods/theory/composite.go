package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/internal/methods/proximal"
	"github.com/gdbench/gdbench/internal/theorem"
)

// proximalGradient is forward–backward splitting and its acceleration.
func proximalGradient(s *known) []Guarantee {
	if !s.exact || !s.convex || !(s.l > 0) {
		return nil
	}
	switch m := s.Method.(type) {
	case *proximal.Gradient:
		if γ := m.LR.Value; γ > 0 && γ*s.l <= 2*(1+theorem.Slack) {
			return forwardBackward(s, γ)
		}
	case *proximal.FISTA:
		if γ := m.LR.Value; γ*s.l <= 1+theorem.Slack && m.Restart == "never" {
			return fista(1/γ, m.Schedule)
		}
	}
	return nil
}

func forwardBackward(s *known, γ float64) []Guarantee {
	var out []Guarantee
	if γ*s.l <= 1+theorem.Slack {
		out = append(out, envelope(theorem.Theorem{
			Name:       "proximal gradient, convex",
			Statement:  "Δ_N ≤ R²/(4γN)",
			Hypotheses: "smooth part convex with L global, 0 < γ ≤ 1/L, a known minimizer",
			Source:     "Teboulle & Vaisbourd 2023, Math. Program. 201, 63–96 (a half of the bound of Beck & Teboulle 2009 for ISTA)", DOI: "10.1007/s10107-022-01899-0", Tight: true,
		}, gap, func(start *State) func(int) float64 {
			return func(k int) float64 { return start.Distance * start.Distance / (4 * γ * float64(k)) }
		}))
	}
	if s.strong() {
		ρ := math.Max(math.Abs(1-float64(γ*s.mu)), math.Abs(1-float64(γ*s.l)))
		out = append(out, contraction(theorem.Theorem{
			Name:       "proximal gradient, strongly convex",
			Statement:  "‖x_N − x*‖ ≤ ρ^N·R",
			Hypotheses: "smooth part strongly convex with L and μ global, 0 < γ ≤ 2/L, a known minimizer",
			Source:     taylorTHG, DOI: "10.1007/s10957-018-1298-1",
		}, distance, constantly(ρ)))
	}
	return out
}

func fista(l float64, schedule momentum.Schedule) []Guarantee {
	switch schedule.(type) {
	case *momentum.Weights:
		return []Guarantee{weighted(l, theorem.Theorem{
			Name:       "FISTA, weights i/(i + 3)",
			Hypotheses: "smooth part convex with L global, 0 < γ ≤ 1/L (L = 1/γ in the bound), no restarts, a known minimizer",
		})}
	case *momentum.Fista:
		return lambdaSequence(l, theorem.Theorem{
			Name:       "FISTA",
			Statement:  "Δ_N ≤ LR²/(2λ_N²), λ₊ = (1 + √(1 + 4λ²))/2, λ₁ = 1",
			Hypotheses: "smooth part convex with L global, 0 < γ ≤ 1/L (L = 1/γ in the bound), no restarts, a known minimizer",
			Source:     "Beck & Teboulle 2009, SIAM J. Imaging Sci. 2, 183–202, theorem 4.4", DOI: "10.1137/080716542",
		})
	}
	return nil
}
