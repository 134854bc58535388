package theory

import (
	"math"
	"math/bits"
	"sync"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
)

// stepSchedules are steps along −∇f with lengths that are fixed beforehand and partly beyond 2/L.
func stepSchedules(s *known) []Guarantee {
	if !s.alongGradient() || !s.smooth() || !s.convex {
		return nil
	}
	inUnits := func(t methods.Length) bool { return math.Abs(float64(t.Value*s.l)-1) <= theorem.Slack }
	switch rule := s.rule.(type) {
	case *step.Silver:
		if inUnits(rule.T) {
			return []Guarantee{silver(s.l)}
		}
	case *step.Dynamic:
		if inUnits(rule.T) {
			return []Guarantee{dynamic(s.l)}
		}
	case *step.LongSteps:
		if inUnits(rule.T) {
			return []Guarantee{longSteps(s.l, rule.Period())}
		}
	case *step.Optimized:
		if n := rule.Planned(s.Horizon); inUnits(rule.T) && n > 0 {
			return []Guarantee{optimized(s.l, n, rule.Goal)}
		}
	}
	return nil
}

const (
	zhangJiang  = "Zhang & Jiang 2024, Accelerated gradient descent by concatenation of stepsize schedules"
	zhangDOI    = "10.48550/arXiv.2410.12395"
	scheduleFor = "convex, L global, the unit 1/L, "
)

// summed is the bound LR²/(4T + 2) on the gap, T the sum of the first k lengths in units of 1/L;
// NaN where the schedule has none.
func summed(l float64, t theorem.Theorem, sum func(k int) float64) Guarantee {
	return envelope(t, gap, func(start *State) func(int) float64 {
		return func(k int) float64 {
			return l * start.Distance * start.Distance / (float64(4*sum(k)) + 2)
		}
	})
}

func silver(l float64) Guarantee {
	return summed(l, theorem.Theorem{
		Name:       "silver steps, convex",
		Statement:  "Δ_N ≤ LR²/(4ρ^k − 2), ρ = 1 + √2, after N = 2^k − 1 steps",
		Hypotheses: scheduleFor + "a known minimizer",
		Source:     zhangJiang + "; sharper than LR²/(1 + √(4ρ^{2k} − 3)) of Altschuler & Parrilo 2025, Math. Program. 213, 1105–1118", DOI: zhangDOI, Tight: true,
	}, func(k int) float64 {
		if k&(k+1) != 0 {
			return math.NaN()
		}
		return elementary.Pow(1+math.Sqrt2, float64(bits.Len(uint(k)))) - 1
	})
}

func dynamic(l float64) Guarantee {
	var rule step.Dynamic
	return summed(l, theorem.Theorem{
		Name:       "dynamic steps, convex",
		Statement:  "Δ_N ≤ LR²/(4LΣt + 2), the sum over the first N lengths",
		Hypotheses: scheduleFor + "a known minimizer",
		Source:     "Teboulle & Vaisbourd 2023, Math. Program. 201, 63–96; " + zhangJiang, DOI: "10.1007/s10107-022-01899-0", Tight: true,
	}, rule.Sum)
}

// optimized is the bound after the last of n steps.
func optimized(l float64, n int, goal string) Guarantee {
	sum := sync.OnceValue(func() (sum float64) { // where the theorem is only listed, the lengths are not needed
		for _, t := range step.OptimizedLengths(n, goal) {
			sum += t
		}
		return sum
	})
	atEnd := func(v func() float64) func(int) float64 {
		return func(k int) float64 {
			if k != n {
				return math.NaN()
			}
			return v()
		}
	}
	if goal == "gradient" {
		return envelope(theorem.Theorem{
			Name:       "optimized steps, convex: gradient",
			Statement:  "‖g_N‖² ≤ 2LΔ₀/(2LΣt + 1) after the last step N",
			Hypotheses: scheduleFor + "N the steps of the schedule, f* known",
			Source:     zhangJiang + ", from the last step to the first", DOI: zhangDOI, Tight: true,
		}, gradientNorm, func(start *State) func(int) float64 {
			return atEnd(func() float64 { return math.Sqrt(2 * l * start.Gap / (float64(2*sum()) + 1)) })
		})
	}
	return summed(l, theorem.Theorem{
		Name:       "optimized steps, convex: gap",
		Statement:  "Δ_N ≤ LR²/(4LΣt + 2) after the last step N",
		Hypotheses: scheduleFor + "N the steps of the schedule, a known minimizer",
		Source:     zhangJiang, DOI: zhangDOI, Tight: true,
	}, atEnd(sum))
}

// longSteps is about each period of a pattern of lengths.
func longSteps(l float64, pattern step.Period) Guarantee {
	return Guarantee{theorem.Theorem{
		Name:       "long steps, convex: each period",
		Statement:  "cΔ_k²/(LR_k²) ≤ Δ_k − Δ_{k+n}, R_k = ‖x_k − x*‖, over n steps from the first of a pattern; c is Σh, or little less",
		Hypotheses: scheduleFor + "a known minimizer, Δ_k ≤ εLR_k² with the ε that is certified for the pattern, both ends of the period observed",
		Source:     "Grimmer 2024, SIAM J. Optim. 34(3), 2588–2608, theorem 2.1 and table 1", DOI: "10.1137/23M1588408", Tight: true,
	}, func(start *State) Claim {
		p := &period{Period: pattern, l: l}
		p.begin(start)
		return p.claim
	}}
}

// period remembers where a pattern began.
type period struct {
	step.Period
	l                                      float64
	k                                      int
	gap, gapFloor, distance, distanceFloor float64
}

func (p *period) begin(s *State) {
	p.k, p.gap, p.gapFloor, p.distance, p.distanceFloor = s.K, s.Gap, s.gapFloor, s.Distance, s.distanceFloor
}

func (p *period) claim(_, at *State) theorem.Comparison {
	n := len(p.Lengths)
	if at.K%n != 0 {
		return nothing
	}
	was := *p
	p.begin(at)
	scale := p.l * was.distance * was.distance
	if at.K != was.k+n || !(was.gap > was.gapFloor && was.gap <= p.Reach*scale) {
		return nothing
	}
	promised := float64(p.Decrease * was.gap / scale * was.gap)
	floor := was.gapFloor + at.gapFloor + float64(rounding*was.gap) +
		float64(2*promised*(was.gapFloor/was.gap+was.distanceFloor/was.distance))
	return compared(promised, was.gap-at.Gap, floor)
}
