package theory

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// normSteps is steepest descent in a norm with steps that are fixed beforehand: greedy
// coordinates, signs, and normalized gradients.
func normSteps(s *known) []Guarantee {
	d, ok := s.direction.(*direction.Steepest)
	if !s.exact || s.composite || !ok {
		return nil
	}
	fixed, constant := s.rule.(*step.Fixed)
	switch {
	case d.Norm == "l2" && d.Normalized:
		return normalized(s)
	case d.Normalized || !constant || !s.strong():
		return nil
	case d.Norm == "l1":
		return gaussSouthwell(s, fixed.T.Value)
	case d.Norm == "linf":
		return signDescent(s, fixed.T.Value)
	case d.Norm == "spectral":
		return spectralDescent(s, fixed.T.Value)
	}
	return nil
}

// spectralDescent is −t‖g‖_*·UVᵀ in each matrix, whose Euclidean length is at most t‖g‖_*·√r.
func spectralDescent(s *known, t float64) []Guarantee {
	r := ranks(s.Problem)
	if !s.smooth() || !(float64(t*s.l*r) <= 1+theorem.Slack) {
		return nil
	}
	return []Guarantee{contraction(theorem.Theorem{
		Name:       "steepest descent in the spectral norm, fixed step",
		Statement:  "Δ_{k+1} ≤ (1 − 2μγ(1 − Lrγ/2))·Δ_k, r the sum of the ranks that the blocks of the variables can have; γ = 1/(Lr): 1 − μ/(Lr)",
		Hypotheses: "strongly convex, L and μ global, 0 < γ ≤ 1/(Lr), variables that form matrices",
		Source:     boyd + "§9.1.2 and §9.4: Δ₊ ≤ Δ − γ(1 − Lrγ/2)‖g‖_*², ‖g‖_* the sum of all singular values, ‖g‖_*² ≥ ‖g‖₂² ≥ 2μΔ; the norm of Bernstein & Newhouse 2024, arXiv:2409.20325", DOI: "10.1017/CBO9780511804441",
	}, gap, constantly(1-float64(2*s.mu*t*(1-float64(s.l*r*t/2)))))}
}

// ranks is the sum of the largest ranks of the blocks of the variables: ‖x‖₂² is at most that times
// the square of the spectral norm. Blocks that are no matrix count 1. NaN where there are no blocks.
func ranks(p problems.Problem) float64 {
	shapes, ok := problems.As[problems.Shapes](p)
	if !ok {
		return math.NaN()
	}
	sum := 0
	for _, b := range shapes.Shapes() {
		if b.IsMatrix() {
			sum += min(b.Rows, b.Columns)
		} else {
			sum++
		}
	}
	return float64(sum)
}

const nutini = "Nutini, Schmidt, Laradji, Friedlander & Koepke 2015, ICML"

// gaussSouthwell is −gᵢ/Lmax·eᵢ with the largest |gᵢ|.
func gaussSouthwell(s *known, t float64) []Guarantee {
	lmax := s.global(problems.LargestL)
	if s.sum != nil || !(math.Abs(float64(t*lmax)-1) <= theorem.Slack) {
		return nil
	}
	n := float64(s.Problem.Dim())
	return []Guarantee{contraction(theorem.Theorem{
		Name:       "Gauss–Southwell, step 1/Lmax",
		Statement:  "Δ_{k+1} ≤ (1 − μ/(nLmax))·Δ_k",
		Hypotheses: "strongly convex with μ global, Lmax the largest smoothness constant of one coordinate and global, no finite sum",
		Source:     nutini + "; the rate 1 − μ₁/Lmax of the refined analysis with the least possible μ₁ ≥ μ/n", DOI: "10.48550/arXiv.1506.00552", Tight: true,
	}, gap, constantly(1-s.mu/n/lmax))}
}

// signDescent is −‖g‖₁·sign(g)/L∞ on a quadratic, whose constants in the norm ℓ∞ have a
// closed form.
func signDescent(s *known, t float64) []Guarantee {
	const most = 14 // L∞ is a maximum over 2ⁿ signs
	h, ok := problems.As[problems.Hessian](s.Problem)
	n := s.Problem.Dim()
	if !ok || !s.quadratic || n > most {
		return nil
	}
	a := mat.NewSymDense(n, nil)
	h.Hessian(make([]float64, n), a)
	l, mu := MaxNormConstants(a)
	if !(t*l <= 1+theorem.Slack) {
		return nil
	}
	return []Guarantee{contraction(theorem.Theorem{
		Name:       "scaled sign descent, quadratics",
		Statement:  "Δ_{k+1} ≤ (1 − μ∞γ(2 − L∞γ))·Δ_k, μ∞ = 1/max (A⁻¹)ᵢᵢ, L∞ = max_{s∈{±1}ⁿ} sᵀAs; γ = 1/L∞: 1 − μ∞/L∞",
		Hypotheses: "strongly convex quadratic, at most 14 variables, 0 < γ ≤ 1/L∞",
		Source:     nutini + ", and steepest descent in the norm ℓ∞: Δ₊ ≤ Δ − γ(1 − L∞γ/2)‖g‖₁², ‖g‖₁² ≥ 2μ∞Δ", DOI: "10.48550/arXiv.1506.00552",
	}, gap, constantly(1-float64(mu*t*(2-float64(l*t)))))}
}

// MaxNormConstants are the smoothness and strong convexity constants of ½xᵀAx in the norm
// ℓ∞: L∞ = max sᵀAs over signs s, and μ∞ with ‖g‖₁² ≥ 2μ∞Δ, 1/max (A⁻¹)ᵢᵢ.
func MaxNormConstants(a *mat.SymDense) (l, mu float64) {
	n := a.SymmetricDim()
	signs, image := make([]float64, n), make([]float64, n)
	for bits := range 1 << n {
		for i := range n {
			signs[i] = 1 - 2*float64(bits>>i&1)
		}
		linalg.Product(image, a, signs)
		l = math.Max(l, vec.Dot(signs, image))
	}
	c := linalg.NewCholesky(n)
	if !c.Factorize(a) {
		return l, 0
	}
	largest := 0.0
	for i := range n {
		clear(image)
		image[i] = 1
		c.Solve(image)
		largest = math.Max(largest, image[i])
	}
	return l, 1 / largest
}

// normalized is x − h_k·g/‖g‖ with lengths h_k that are fixed beforehand.
func normalized(s *known) []Guarantee {
	length := lengths(s.rule)
	if length == nil {
		return nil
	}
	source := func(name, statement, hypotheses string) theorem.Theorem {
		return theorem.Theorem{Name: "normalized gradient, " + name, Statement: statement,
			Hypotheses: hypotheses + ", lengths fixed beforehand, every iteration observed",
			Source:     "Nesterov 2004, Introductory Lectures on Convex Optimization, §3.2.3", DOI: "10.1007/978-1-4419-8853-9"}
	}
	// sums are Σh and Σh² over the first N+1 lengths.
	sums := func(n int) (sum, squares float64) {
		for k := range n + 1 {
			sum += length(k)
			squares += float64(length(k) * length(k))
		}
		return sum, squares
	}
	deviation := func(r float64, n int) float64 {
		sum, squares := sums(n)
		return (float64(r*r) + squares) / (2 * sum)
	}
	var out []Guarantee
	if m := s.global(problems.Lipschitz); m > 0 && s.convex {
		theorem := source("Lipschitz convex", "min_{k≤N} Δ_k ≤ MD, D = (R² + Σh²)/(2Σh), sums over k ≤ N", "convex, M-Lipschitz with M global")
		theorem.Tight = true
		out = append(out, least(theorem, gap, func(start *State) func(*State) float64 {
			return func(at *State) float64 { return m * deviation(start.Distance, at.K) }
		}))
	}
	if s.l > 0 && s.convex {
		out = append(out, least(source("smooth convex", "min_{k≤N} Δ_k ≤ LD²/2, D = (R² + Σh²)/(2Σh), sums over k ≤ N", "convex, L global"), gap, func(start *State) func(*State) float64 {
			return func(at *State) float64 {
				d := deviation(start.Distance, at.K)
				return s.l / 2 * d * d
			}
		}))
	}
	if s.l > 0 {
		smooth := source("smooth", "min_{k≤N} ‖g_k‖ ≤ Δ₀/Σh + (L/2)Σh²/Σh, sums over k ≤ N", "L global, f* known")
		smooth.Source, smooth.DOI = "the sum of f(x_{k+1}) ≤ f(x_k) − h‖g_k‖ + Lh²/2; "+boyd+"§9.1.2", "10.1017/CBO9780511804441"
		out = append(out, least(smooth, gradientNorm, func(start *State) func(*State) float64 {
			return func(at *State) float64 {
				sum, squares := sums(at.K)
				return start.Gap/sum + s.l/2*squares/sum
			}
		}))
	}
	return out
}

// lengths are the step lengths that a schedule fixes beforehand, nil for other rules.
func lengths(rule methods.StepRule) func(k int) float64 {
	switch t := rule.(type) {
	case *step.Fixed:
		return t.Length
	case *step.Diminishing:
		return t.Length
	}
	return nil
}

// polyakStep is the step of Polyak along the negative gradient, with f* known. Its steps
// are at most factor/(2μ), which `longest` must not cut.
func polyakStep(s *known) []Guarantee {
	t, ok := s.rule.(*step.Polyak)
	if !ok || !s.alongGradient() || !s.smooth() || !s.convex || s.Facts.Minimum == nil || t.Minimum != "known" {
		return nil
	}
	if longest := t.Limit(); !math.IsInf(longest, 1) && !(longest >= t.Factor/(2*s.mu)) {
		return nil
	}
	var out []Guarantee
	switch {
	case t.Factor == 1:
		out = polyakOnce(s)
	case t.Factor == 2 && s.strong():
		out = polyakTwice(s)
	}
	for i := range out {
		out[i] = uncut(t.Limit(), out[i])
	}
	return out
}

// uncut compares no more once a step was cut off at the longest length, or not observed.
func uncut(longest float64, g Guarantee) Guarantee {
	begin := g.begin
	g.begin = func(start *State) Claim {
		claim, cut := begin(start), false
		return func(before, at *State) theorem.Comparison {
			cut = cut || at.Length >= longest || at.K != before.K+1
			c := claim(before, at)
			if cut {
				return nothing
			}
			return c
		}
	}
	return g
}

// byGap adds to the floor of a comparison of squared distances what an error of f(x) − f*
// does to the step: δ more of the gap moves x by factor·δ/‖g‖.
func byGap(factor float64, g Guarantee) Guarantee {
	begin := g.begin
	g.begin = func(start *State) Claim {
		claim := begin(start)
		return func(before, at *State) theorem.Comparison {
			c := claim(before, at)
			if before.GradientNorm > 0 {
				moved := factor * before.gapFloor / before.GradientNorm
				c.Floor += float64(moved * (2*at.Distance + moved))
			}
			return c
		}
	}
	return g
}

const polyakSteps = "no step cut off at the longest length, every iteration observed"

func polyakOnce(s *known) []Guarantee {
	stated := func(name, statement, hypotheses string) theorem.Theorem {
		return theorem.Theorem{Name: "Polyak step Δ/‖g‖², " + name, Statement: statement, Source: "Polyak 1969, USSR Comput. Math. Math. Phys. 9(3), 14–29; constants from ‖x₊ − x*‖² ≤ ‖x − x*‖² − Δ²/‖g‖² and ‖g‖² ≤ 2LΔ (Hazan & Kakade 2019)", DOI: "10.48550/arXiv.1905.00313",
			Hypotheses: hypotheses}
	}
	out := []Guarantee{least(stated("convex", "min_{k≤N} Δ_k ≤ 2LR²/(N + 1)", "convex, L global, f* and a minimizer known, "+polyakSteps), gap, func(start *State) func(*State) float64 {
		return func(at *State) float64 { return 2 * s.l * start.Distance * start.Distance / float64(at.K+1) }
	})}
	if s.strong() {
		out = append(out, byGap(1, contraction(stated("strongly convex", "‖x_{k+1} − x*‖² ≤ (1 − 3μ/(4L))·‖x_k − x*‖²", "strongly convex, L and μ global, f* and the minimizer known, "+polyakSteps),
			squared(distance), constantly(1-3*s.mu/(4*s.l)))))
	}
	return out
}

func polyakTwice(s *known) []Guarantee {
	const (
		source     = "Barré, Taylor & d'Aspremont 2020, COLT, proposition 1"
		hypotheses = "strongly convex, L and μ global, f* and the minimizer known, " + polyakSteps
	)
	c := (s.kappa() - 1) / (s.kappa() + 1)
	return []Guarantee{
		byGap(2, contraction(theorem.Theorem{
			Name:       "Polyak step 2Δ/‖g‖², strongly convex: each step",
			Statement:  "‖x_{k+1} − x*‖² ≤ (γL − 1)(1 − γμ)/(γ(L + μ) − 1)·‖x_k − x*‖²",
			Hypotheses: hypotheses,
			Source:     source, DOI: "10.48550/arXiv.2002.00915", Tight: true,
		}, squared(distance), func(before, at *State) float64 {
			γ := at.Length
			if at.K != before.K+1 || γ*(s.l+s.mu) <= 1 {
				return c * c
			}
			// The step lies in [1/L, 1/μ]: rounding may place it beyond.
			γ = math.Min(math.Max(γ, 1/s.l), 1/s.mu)
			return (float64(γ*s.l) - 1) * (1 - float64(γ*s.mu)) / (float64(γ*(s.l+s.mu)) - 1)
		})),
		byGap(2, contraction(theorem.Theorem{
			Name:       "Polyak step 2Δ/‖g‖², strongly convex: worst case",
			Statement:  "‖x_{k+1} − x*‖² ≤ ((κ − 1)/(κ + 1))²·‖x_k − x*‖²",
			Hypotheses: hypotheses,
			Source:     source, DOI: "10.48550/arXiv.2002.00915", Tight: true,
		}, squared(distance), constantly(c*c))),
	}
}
