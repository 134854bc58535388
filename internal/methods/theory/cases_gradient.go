package theory

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/problems"
)

func fixedStep(lr string) string { return fmt.Sprintf("{name: fixed-step, lr: %s}", lr) }

func (s *suite) gradientDescent() {
	const (
		convexGap      = "gradient descent, convex: gap"
		convexGradient = "gradient descent, convex: gradient"
		certificate    = "gradient descent, convex: certificate of each step"
		quadratic      = "gradient descent, quadratics: gap"
		nonconvex      = "gradient descent, smooth: least gradient"
		pl             = "gradient descent, Polyak–Łojasiewicz"
	)
	start := []float64{radius}
	for _, steps := range horizons {
		n := float64(steps)
		for _, h := range []float64{0.5, 1} {
			lr := fixedStep(fmt.Sprintf("%g/L", h))
			at := fmt.Sprintf("N = %d, h = %g", steps, h)
			s.attained(convexGap, lr, "Huber, "+at, &instances.Huber{L: bigL, Slope: bigL * radius / (float64(2*n*h) + 1)}, start, steps)
			s.cases = append(s.cases, Case{Theorem: convexGradient, Method: lr, Instance: "Huber, " + at, Start: start, Steps: steps, Attained: steps%2 == 0,
				Problem: &instances.Huber{L: bigL, Slope: bigL * radius / (float64(n*h) + 1)}})
			tooth := &instances.Sawtooth{L: bigL, Step: h / bigL, U: 0.7}
			s.attained(nonconvex, lr, "sawtooth, "+at, tooth, tooth.Start(steps), steps)
			α := 1 / (h * (2*n + 1))
			s.attained(quadratic, lr, "eigenvalue αL, "+at, instances.Class(α*bigL, bigL/1000, bigL), start, steps)
		}
		s.attained(certificate, fixedStep("1/L"), fmt.Sprintf("Huber, N = %d", steps), &instances.Huber{L: bigL, Slope: bigL * radius / (2*n + 1)}, start, steps)
	}
	parabola := instances.Class(bigL, 0, bigL)
	s.attained(convexGap, fixedStep("1.9/L"), "Lx²/2", parabola, start, 5)
	s.attained(convexGradient, fixedStep("1.9/L"), "Lx²/2", parabola, start, 5)
	s.attained(quadratic, fixedStep("1.9/L"), "Lx²/2", parabola, start, 5)
	s.stronglyConvex()

	s.random(true, func(name string, p problems.Problem, x0 []float64) {
		for _, lr := range []string{fixedStep("0.5/L"), fixedStep("1/L"), fixedStep("1.7/L"), "{name: descent, step: 1/L}"} {
			s.upper(convexGap, lr, name, p, x0, 100)
			s.upper(convexGradient, lr, name, p, x0, 100)
			s.upper(nonconvex, lr, name, p, x0, 100) // 1.7 < √3
		}
		s.upper(certificate, fixedStep("1/L"), name, p, x0, 100)
	})
	s.quadratics(8, func(name string, p *instances.Quadratic, x0 []float64) {
		s.upper(quadratic, fixedStep("1/L"), name, p, x0, 100)
	})
	for _, lr := range []string{"0.5/L", "1/L", "1.5/L"} {
		sines := &instances.SquaredSines{N: 4}
		s.upper(pl, fixedStep(lr), "x² + 3sin²x", sines, s.normal(4, 4), 300)
		s.upper(nonconvex, fixedStep(lr), "x² + 3sin²x", sines, s.normal(4, 4), 300)
	}
}

// stronglyConvex: ρ is attained at the end of [μ, L] that is the worse for the step.
func (s *suite) stronglyConvex() {
	names := []string{"gradient descent, strongly convex: distance", "gradient descent, strongly convex: gradient", "gradient descent, strongly convex: gap"}
	for _, κ := range conditions {
		μ := bigL / κ
		for _, theorem := range names {
			s.attained(theorem, fixedStep("1/L"), fmt.Sprintf("μx²/2, κ = %g", κ), instances.Class(μ, μ, bigL), []float64{radius}, 20)
			s.attained(theorem, fixedStep("1.9999/L"), fmt.Sprintf("Lx²/2, κ = %g", κ), instances.Class(bigL, μ, bigL), []float64{radius}, 20)
			s.attained(theorem, fixedStep("2/(L+mu)"), fmt.Sprintf("diag(μ, L), κ = %g", κ), instances.Diagonal(μ, bigL), s.normal(2, 1), 20)
		}
	}
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		for _, theorem := range names {
			s.upper(theorem, fixedStep("2/(L+mu)"), name, p, x0, 100)
			s.upper(theorem, fixedStep("1/L"), name, p, x0, 100)
		}
	})
}

// stability on both sides of the limit: in one variable the error is |p_k(L)|·R exactly,
// which shrinks below the limit and grows above.
func (s *suite) stability() {
	const (
		theorem = "stability on quadratics"
		β       = 0.9
	)
	for _, side := range []float64{0.999, 1.001} {
		for _, m := range []string{
			fixedStep(fmt.Sprintf("%.17g/L", 2*side)),
			fmt.Sprintf("{name: heavy-ball, lr: %.17g/L, momentum: %g}", 2*(1+β)*side, β),
			fmt.Sprintf("{name: nesterov, lr: %.17g/L, schedule: {name: constant, momentum: %g}}", 2*(1+β)/(1+2*β)*side, β),
		} {
			s.attained(theorem, m, fmt.Sprintf("Lx²/2, %g of the limit", side), instances.Diagonal(bigL), []float64{radius}, 300)
			s.quadratics(5, func(name string, p *instances.Quadratic, x0 []float64) {
				s.upper(theorem, m, name, p, x0, 100)
			})
		}
	}
}

// descents: every direction that promises descent, with a step rule that suits it.
func (s *suite) descents() {
	for _, direction := range []string{
		"gradient", "{name: steepest, norm: l1}", "{name: steepest, norm: linf}", "coordinate", "{name: newton, indefinite: modified}",
		"{name: newton, indefinite: saddle-free}", "newton-cg", "conjugate-gradient", "bfgs", "lbfgs", "dfp",
	} {
		m := fmt.Sprintf("{name: descent, direction: %s, step: strong-wolfe}", direction)
		s.upper("descent condition", m, "Σ μx²/2 + M|x|³/6", &instances.Cubic{Mu: 2, M: 3, N: 5}, s.normal(5, 2), 30)
		s.upper("descent condition", m, "random quadratic", instances.Rotated(8, 100, s.rng), s.normal(8, 2), 30)
	}
}

func (s *suite) lineSearches() {
	const (
		exact  = "exact line search, strongly convex"
		decay  = "backtracking, strongly convex: gap"
		length = "backtracking, strongly convex: step length"
		trials = "backtracking, strongly convex: trials"
	)
	exactly := "{name: descent, step: exact}"
	for _, κ := range conditions {
		s.attained(exact, exactly, fmt.Sprintf("diag(μ, L), κ = %g", κ), instances.Diagonal(bigL/κ, bigL), []float64{κ / bigL, 1 / bigL}, 20)
	}
	search := "{name: descent, step: {name: backtracking, alpha: 0.3, beta: 0.8}}"
	for _, shrinks := range []int{1, 5, 12} {
		// The trial β^j is refused by a hair, and the next one accepted.
		l := 2 * (1 - 0.3) * (1 + 1e-9) / elementary.Pow(0.8, float64(shrinks))
		p := instances.Class(l, l/10, l)
		s.attained(length, search, fmt.Sprintf("Lx²/2, t = β^%d refused", shrinks), p, []float64{radius}, 3)
		s.attained(trials, search, fmt.Sprintf("Lx²/2, t = β^%d refused", shrinks), p, []float64{radius}, 3)
		// Here it is accepted by a hair.
		l *= 1 - 2e-7
		p = instances.Class(l, l/10, l)
		s.upper(length, search, fmt.Sprintf("Lx²/2, t = β^%d accepted", shrinks), p, []float64{radius}, 3)
		s.attained(trials, search, fmt.Sprintf("Lx²/2, t = β^%d accepted", shrinks), p, []float64{radius}, 3)
	}
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		s.upper(exact, exactly, name, p, x0, 50)
		for _, theorem := range []string{decay, length, trials} {
			s.upper(theorem, search, name, p, x0, 50)
			s.upper(theorem, "{name: descent, step: {name: backtracking, alpha: 0.1, beta: 0.5, initial: 8}}", name, p, x0, 50)
		}
	})
}
