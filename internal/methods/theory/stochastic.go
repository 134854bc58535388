package theory

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/reduction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// stochasticGradient is x − γ∇̃f(x), with noise that is added or with batches drawn with
// replacement. Shuffled batches obey other theorems.
func stochasticGradient(s *known) []Guarantee {
	γ := s.gradientStep()
	if !(γ > 0) || s.composite || !s.strong() {
		return nil
	}
	noisy := s.noise != problems.Noise{}
	switch {
	case s.Batch == 0 && s.noise.Gradient > 0 && s.noise == problems.Noise{Value: s.noise.Value, Gradient: s.noise.Gradient}: // normal, and added
		return []Guarantee{additiveNoise(s, γ)}
	case !noisy && s.Batch > 0 && s.Replacement && s.minimizer() != nil:
		return sampling(s, γ)
	}
	return nil
}

// additiveNoise has independent errors of variance σ² in all, n·σ_g².
func additiveNoise(s *known, γ float64) Guarantee {
	ρ := math.Max(math.Abs(1-float64(γ*s.mu)), math.Abs(1-float64(γ*s.l)))
	variance := float64(s.Problem.Dim()) * s.noise.Gradient * s.noise.Gradient
	return envelope(theorem.Theorem{
		Name:       "SGD, additive noise, strongly convex",
		Statement:  "E‖x_k − x*‖² ≤ ρ^{2k}R² + γ²σ²(1 − ρ^{2k})/(1 − ρ²), σ² the variance of all coordinates together",
		Hypotheses: "strongly convex, L and μ global, constant γ, all samples, additive noise on gradients alone, drawn at every step",
		Source:     "E‖x₊ − x*‖² = ‖x − γ∇f(x) − x*‖² + γ²σ²; compare Bach & Moulines 2011, NIPS 24", Tight: true, InExpectation: true,
	}, squared(distance), func(start *State) func(int) float64 {
		return func(k int) float64 {
			n := float64(k)
			shrink, noise := elementary.Pow(ρ, 2*n), n
			if ρ != 1 {
				noise = (1 - shrink) / (1 - float64(ρ*ρ))
			}
			return float64(shrink*start.Distance*start.Distance) + float64(γ*γ*variance*noise)
		}
	})
}

// sampling has the variance of the samples' gradients at the optimum, σ*², over the size
// of the batch.
func sampling(s *known, γ float64) []Guarantee {
	lmax := s.global(problems.LargestL)
	if !(γ*lmax < 1) || !s.convexSamples() {
		return nil
	}
	variance := s.varianceAtOptimum() / float64(s.Batch)
	ρ := 1 - float64(2*γ*s.mu*(1-float64(γ*lmax)))
	return []Guarantee{envelope(theorem.Theorem{
		Name:       "SGD, noise at the optimum, strongly convex",
		Statement:  "E‖x_k − x*‖² ≤ (1 − 2γμ(1 − γLmax))^k·R² + γσ*²/(μ(1 − γLmax)), σ*² = (1/(bm))Σ‖∇fᵢ(x*)‖² for batches of b",
		Hypotheses: "finite sum, f strongly convex with μ global, every fᵢ convex and Lmax-smooth, 0 < γ < 1/Lmax, batches drawn with replacement, the minimizer known",
		Source:     "Needell, Srebro & Ward 2016, Math. Program. 155, 549–573, theorem 2.1", DOI: "10.1007/s10107-015-0864-7", InExpectation: true,
	}, squared(distance), func(start *State) func(int) float64 {
		return func(k int) float64 {
			return float64(elementary.Pow(ρ, float64(k))*start.Distance*start.Distance) + γ*variance/(s.mu*(1-float64(γ*lmax)))
		}
	})}
}

// stochasticPolyak is γ_k = min{(f_B(x) − ℓ)/(c‖∇f_B‖²), γ_b} on batches that are drawn
// with replacement, with a bound ℓ below the loss of every one: the theorem of the paper with the
// curvature μ_s that every sample has, or where c > ½ with that of f, by the same two
// lines: ‖x₊ − x*‖² ≤ ‖x − x*‖² − 2γ(f_B(x) − f_B(x*)) + (γ/c)(f_B(x) − ℓ), α ≤ γ ≤ γ_b.
func stochasticPolyak(s *known) []Guarantee {
	t, ok := s.rule.(*step.Polyak)
	minimum := s.Facts.Minimum
	if !ok || !s.alongGradient() || t.Minimum != "known" || s.sum == nil || s.Batch == 0 || !s.Replacement ||
		s.noise != (problems.Noise{}) || s.composite || !s.convexSamples() || minimum == nil {
		return nil
	}
	c, bound, longest, lmax := 1/t.Factor, t.Bound, t.Limit(), s.global(problems.LargestL)
	curved := (1 - 1/(2*c)) * s.mu
	if every := s.global(problems.SampleMu); every > curved {
		curved = every
	}
	if !(c >= 0.5 && lmax > 0 && curved > 0 && bound <= minimum.Value) || math.IsInf(longest, 1) {
		return nil
	}
	least := math.Min(1/(2*c*lmax), longest)
	floor := 2 * longest * (minimum.Value + minimum.Accuracy - bound) / (least * curved)
	return []Guarantee{envelope(theorem.Theorem{
		Name:       "stochastic Polyak step, strongly convex",
		Statement:  "E‖x_k − x*‖² ≤ (1 − αm)^k·R² + 2γ_b(f* − ℓ)/(αm), α = min{1/(2cLmax), γ_b}, m = max{μ_s, (1 − 1/(2c))μ}, c = 1/factor ≥ ½, ℓ below every batch",
		Hypotheses: "finite sum, every fᵢ convex and Lmax-smooth, μ_s or (c > ½) μ global, ℓ ≤ f*, batches drawn with replacement, a known minimizer",
		Source:     "Loizou, Vaswani, Laradji & Lacoste-Julien 2021, AISTATS, PMLR 130, 1306–1314 (strongly convex samples, μ_s), with ℓ for the least values of batches as in Orvieto, Lacoste-Julien & Loizou 2022, NeurIPS; derived in the same way for μ", DOI: "10.48550/arXiv.2002.10542", InExpectation: true,
	}, squared(distance), func(start *State) func(int) float64 {
		return func(k int) float64 {
			return float64(elementary.Pow(1-float64(least*curved), float64(k))*start.Distance*start.Distance) + floor
		}
	})}
}

// convexSamples reports a finite sum all of whose terms are known to be convex: a convex
// mean does not need that, and theorems about sampling do.
func (s *known) convexSamples() bool {
	c, known := s.Facts.Constants[problems.SampleMu]
	return s.sum != nil && known && c.Scope == problems.Global && c.Value >= 0
}

// minimizer is the first known one.
func (s *known) minimizer() []float64 {
	if m := s.Facts.Minimum; m != nil && len(m.Points) > 0 && s.sum != nil {
		return m.Points[0]
	}
	return nil
}

func (s *known) varianceAtOptimum() float64 {
	x := s.minimizer()
	g := make([]float64, len(x))
	var sum float64
	for i := range s.sum.Samples() {
		s.sum.EvaluateOn(x, g, []int32{int32(i)})
		sum += vec.Dot(g, g)
	}
	return sum / float64(s.sum.Samples())
}

// varianceReduction is SVRG, its relatives and SAGA with one sample a step, drawn uniformly.
func varianceReduction(s *known) []Guarantee {
	lmax := s.global(problems.LargestL)
	uniform := s.Batch == 0 || s.Batch == 1 && s.Replacement
	if s.composite || !s.convexSamples() || !(lmax > 0) || !uniform || s.noise != (problems.Noise{}) {
		return nil
	}
	switch m := s.Method.(type) {
	case *reduction.SVRG:
		return svrg(s, m, lmax)
	case *reduction.LoopLessSVRG:
		return looplessSVRG(s, m, lmax)
	case *reduction.Katyusha:
		return katyusha(s, m, lmax)
	case *reduction.SARAH:
		return sarah(s, m, lmax)
	case *reduction.SAGA:
		// The theorem is about samples that are each μ-strongly convex, not about their mean.
		every := s.global(problems.SampleMu)
		if γ := m.LR.Value; math.Abs(float64(3*lmax*γ)-1) <= theorem.Slack && every > 0 && s.minimizer() != nil {
			return []Guarantee{saga(s, γ, lmax, every)}
		}
	}
	return nil
}

// svrg is measured at the snapshots, which are the iterates that end a round. The theorem
// draws the snapshot from the inner iterates.
func svrg(s *known, m *reduction.SVRG, lmax float64) []Guarantee {
	γ, inner := m.LR.Value, m.Inner
	if inner == 0 {
		inner = 2 * s.sum.Samples()
	}
	factor := 1/(s.mu*γ*(1-float64(2*lmax*γ))*float64(inner)) + 2*lmax*γ/(1-float64(2*lmax*γ))
	if !s.strong() || m.Snapshot != "random" || !(2*lmax*γ < 1 && factor < 1) {
		return nil
	}
	return []Guarantee{{theorem.Theorem{
		Name:       "SVRG",
		Statement:  "E Δ(x̃_s) ≤ (1/(μη(1 − 2Lη)m) + 2Lη/(1 − 2Lη))^s·Δ(x̃₀), x̃ a random inner iterate",
		Hypotheses: "finite sum, f strongly convex with μ global, every fᵢ convex and Lmax-smooth (L = Lmax), one sample a step, 2Lη < 1 and a factor below 1, f* known",
		Source:     "Johnson & Zhang 2013, NIPS 26, 315–323, option II", InExpectation: true,
	}, func(start *State) Claim {
		return func(_, at *State) theorem.Comparison {
			if at.K%inner != 0 {
				return nothing
			}
			return compared(at.Gap, elementary.Pow(factor, float64(at.K/inner))*start.Gap, at.gapFloor)
		}
	}}}
}

// saga is the proof of theorem 1 for another step: with γ = 1/(3L), β = 2 and the paper's
// c = 1/(2γ(1 − γμ)m) the factors in its bound on E T₊ − T are at most 0 where the rate is at most
// μ/(3L) and (1 − 1/(2(1 − γμ)))/m ≥ 1/(4m). As in corollary 1 c‖x − x*‖² is a part of the Lyapunov
// function, which is known at the start, where the gradients remembered are those at x₀.
func saga(s *known, γ, lmax, mu float64) Guarantee {
	m := float64(s.sum.Samples())
	rate := 1 - math.Min(1/(4*m), mu/(3*lmax))
	inverse := 2 * γ * (1 - float64(γ*mu)) * m // 1/c
	return envelope(theorem.Theorem{
		Name:       "SAGA, γ = 1/(3L)",
		Statement:  "E‖x_k − x*‖² ≤ (1 − min{1/(4m), μ/(3L)})^k·(R² + 2γ(1 − γμ)m·Δ₀), μ = μ_s and L = Lmax of the samples",
		Hypotheses: "finite sum, every fᵢ μ_s-strongly convex and Lmax-smooth, γ = 1/(3Lmax), one sample a step drawn uniformly, the minimizer known",
		Source:     "Defazio, Bach & Lacoste-Julien 2014, NIPS 27: the proof of theorem 1 and corollary 1, which are stated for γ = 1/(2(μm + L)), with β = 2", DOI: "10.48550/arXiv.1407.0202", InExpectation: true,
	}, squared(distance), func(start *State) func(int) float64 {
		first := float64(start.Distance*start.Distance) + float64(inverse*start.Gap)
		return func(k int) float64 { return elementary.Pow(rate, float64(k)) * first }
	})
}

// coordinateDescent is one random coordinate a step, of length 1/Lᵢ along it.
func coordinateDescent(s *known) []Guarantee {
	d, ok := s.direction.(*direction.Coordinate)
	if !ok || !d.Scaled || s.fixedStep() != 1 || !s.quadratic || !s.exact || !s.strong() {
		return nil
	}
	l, a := s.coordinateConstants()
	if l == nil {
		return nil
	}
	stated := func(name, statement string) theorem.Theorem {
		return theorem.Theorem{Name: "randomized coordinate descent, " + name, Statement: statement, Tight: true, InExpectation: true,
			Hypotheses: "strongly convex quadratic, at most 50 variables, steps 1/Lᵢ along a coordinate drawn at every step",
			Source:     "Nesterov 2012, SIAM J. Optim. 22, 341–362, theorem 2", DOI: "10.1137/100802001"}
	}
	n := len(l)
	switch d.Order {
	case "random":
		// σ_L is the strong convexity in the norm (ΣLᵢxᵢ²)^½.
		scaled := mat.NewSymDense(n, nil)
		for i := range n {
			for j := i; j < n; j++ {
				scaled.SetSym(i, j, a.At(i, j)/math.Sqrt(l[i]*l[j]))
			}
		}
		var eigen linalg.Eigen
		if !eigen.Factorize(scaled, false) {
			return nil
		}
		σ := eigen.Values()[0]
		return []Guarantee{contraction(stated("uniform", "E Δ_{k+1} ≤ (1 − σ_L/n)·Δ_k"), gap, constantly(1-σ/float64(n))).fromStart()}
	case "lipschitz":
		total := 0.0
		for _, v := range l {
			total += v
		}
		return []Guarantee{contraction(stated("p ∝ Lᵢ", "E Δ_{k+1} ≤ (1 − μ/ΣLᵢ)·Δ_k"), gap, constantly(1-s.mu/total)).fromStart()}
	}
	return nil
}

// coordinateConstants is the diagonal of a quadratic's matrix, and the matrix.
func (s *known) coordinateConstants() ([]float64, *mat.SymDense) {
	a := s.matrix()
	if a == nil {
		return nil, nil
	}
	l := make([]float64, a.SymmetricDim())
	for i := range l {
		l[i] = a.At(i, i)
		if !(l[i] > 0) {
			return nil, nil
		}
	}
	return l, a
}
