package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/reduction"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/problems"
)

const (
	kovalev     = "Kovalev, Horváth & Richtárik 2020, ALT, PMLR 117, 451–467, "
	kovalevDOI  = "10.48550/arXiv.1901.08689"
	oneOfSum    = "finite sum, f strongly convex with μ global, every fᵢ convex and Lmax-smooth (L = Lmax), one sample a step drawn uniformly, "
	inEachRound = "measured where a round ends, "
)

// renewal is the probability of a new snapshot or full gradient in a step, with its default.
func renewal(p, usual float64) float64 {
	if p == 0 {
		return usual
	}
	return p
}

// looplessSVRG is the Lyapunov function of the paper, with (1/m)Σ‖∇fᵢ(x₀) − ∇fᵢ(x*)‖² ≤ 2LΔ₀ at the
// start, where the snapshot is.
func looplessSVRG(s *known, m *reduction.LoopLessSVRG, lmax float64) []Guarantee {
	γ, p := m.LR.Value, renewal(m.P, 1/float64(s.sum.Samples()))
	if !s.strong() || s.minimizer() == nil || !(float64(6*γ*lmax) <= 1+theorem.Slack) {
		return nil
	}
	rate := math.Max(1-float64(γ*s.mu), 1-float64(p/2))
	return []Guarantee{envelope(theorem.Theorem{
		Name:       "L-SVRG",
		Statement:  "E‖x_k − x*‖² ≤ max{1 − γμ, 1 − p/2}^k·(R² + 8Lγ²Δ₀/p)",
		Hypotheses: oneOfSum + "0 < γ ≤ 1/(6Lmax), the minimizer known",
		Source:     kovalev + "theorem 5", DOI: kovalevDOI, InExpectation: true,
	}, squared(distance), func(start *State) func(int) float64 {
		first := float64(start.Distance*start.Distance) + float64(8*lmax*γ*γ*start.Gap)/p
		return func(k int) float64 { return elementary.Pow(rate, float64(k)) * first }
	})}
}

// katyusha is the sum of the three Lyapunov functions of the paper, of which (f(y) − f*)/θ₁ is one.
func katyusha(s *known, m *reduction.Katyusha, lmax float64) []Guarantee {
	if !s.strong() || math.Abs(m.L.Value/lmax-1) > theorem.Slack || math.Abs(m.Mu.Value/s.mu-1) > theorem.Slack {
		return nil
	}
	const back = 0.5 // θ₂
	n, σ := float64(s.sum.Samples()), s.mu/lmax
	p, θ := renewal(m.P, 1/n), math.Min(math.Sqrt(float64(2*n*σ)/3), 0.5)
	η := back / ((1 + back) * θ)
	pull := 1 + float64(η*σ)
	rate := math.Max(math.Max(1/pull, 1-float64(θ*(1-back))), 1-float64(p*θ)/(1+θ))
	return []Guarantee{envelope(theorem.Theorem{
		Name:       "Katyusha without loops",
		Statement:  "E Δ(y_k) ≤ max{1/(1 + ησ), 1 − θ₁/2, 1 − pθ₁/(1 + θ₁)}^k·(θ₁L(1 + ησ)R²/(2η) + (1 + (1 + θ₁)/(2p))Δ₀), σ = μ/L, θ₁ = min{√(2mσ/3), ½}, η = 1/(3θ₁)",
		Hypotheses: oneOfSum + "the method's L and μ these, the minimizer known",
		Source:     kovalev + "theorem 11 and its proof", DOI: kovalevDOI, InExpectation: true,
	}, gap, func(start *State) func(int) float64 {
		first := float64(θ*lmax*pull*start.Distance*start.Distance)/(2*η) + float64((1+back*(1+θ)/p)*start.Gap)
		return func(k int) float64 { return elementary.Pow(rate, float64(k)) * first }
	})}
}

// sarah is measured at the ends of rounds, each a point of the round drawn uniformly.
func sarah(s *known, m *reduction.SARAH, lmax float64) []Guarantee {
	γ, inner := m.LR.Value, m.Inner
	if inner == 0 {
		inner = s.sum.Samples()
	}
	factor := 1/float64(s.mu*γ*float64(inner+1)) + float64(γ*lmax)/(2-float64(γ*lmax))
	if !s.strong() || m.Next != "random" || !(float64(γ*lmax) <= 1 && factor < 1) {
		return nil
	}
	return []Guarantee{{theorem.Theorem{
		Name:       "SARAH",
		Statement:  "E‖∇f(x̃_s)‖² ≤ (1/(μη(m + 1)) + ηL/(2 − ηL))^s·‖g₀‖², x̃ a random point of a round of m steps behind the full gradient",
		Hypotheses: oneOfSum + inEachRound + "ηL ≤ 1 and a factor below 1, next: random",
		Source:     "Nguyen, Liu, Scheinberg & Takáč 2017, ICML, PMLR 70, 2613–2621, theorem 4", DOI: "10.48550/arXiv.1703.00102", InExpectation: true,
	}, func(start *State) Claim {
		measure := squared(gradientNorm)
		return func(_, at *State) theorem.Comparison {
			if at.K%(inner+1) != 0 {
				return nothing
			}
			v, floor := measure(at)
			return compared(v, elementary.Pow(factor, float64(at.K/(inner+1)))*start.GradientNorm*start.GradientNorm, floor)
		}
	}}}
}

// page needs no convexity. The least of N + 1 gradients is at most their mean.
func page(s *known) []Guarantee {
	m, ok := s.Method.(*reduction.PAGE)
	lmax := s.global(problems.LargestL)
	uniform := s.Batch == 0 || s.Batch == 1 && s.Replacement
	if !ok || s.sum == nil || s.composite || !uniform || s.noise != (problems.Noise{}) || s.Facts.Minimum == nil {
		return nil
	}
	γ, p := m.LR.Value, renewal(m.P, 1/(float64(s.sum.Samples())+1))
	if !(float64(γ*lmax*(1+math.Sqrt((1-p)/p))) <= 1+theorem.Slack) {
		return nil
	}
	t := theorem.Theorem{
		Name:       "PAGE, smooth: least gradient",
		Statement:  "E min_{k≤N} ‖g_k‖² ≤ 2Δ₀/(γ(N + 1))",
		Hypotheses: "finite sum, every fᵢ Lmax-smooth, one sample a step drawn uniformly, 0 < γ ≤ 1/(Lmax(1 + √((1 − p)/p))), f* known, every iteration observed",
		Source:     "Li, Bao, Zhang & Richtárik 2021, ICML, PMLR 139, 6286–6295, theorem 1", DOI: "10.48550/arXiv.2008.10898", InExpectation: true,
	}
	return []Guarantee{least(t, squared(gradientNorm), func(start *State) func(*State) float64 {
		return func(at *State) float64 { return 2 * start.Gap / (γ * float64(at.K+1)) }
	})}
}
