package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
)

const accelerated = "convex, L global, 0 < γ ≤ 1/L (L = 1/γ in the bound), no restarts, a known minimizer"

// acceleration is Nesterov's method and its relatives on smooth convex problems. A step
// γ < 1/L is treated as what it is: a step 1/L for the larger constant 1/γ.
func acceleration(s *known) []Guarantee {
	if !s.smooth() || !s.convex {
		return nil
	}
	switch m := s.Method.(type) {
	case *momentum.Nesterov:
		if m.Restart == "never" {
			return nesterov(s, m.LR.Value, m.Schedule)
		}
	case *momentum.OptimizedGradient:
		if math.Abs(float64(m.LR.Value*s.l)-1) <= theorem.Slack {
			return []Guarantee{optimizedGradient(s.l)}
		}
	case *momentum.GradientOptimized:
		if math.Abs(float64(m.LR.Value*s.l)-1) <= theorem.Slack && s.Horizon > 0 {
			return []Guarantee{gradientOptimized(s.l, s.Horizon)}
		}
	case *momentum.ITEM:
		if s.mu < s.l && s.given(m.L, m.Mu) {
			return []Guarantee{itemDistance(s.mu / s.l)}
		}
	case *momentum.TripleMomentum:
		if s.given(m.L, m.Mu) {
			return []Guarantee{tripleMomentum(s)}
		}
	}
	return nil
}

// given reports whether a method has L and μ of a strongly convex problem.
func (s *known) given(l, mu methods.Length) bool {
	return s.strong() && math.Abs(l.Value/s.l-1) <= theorem.Slack && math.Abs(mu.Value/s.mu-1) <= theorem.Slack
}

func nesterov(s *known, γ float64, schedule momentum.Schedule) []Guarantee {
	if constant, ok := schedule.(*momentum.Constant); ok {
		return linear(s, γ, constant.Momentum, nesterovRecurrence)
	}
	if γ*s.l > 1+theorem.Slack {
		return nil
	}
	switch schedule := schedule.(type) {
	case *momentum.Fista:
		return lambdaSequence(1/γ, theorem.Theorem{
			Name:       "Nesterov, λ-sequence, convex",
			Statement:  "Δ_N ≤ LR²/(2λ_N²), λ₊ = (1 + √(1 + 4λ²))/2, λ₁ = 1",
			Hypotheses: accelerated,
			Source:     "Beck & Teboulle 2009, SIAM J. Imaging Sci. 2, 183–202, theorem 4.4", DOI: "10.1137/080716542",
		})
	case *momentum.Weights:
		return []Guarantee{weighted(1/γ, theorem.Theorem{Name: "Nesterov, weights i/(i + 3), convex", Hypotheses: accelerated})}
	case *momentum.StronglyConvex:
		if q := schedule.Mu.Value * γ; s.strong() && math.Abs(schedule.Mu.Value/s.mu-1) <= theorem.Slack {
			return []Guarantee{envelope(theorem.Theorem{
				Name:       "Nesterov, strongly convex",
				Statement:  "Δ_N ≤ (1 − √q)^N·(Δ₀ + μR²/2)",
				Hypotheses: "strongly convex, L and μ global, 0 < γ ≤ 1/L (q = μγ), the schedule's μ that of the problem, no restarts, a known minimizer",
				Source:     "d'Aspremont, Scieur & Taylor 2021, Found. Trends Optim. 5, 1–245, corollary 4.15, after Nesterov 2004, Introductory Lectures on Convex Optimization, §2.2", DOI: "10.1561/2400000036",
			}, gap, func(start *State) func(int) float64 {
				first := start.Gap + float64(s.mu/2*start.Distance*start.Distance)
				return func(k int) float64 { return elementary.Pow(1-math.Sqrt(q), float64(k)) * first }
			})}
		}
	}
	return nil
}

// lambdaSequence is the bound LR²/(2λ_N²) with its simpler majorant.
func lambdaSequence(l float64, t theorem.Theorem) []Guarantee {
	simple := t
	simple.Name += ": simple form"
	simple.Statement = "Δ_N ≤ 2LR²/(N + 1)²"
	return []Guarantee{
		envelope(t, gap, func(start *State) func(int) float64 {
			var sequence nesterovSequence
			return func(k int) float64 {
				λ := sequence.at(k - 1)
				return l * start.Distance * start.Distance / (2 * λ * λ)
			}
		}),
		envelope(simple, gap, inverseSquare(l)),
	}
}

// weighted is the bound for the weights i/(i + 3). Performance estimation finds smaller
// ones, 2LR²/(N² + 5N + 6) and with a non-smooth part 2LR²/(N² + 5N + 2) (Taylor,
// Hendrickx & Glineur 2017, doi:10.1137/16M108104X, table 1), which are not proved.
func weighted(l float64, t theorem.Theorem) Guarantee {
	t.Statement = "Δ_N ≤ 2LR²/(N + 1)²"
	t.Source, t.DOI = "Su, Boyd & Candès 2016, J. Mach. Learn. Res. 17(153), 1–43, §4.1: the energy in the proof of theorem 6, which is stated for r > 3, does not increase for r = 3 either", "10.48550/arXiv.1503.01243"
	return envelope(t, gap, inverseSquare(l))
}

// inverseSquare is 2LR²/(N + 1)².
func inverseSquare(l float64) func(start *State) func(int) float64 {
	return func(start *State) func(int) float64 {
		return func(k int) float64 {
			return 2 * l * start.Distance * start.Distance / float64((k+1)*(k+1))
		}
	}
}

func optimizedGradient(l float64) Guarantee {
	return envelope(theorem.Theorem{
		Name:       "optimized gradient method, convex",
		Statement:  "Δ_N ≤ LR²/(2θ_N²), θ₊ = (1 + √(1 + 4θ²))/2, θ₀ = 1, the last with 8",
		Hypotheses: "convex, L global, γ = 1/L, a known minimizer",
		Source:     "Kim & Fessler 2016, Math. Program. 159, 81–107, theorem 2", DOI: "10.1007/s10107-015-0949-3", Tight: true,
	}, gap, func(start *State) func(int) float64 {
		var sequence nesterovSequence
		return func(k int) float64 {
			θ := lastTheta(sequence.at(k - 1))
			return l * start.Distance * start.Distance / (2 * θ * θ)
		}
	})
}

// gradientOptimized is the bound of OGM-G after the last of n steps.
func gradientOptimized(l float64, n int) Guarantee {
	θ := momentum.GradientThetas(n)[0]
	return envelope(theorem.Theorem{
		Name:       "OGM-G, convex",
		Statement:  "‖g_N‖² ≤ 2LΔ₀/θ₀² after the last step N, θ = (1 + √(1 + 4θ₊²))/2 from θ_N = 1 down, the first with 8",
		Hypotheses: "convex, L global, γ = 1/L, N the iteration budget, f* known",
		Source:     "Kim & Fessler 2021, J. Optim. Theory Appl. 188, 192–219, theorem 6.1", DOI: "10.1007/s10957-020-01770-2", Tight: true,
	}, gradientNorm, func(start *State) func(int) float64 {
		last := math.Sqrt(2*l*start.Gap) / θ
		return func(k int) float64 {
			if k != n {
				return math.NaN()
			}
			return last
		}
	})
}

// itemDistance is the bound of ITEM for q = μ/L.
func itemDistance(q float64) Guarantee {
	return envelope(theorem.Theorem{
		Name:       "ITEM, strongly convex",
		Statement:  "‖z_N − x*‖² ≤ R²/(1 + qA_N), A₊ = ((1 + q)A + 2(1 + √((1 + A)(1 + qA))))/(1 − q)², A₀ = 0",
		Hypotheses: "strongly convex with μ < L, L and μ global, and the method's own, a known minimizer",
		Source:     "Taylor & Drori 2023, Math. Program. 199, 557–594, theorem 3", DOI: "10.1007/s10107-022-01839-y", Tight: true,
	}, distance, func(start *State) func(int) float64 {
		at, a := 0, 0.0
		return func(k int) float64 {
			if k < at {
				at, a = 0, 0
			}
			for ; at < k; at++ {
				a = momentum.NextA(a, q)
			}
			return start.Distance / math.Sqrt(1+float64(q*a))
		}
	})
}

// OptimizedTheta is θ_N of the optimized gradient method after n ≥ 1 steps.
func OptimizedTheta(n int) float64 { return lastTheta(new(nesterovSequence).at(n - 1)) }

// lastTheta is the sequence's last member, which follows a rule of its own.
func lastTheta(θ float64) float64 { return float64((1 + math.Sqrt(1+float64(8*θ*θ))) / 2) }

// nesterovSequence is t₊ = (1 + √(1 + 4t²))/2, t₀ = 1. It goes on from
// where it was last asked, so that a run is followed in time linear in its length.
type nesterovSequence struct {
	k int
	t float64
}

func (s *nesterovSequence) at(k int) float64 {
	if k < s.k || s.t == 0 {
		s.k, s.t = 0, 1
	}
	for ; s.k < k; s.k++ {
		s.t = (1 + math.Sqrt(1+float64(4*s.t*s.t))) / 2
	}
	return s.t
}

func tripleMomentum(s *known) Guarantee {
	ρ := 1 - math.Sqrt(1/s.kappa())
	return envelope(theorem.Theorem{
		Name:       "triple momentum, strongly convex",
		Statement:  "Δ_N ≤ ρ^{2N}·LκR²/2, ρ = 1 − κ^{−½}",
		Hypotheses: "strongly convex, L and μ global, and the method's own, a known minimizer",
		Source:     "Van Scoy, Freeman & Lynch 2018, IEEE Control Syst. Lett. 2, 49–54, theorem 1, and Δ ≤ (L/2)‖x − x*‖²", DOI: "10.1109/LCSYS.2017.2722406", Tight: true,
	}, gap, func(start *State) func(int) float64 {
		first := s.l * s.kappa() / 2 * start.Distance * start.Distance
		return func(k int) float64 { return elementary.Pow(ρ, 2*float64(k)) * first }
	})
}

// heavyBall is Polyak's momentum, by whichever name, and gradient descent as the heavy
// ball without momentum where its iteration on a quadratic is concerned.
func heavyBall(s *known) []Guarantee {
	if !s.smooth() {
		return nil
	}
	γ, β, ok := traits.Recurrence(s.Method)
	if !ok || !(γ > 0) {
		return nil
	}
	out := linear(s, γ, β, heavyBallRecurrence)
	if !s.strong() || β == 0 {
		return out
	}
	root := math.Sqrt(s.kappa())
	if ρ := (root - 1) / (root + 1); s.quadratic && math.Abs(β-float64(ρ*ρ)) <= theorem.Slack && math.Abs(float64(γ*elementary.Pow(math.Sqrt(s.l)+math.Sqrt(s.mu), 2)/4)-1) <= theorem.Slack {
		out = append(out, heavyBallQuadratic(ρ))
	}
	if γ*s.l <= 1+theorem.Slack && math.Abs(β-math.Sqrt((1-float64(γ*s.mu))*math.Max(0, 1-float64(γ*s.l)))) <= theorem.Slack {
		out = append(out, contraction(theorem.Theorem{
			Name:       "heavy ball, α ≤ 1/L, β = √((1 − αμ)(1 − αL)), strongly convex",
			Statement:  "Δ_N ≤ (1 − αμ)^N·Δ₀",
			Hypotheses: "strongly convex, L and μ global, 0 < α ≤ 1/L, β > 0 as named, f* known",
			Source:     "Ghadimi, Feyzmahdavian & Johansson 2015, European Control Conference, 310–315, theorem 4", DOI: "10.48550/arXiv.1412.7457",
		}, gap, constantly(1-float64(γ*s.mu))).fromStart())
	}
	return out
}

func heavyBallQuadratic(ρ float64) Guarantee {
	return envelope(theorem.Theorem{
		Name:       "heavy ball, Polyak's parameters, quadratics",
		Statement:  "‖x_k − x*‖ ≤ ρ^k(1 + (1 + ρ)k)·R, ρ = (√κ − 1)/(√κ + 1), x₋₁ = x₀",
		Hypotheses: "strongly convex quadratic, L and μ global, γ = 4/(√L + √μ)², β = ρ², κ > 1, a known minimizer",
		Source:     "Polyak 1964, USSR Comput. Math. Math. Phys. 4(5), 1–17 (the rate ρ); the constant from Chebyshev polynomials of the second kind: p_k = ρᵏ(U_k − ρU_{k−1}), |U_k| ≤ k + 1", DOI: "10.1016/0041-5553(64)90137-5", Tight: true,
	}, distance, func(start *State) func(int) float64 {
		return func(k int) float64 {
			n := float64(k)
			return elementary.Pow(ρ, n) * (1 + float64((1+ρ)*n)) * start.Distance
		}
	})
}

// recurrence is the residual polynomial p_k(λ) of a linear iteration on quadratics,
// x_k − x* = p_k(A)(x₀ − x*), for step γ and momentum β, as the coefficients of
// p₊ = a·p − b·p₋ with p₀ = p₋₁ = 1.
type recurrence func(γ, β, λ float64) (a, b float64)

func heavyBallRecurrence(γ, β, λ float64) (a, b float64) { return 1 + β - float64(γ*λ), β }

func nesterovRecurrence(γ, β, λ float64) (a, b float64) {
	return (1 - float64(γ*λ)) * (1 + β), (1 - float64(γ*λ)) * β
}

// residual is p_k, in O(log k): the power of the companion matrix (a −b; 1 0) by squaring,
// applied to (p₀, p₋₁).
func residual(a, b float64, k int) float64 {
	power := [4]float64{a, -b, 1, 0}
	p, before := 1.0, 1.0
	for ; k > 0; k >>= 1 {
		if k&1 == 1 {
			p, before = float64(power[0]*p)+float64(power[1]*before), float64(power[2]*p)+float64(power[3]*before)
		}
		m := power
		power = [4]float64{float64(m[0]*m[0]) + float64(m[1]*m[2]), m[1] * (m[0] + m[3]), m[2] * (m[0] + m[3]), float64(m[2]*m[1]) + float64(m[3]*m[3])}
	}
	return p
}

// linear is the stability of gradient descent, heavy ball and Nesterov's method with
// constant momentum on quadratics, in the form that says how large the error is on either
// side of the limit.
func linear(s *known, γ, β float64, p recurrence) []Guarantee {
	spectrum := s.spectrum()
	if spectrum == nil {
		return nil
	}
	polynomials := residuals(spectrum, γ, β, p)
	return []Guarantee{envelope(theorem.Theorem{
		Name: "stability on quadratics",
		Statement: "‖x_k − x*‖ ≤ max_λ |p_k(λ)|·R with the residual polynomial p_k; it tends to 0 iff γ < 2(1 + β)/λmax " +
			"(gradient descent: β = 0; heavy ball), γ < 2(1 + β)/((1 + 2β)λmax) (Nesterov)",
		Hypotheses: "quadratic, L global, at most 50 variables, constant γ and β, a known minimizer",
		Source:     "Polyak 1964; Lessard, Recht & Packard 2016, SIAM J. Optim. 26, 57–95", DOI: "10.1137/15M1009597", Tight: true,
	}, drifting(β), func(start *State) func(int) float64 {
		return func(k int) float64 {
			worst := 0.0
			for _, r := range polynomials {
				worst = math.Max(worst, math.Abs(residual(r[0], r[1], k)))
			}
			return worst * start.Distance
		}
	})}
}

// drifting is the distance with a floor for errors that no curvature brings back: those of
// all k steps add up, each enlarged by 1/(1 − β) where it is carried on.
func drifting(β float64) quantity {
	return func(s *State) (value, floor float64) {
		value, floor = distance(s)
		return value, floor * (1 + float64(s.K)/(64*(1-β)))
	}
}

// residuals are a and b for each eigenvalue that can decide what the largest |p_k| is:
// without momentum b = 0, |p_k| = |a|ᵏ, and it is the largest |a|.
func residuals(spectrum []float64, γ, β float64, p recurrence) (all [][2]float64) {
	for _, λ := range spectrum {
		a, b := p(γ, β, λ)
		last := len(all) - 1
		switch {
		case b != 0 || last < 0 || all[last][1] != 0:
			all = append(all, [2]float64{a, b})
		case math.Abs(a) > math.Abs(all[last][0]):
			all[last][0] = a
		}
	}
	return all
}
