//go:build !playground

package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/constrained"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/problems"
)

// onSets are methods for constraints: the projected gradient method, which is forward–backward
// splitting with the indicator of the set, and that of Frank and Wolfe.
func onSets(s *known) []Guarantee {
	if !s.exact || !s.convex || !(s.l > 0) {
		return nil
	}
	switch m := s.Method.(type) {
	case *constrained.ProjectedGradient:
		if fixed, ok := m.Rule.(*step.Fixed); ok && fixed.T.Value > 0 && fixed.T.Value*s.l <= 2*(1+theorem.Slack) {
			return forwardBackward(s, fixed.T.Value)
		}
	case *constrained.FrankWolfe:
		return frankWolfe(s, m)
	}
	return nil
}

// frankWolfe is about steps that are no worse than those of the open loop: a line search is one only
// where it is exact.
func frankWolfe(s *known, m *constrained.FrankWolfe) []Guarantee {
	c, ok := problems.As[problems.Constrained](s.Problem)
	if !ok || m.Away || m.Length == "line-search" && !s.quadratic {
		return nil
	}
	diameter := c.Constraint().Diameter()
	if math.IsInf(diameter, 1) {
		return nil
	}
	return []Guarantee{envelope(theorem.Theorem{
		Name:       "Frank–Wolfe",
		Statement:  "Δ_N ≤ 2LD²/(N + 2), D the diameter of the set",
		Hypotheses: "convex with L global, on a bounded set; γ = 2/(k + 2), or by L or an exact line search; N ≥ 1",
		Source:     "Jaggi 2013, ICML, PMLR 28(1), 427–435, theorem 1 with C_f ≤ LD²",
	}, gap, func(*State) func(int) float64 {
		return func(k int) float64 {
			if k == 0 {
				return math.NaN()
			}
			return 2 * s.l * diameter * diameter / (float64(k) + 2)
		}
	})}
}
