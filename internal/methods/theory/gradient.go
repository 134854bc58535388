package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/theorem"
)

const (
	kim       = "Kim 2024, A proof of the exact convergence rate of gradient descent (h < 2)"
	taylorTHG = "Taylor, Hendrickx & Glineur 2018, J. Optim. Theory Appl. 178, 455–476"
	convexTo2 = "convex, L global, 0 < h < 2, a known minimizer"
)

// gradientDescent is x⁺ = x − γ∇f(x) with a constant γ.
func gradientDescent(s *known) []Guarantee {
	γ := s.gradientStep()
	if !s.smooth() || !(γ > 0) {
		return nil
	}
	var out []Guarantee
	h := float64(γ * s.l)
	if s.convex && h < 2 {
		out = append(out, gradientConvex(s.l, h)...)
	}
	if s.strong() && h <= 2*(1+theorem.Slack) {
		out = append(out, gradientStrong(s, γ)...)
	}
	if s.quadratic && s.convex && h < 2 {
		out = append(out, gradientQuadratic(s, h))
	}
	if h < math.Sqrt(3) {
		out = append(out, gradientNonconvex(s.l, γ))
	}
	if pl := s.global("PL"); pl > 0 && h < 2 {
		out = append(out, contraction(theorem.Theorem{
			Name:       "gradient descent, Polyak–Łojasiewicz",
			Statement:  "Δ_N ≤ (1 − PL·γ(2 − Lγ))^N·Δ₀",
			Hypotheses: "L and PL global, 0 < h < 2, f* known",
			Source:     "Polyak 1963, USSR Comput. Math. Math. Phys. 3, 864–878; Karimi, Nutini & Schmidt 2016, ECML (γ = 1/L); Δ₊ ≤ Δ − γ(1 − Lγ/2)‖g‖², ‖g‖² ≥ 2·PL·Δ",
			DOI:        "10.1016/0041-5553(63)90382-3",
		}, gap, constantly(1-float64(pl*γ*(2-h)))))
	}
	if s.convex && math.Abs(h-1) <= theorem.Slack {
		out = append(out, gradientCertificate(s.l))
	}
	return out
}

func gradientConvex(l, h float64) []Guarantee {
	return []Guarantee{
		envelope(theorem.Theorem{
			Name:       "gradient descent, convex: gap",
			Statement:  "Δ_N ≤ (LR²/2)·max{1/(2Nh + 1), (1 − h)^{2N}}",
			Hypotheses: convexTo2,
			Source:     "Drori & Teboulle 2014, Math. Program. 145, 451–482, theorem 3.1 (h ≤ 1); " + kim, DOI: "10.48550/arXiv.2412.04427", Tight: true,
		}, gap, func(start *State) func(int) float64 {
			return func(k int) float64 {
				return l / 2 * start.Distance * start.Distance * shrunk(h, k)
			}
		}),
		envelope(theorem.Theorem{
			Name:       "gradient descent, convex: gradient",
			Statement:  "‖g_N‖ ≤ LR·√(e(⌈N/2⌉)·e(⌊N/2⌋)), e(n) = max{1/(2nh + 1), (1 − h)^{2n}}; for even N: LR·max{1/(Nh + 1), |1 − h|^N}",
			Hypotheses: convexTo2,
			Source:     "‖g_N‖² ≤ 2LΔ_j·e(N − j) of Rotaru, Glineur & Patrinos 2024, arXiv:2406.17506, after Δ_j ≤ (LR²/2)·e(j) of " + kim, DOI: "10.48550/arXiv.2412.04427", Tight: true,
		}, gradientNorm, func(start *State) func(int) float64 {
			return func(k int) float64 {
				return l * start.Distance * math.Sqrt(shrunk(h, (k+1)/2)*shrunk(h, k/2))
			}
		}),
	}
}

// shrunk is e(n) = max{1/(2nh + 1), (1 − h)^{2n}}: what n steps leave of LR²/2 as a gap, and
// of the gap as ‖g‖²/(2L).
func shrunk(h float64, n int) float64 {
	double := float64(2 * n)
	return math.Max(1/(float64(double*h)+1), elementary.Pow(1-h, double))
}

func gradientStrong(s *known, γ float64) []Guarantee {
	ρ := math.Max(math.Abs(1-float64(γ*s.mu)), math.Abs(1-float64(γ*s.l)))
	stated := func(what, statement string) theorem.Theorem {
		return theorem.Theorem{
			Name: "gradient descent, strongly convex: " + what, Statement: statement, Tight: true,
			Hypotheses: "strongly convex, L and μ global, 0 < h ≤ 2",
			Source:     "Polyak 1987, Introduction to Optimization, §1.4; " + taylorTHG, DOI: "10.1007/s10957-018-1298-1",
		}
	}
	return []Guarantee{
		contraction(stated("distance", "‖x_N − x*‖ ≤ ρ^N·R"), distance, constantly(ρ)),
		contraction(stated("gradient", "‖g_N‖ ≤ ρ^N·‖g₀‖"), gradientNorm, constantly(ρ)),
		contraction(stated("gap", "Δ_N ≤ ρ^{2N}·Δ₀"), gap, constantly(ρ*ρ)),
	}
}

func gradientQuadratic(s *known, h float64) Guarantee {
	q := s.mu / s.l
	return envelope(theorem.Theorem{
		Name:       "gradient descent, quadratics: gap",
		Statement:  "Δ_N ≤ (LR²/2)·max{α(1 − αh)^{2N}, (1 − h)^{2N}}, α = clip(1/(h(2N + 1)), q, 1)",
		Hypotheses: "convex quadratic, L and μ (or 0) global, 0 < h < 2, a known minimizer",
		Source:     "Bousselmi, Hendrickx & Glineur 2024, SIAM J. Optim. 34, 3033–3063, equation 4.17 of the preprint; the largest ½λ(1 − γλ)^{2N} over μ ≤ λ ≤ L", DOI: "10.48550/arXiv.2302.08781", Tight: true,
	}, gap, func(start *State) func(int) float64 {
		return func(k int) float64 {
			n := float64(k)
			α := math.Min(1, math.Max(q, 1/(h*(2*n+1))))
			return s.l / 2 * start.Distance * start.Distance * math.Max(α*elementary.Pow(1-float64(α*h), 2*n), elementary.Pow(1-h, 2*n))
		}
	})
}

func gradientNonconvex(l, γ float64) Guarantee {
	m := math.Min(float64(4*γ)-float64(l*γ*γ), float64(4*γ)-float64(l*l*γ*γ*γ))
	return least(theorem.Theorem{
		Name:       "gradient descent, smooth: least gradient",
		Statement:  "min_{k≤N} ‖g_k‖² ≤ 4Δ₀/(Nm + 2/L), m = min(4γ − Lγ², 4γ − L²γ³)",
		Hypotheses: "L global, 0 < h < √3, f* known, every iteration observed",
		Source:     "Abbaszadehpeivasti, de Klerk & Zamani 2022, Optim. Lett. 16, 1649–1661", DOI: "10.1007/s11590-021-01821-1", Tight: true,
	}, squared(gradientNorm), func(start *State) func(*State) float64 {
		return func(at *State) float64 { return 4 * start.Gap / (float64(float64(at.K)*m) + 2/l) }
	})
}

// gradientCertificate is a potential that no step increases.
func gradientCertificate(l float64) Guarantee {
	squaredGradient, squaredDistance := squared(gradientNorm), squared(distance)
	potential := func(s *State, k float64) (value, floor float64) {
		value = float64((float64(2*k)+1)*l*s.Gap) + float64(k*(k+2)*s.GradientNorm*s.GradientNorm) + float64(l*l*s.Distance*s.Distance)
		_, g := squaredGradient(s)
		_, d := squaredDistance(s)
		return value, float64((float64(2*k)+1)*l*s.gapFloor) + float64(k*(k+2)*g) + float64(l*l*d) + float64(rounding*value)
	}
	return stepwise(theorem.Theorem{
		Name:       "gradient descent, convex: certificate of each step",
		Statement:  "(2k + 1)LΔ_k + k(k + 2)‖g_k‖² + L²‖x_k − x*‖² does not increase, γ = 1/L",
		Hypotheses: "convex, L global, γ = 1/L, a known minimizer, successive iterations observed",
		Source:     "Taylor & Bach 2019, COLT, theorem 3", DOI: "10.48550/arXiv.1902.00947", Tight: true,
	}, func(before, at *State) theorem.Comparison {
		was, floor := potential(before, float64(before.K))
		v, f := potential(at, float64(at.K))
		return compared(v, was, floor+f)
	})
}
