package theory

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/internal/methods/secondorder"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// newtonType is Newton's method and the self-concordant theory.
func newtonType(s *known) []Guarantee {
	d, newton := s.direction.(*direction.Newton)
	if !s.exact || s.composite || !newton {
		return nil
	}
	pure := s.fixedStep() == 1 && d.Indefinite == "none"
	_, exact := s.rule.(*step.Exact)
	var out []Guarantee
	if m := s.global(problems.HessianM); pure && m > 0 && s.mu > 0 {
		out = append(out, newtonQuadratic(m, s.mu))
	}
	if m := s.global(problems.HessianM); pure && m > 0 {
		if μ := s.localMu(); μ > 0 {
			out = append(out, newtonLocal(m, μ))
		}
	}
	// Convex quadratics are self-concordant: Boyd & Vandenberghe 2004, §9.6.1.
	const most = 50 // variables: λ takes a factorization at every point that is observed
	concordant := s.global(problems.SelfConcordance) == 1 || s.quadratic && s.strong()
	if h, ok := problems.As[problems.Hessian](s.Problem); ok && concordant && s.Problem.Dim() <= most {
		out = append(out, s.selfConcordant(h, pure, exact)...)
	}
	return out
}

const newtonError = "Nesterov 2004, Introductory Lectures on Convex Optimization, §1.2: x₊ − x* = ∇²f(x)⁻¹·∫(∇²f(x) − ∇²f(x* + τe))e dτ, 0 ≤ τ ≤ 1, ‖∇²f(x)⁻¹‖ ≤ "

// newtonQuadratic is the local rate where μ holds everywhere.
func newtonQuadratic(m, mu float64) Guarantee {
	return stepwise(theorem.Theorem{
		Name:       "pure Newton, M-Lipschitz Hessian",
		Statement:  "‖e₊‖ ≤ M‖e‖²/(2μ), e = x − x*",
		Hypotheses: "M and μ global, unmodified Hessian, step 1, the minimizer known, successive iterations observed",
		Source:     newtonError + "1/μ", DOI: "10.1007/978-1-4419-8853-9", Tight: true,
	}, func(before, at *State) theorem.Comparison {
		e := before.Distance + before.distanceFloor
		return compared(at.Distance, m*e*e/(2*mu), at.distanceFloor)
	})
}

// localMu is the least curvature at the only known minimizer, NaN where there is none.
func (s *known) localMu() float64 {
	if m := s.Facts.Minimum; m != nil && len(m.Points) == 1 {
		return critical.Curvature(s.Problem, m.Points[0]).Lowest
	}
	return math.NaN()
}

// newtonLocal is the rate within the distance μ/M of the minimizer.
func newtonLocal(m, mu float64) Guarantee {
	return stepwise(theorem.Theorem{
		Name:       "pure Newton, near a minimizer",
		Statement:  "‖e₊‖ ≤ M‖e‖²/(2(μ − M‖e‖)), e = x − x*, μ = λmin(∇²f(x*)), ‖e‖ < μ/M",
		Hypotheses: "M global, unmodified Hessian, step 1, one known minimizer, successive iterations observed",
		Source:     newtonError + "1/(μ − M‖e‖)", DOI: "10.1007/978-1-4419-8853-9", Tight: true,
	}, func(before, at *State) theorem.Comparison {
		e := before.Distance + before.distanceFloor
		if m*e >= mu {
			return nothing
		}
		return compared(at.Distance, m*e*e/(2*(mu-float64(m*e))), at.distanceFloor)
	})
}

// selfConcordant measures the Newton decrement λ = (gᵀH⁻¹g)^½.
func (s *known) selfConcordant(h problems.Hessian, pure, exact bool) []Guarantee {
	floor := s.decrementFloor
	stated := func(what, statement string) theorem.Theorem {
		return theorem.Theorem{Name: "Newton, self-concordant: " + what, Statement: statement,
			Hypotheses: "standard self-concordant, as strongly convex quadratics are, at most 50 variables, f* known",
			Source:     "Nesterov & Nemirovskii 1994, Interior-Point Polynomial Algorithms, chapter 2", DOI: "10.1137/1.9781611970791"}
	}
	λ := func(s *State) float64 { return decrement(h, s) }
	lower := stated("decrement below the gap", "ω(λ) ≤ Δ, ω(λ) = λ − ln(1 + λ)")
	upper := stated("gap below the conjugate", "Δ ≤ ω*(λ) = −λ − ln(1 − λ), λ < 1")
	lower.Tight, upper.Tight = true, true
	out := []Guarantee{
		{lower, func(*State) Claim {
			return func(_, at *State) theorem.Comparison {
				v := λ(at)
				return compared(v-elementary.Log1p(v), at.Gap, at.gapFloor+float64((v+1)*floor(at, v)))
			}
		}},
		{upper, func(*State) Claim {
			return func(_, at *State) theorem.Comparison {
				v := λ(at)
				if v >= 1 {
					return nothing
				}
				return compared(at.Gap, -v-elementary.Log1p(-v), at.gapFloor+float64((v/(1-v)+1)*floor(at, v)))
			}
		}},
	}
	if pure {
		out = append(out, stepwise(stated("pure step", "λ₊ ≤ (λ/(1 − λ))², λ < 1"), func(before, at *State) theorem.Comparison {
			v := λ(before)
			if v >= 1 {
				return nothing
			}
			q := v / (1 - v)
			return compared(λ(at), q*q, floor(at, v)+floor(before, v))
		}))
	}
	if exact {
		// The exact line search does at least as well as the step 1/(1 + λ).
		decrease := stated("decrease", "f(x) − f(x₊) ≥ λ − ln(1 + λ)")
		out = append(out, stepwise(decrease, func(before, at *State) theorem.Comparison {
			v := λ(before)
			return compared(v-elementary.Log1p(v), before.Gap-at.Gap, before.gapFloor+at.gapFloor+float64((v+1)*floor(before, v)))
		}))
	}
	return out
}

// decrementFloor is what rounding may have done to the decrement λ at a state: through the
// gradient, and through the solution of a system of condition κ.
func (s *known) decrementFloor(at *State, λ float64) float64 {
	floor := float64(rounding * (1 + λ))
	if s.strong() {
		floor += float64(rounding*s.kappa()*λ) + at.gradientFloor/math.Sqrt(s.mu)
	}
	return floor
}

// decrement is (gᵀH⁻¹g)^½, NaN where H is not positive definite.
func decrement(p problems.Hessian, s *State) float64 {
	n := len(s.X)
	h := mat.NewSymDense(n, nil)
	p.Hessian(s.X, h)
	c := linalg.NewCholesky(n)
	if !c.Factorize(h) {
		return math.NaN()
	}
	x := append([]float64(nil), s.Grad...)
	c.Solve(x)
	return math.Sqrt(vec.Dot(s.Grad, x))
}

// Resisting is a function on which no method that stays in the span of its gradients is
// faster than a bound.
type Resisting interface {
	// Resists is the iteration at which the bound holds, from the origin; 0 for none.
	Resists() int
}

// conjugateGradient is linear CG on quadratics, and the lower bound that no first-order
// method beats. Barzilai and Borwein's method is R-linear there (Dai & Liao 2002), but no paper
// states the constant, so that a run cannot be compared with it.
func conjugateGradient(s *known) []Guarantee {
	var out []Guarantee
	if !s.smooth() {
		return nil
	}
	if worst, ok := s.Problem.(Resisting); ok && firstOrder(s) {
		out = append(out, lowerBound(s.l, worst.Resists()))
	}
	if !s.quadratic || !s.strong() {
		return out
	}
	if s.linearCG() {
		out = append(out, chebyshev(s), finite(s))
	}
	return out
}

// linearCG reports conjugate gradients as they are on a quadratic: by the linear method, or
// by the nonlinear one with an exact line search.
func (s *known) linearCG() bool {
	if _, linear := s.Method.(*secondorder.LinearCG); linear {
		return true
	}
	d, conjugate := s.direction.(*direction.ConjugateGradient)
	_, exact := s.rule.(*step.Exact)
	return conjugate && exact && d.Restart == "none"
}

// firstOrder reports methods that stay in x₀ + span{∇f(x₀), …, ∇f(x_{k−1})}.
func firstOrder(s *known) bool {
	switch s.Method.(type) {
	case *secondorder.LinearCG, *momentum.Nesterov, *momentum.OptimizedGradient, *momentum.TripleMomentum:
		return true
	}
	_, _, recurrent := traits.Recurrence(s.Method)
	_, conjugate := s.direction.(*direction.ConjugateGradient)
	return recurrent || conjugate || s.alongGradient()
}

func chebyshev(s *known) Guarantee {
	root := math.Sqrt(s.kappa())
	ρ := (root - 1) / (root + 1)
	return envelope(theorem.Theorem{
		Name:       "conjugate gradient, quadratics",
		Statement:  "Δ_k ≤ Δ₀/T_k((κ + 1)/(κ − 1))²",
		Hypotheses: "strongly convex quadratic, L and μ global, exact line searches without restarts by rule",
		Source:     "Hestenes & Stiefel 1952, J. Res. NBS 49, 409–436; the constant by Chebyshev polynomials: Golub & Van Loan 2013, Matrix Computations, §11.3", DOI: "10.6028/jres.049.044", Tight: true,
	}, gap, func(start *State) func(int) float64 {
		return func(k int) float64 {
			p := elementary.Pow(ρ, float64(k)) // 1/T_k = 2/(ρ^k + ρ^{−k})
			c := 2 * p / (1 + float64(p*p))
			return c * c * start.Gap
		}
	})
}

// finite is the end of CG after n steps in exact arithmetic. Rounding leaves an error that
// no simple bound describes; what is demanded is far below what the rate of convergence
// explains, where κ is moderate.
func finite(s *known) Guarantee {
	n := s.Problem.Dim()
	return Guarantee{theorem.Theorem{
		Name:       "conjugate gradient ends in n steps",
		Statement:  "x_n = x* without rounding; compared as ‖g_n‖ ≤ 1e-5·‖g₀‖",
		Hypotheses: "strongly convex quadratic, exact line searches without restarts by rule, κ ≤ 100: beyond, rounding ends orthogonality before",
		Source:     "Hestenes & Stiefel 1952, J. Res. NBS 49, 409–436, theorem 4:2", DOI: "10.6028/jres.049.044",
	}, func(start *State) Claim {
		return func(_, at *State) theorem.Comparison {
			if at.K < n || s.kappa() > 100 {
				return nothing // beyond, orthogonality is lost before the end
			}
			return compared(at.GradientNorm, 1e-5*start.GradientNorm, at.gradientFloor)
		}
	}}
}

// lowerBound is what every first-order method is above; measured and bound change places.
func lowerBound(l float64, n int) Guarantee {
	return Guarantee{theorem.Theorem{
		Name:       "first-order methods: least gap",
		Statement:  "Δ_k ≥ 3LR²/(32(k + 1)²), k = (n − 1)/2, on Nesterov's worst function from x₀ = 0",
		Hypotheses: "iterates in x₀ + span{∇f(x₀), …, ∇f(x_{k−1})}, that function in an odd number of variables, iteration k observed",
		Source:     "Nesterov 2004, Introductory Lectures on Convex Optimization, theorem 2.1.7", DOI: "10.1007/978-1-4419-8853-9", Lower: true,
	}, func(start *State) Claim {
		return func(_, at *State) theorem.Comparison {
			if at.K != n || n == 0 || vec.Norm(start.X) != 0 {
				return nothing
			}
			k := float64(n + 1)
			return compared(3*l*start.Distance*start.Distance/(32*k*k), at.Gap, at.gapFloor)
		}
	}}
}
