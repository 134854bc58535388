package theory

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/problems"
)

func (s *suite) norms() {
	const (
		backtracking = "steepest descent in a norm, backtracking"
		greedy       = "Gauss–Southwell, step 1/Lmax"
		sign         = "scaled sign descent, quadratics"
	)
	norms := []string{
		"{name: steepest, norm: l1}", "{name: steepest, norm: linf}",
		"{name: steepest, norm: quadratic, matrix: weights, weights: [1, 2, 3, 4, 5, 6, 7, 8]}",
	}
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		for _, m := range norms {
			s.upper(backtracking, m, name, p, x0, 50)
		}
	})
	ones := []float64{1, 1, 1, 1, 1, 1}
	greedily := "{name: steepest, norm: l1, step: 1/Lmax}"
	s.attained(greedy, greedily, "‖x‖²/2 from all ones", instances.Diagonal(ones...), ones, 1)
	s.quadratics(8, func(name string, p *instances.Quadratic, x0 []float64) {
		s.upper(greedy, greedily, name, p, x0, 100)
		l, _ := MaxNormConstants(p.A)
		for _, share := range []float64{1, 0.5} {
			s.upper(sign, fmt.Sprintf("{name: steepest, norm: linf, step: %.17g}", share/l), name, p, x0, 100)
		}
	})
	s.spectral(backtracking)
	s.normalizedSteps()
}

// spectral are quadratics over a 2×3 matrix and two biases: r = 3.
func (s *suite) spectral(backtracking string) {
	s.quadratics(8, func(name string, p *instances.Quadratic, x0 []float64) {
		name += ", a 2×3 matrix and a bias"
		shaped := &instances.Shaped{Quadratic: p, Rows: 2, Columns: 3}
		s.upper(backtracking, "{name: steepest, norm: spectral}", name, shaped, x0, 50)
		for _, r := range []float64{3, 6} {
			s.upper("steepest descent in the spectral norm, fixed step", fmt.Sprintf("{name: steepest, norm: spectral, step: %.17g}", 1/(r*p.L)), name, shaped, x0, 100)
		}
	})
}

func (s *suite) normalizedSteps() {
	normalized := func(rule string) string {
		return "{name: steepest, norm: l2, normalized: true, step: " + rule + "}"
	}
	for _, steps := range horizons {
		h := radius / math.Sqrt(float64(steps+1))
		s.attained("normalized gradient, Lipschitz convex", normalized(fmt.Sprintf("%.17g", h)), fmt.Sprintf("max-type function, N = %d", steps),
			&instances.MaxType{M: 3, R: radius, N: steps + 1}, make([]float64, steps+1), steps)
	}
	for _, rule := range []string{"0.1", "{name: diminishing, c: 1, p: 0.5}"} {
		s.upper("normalized gradient, Lipschitz convex", normalized(rule), "max-type function", &instances.MaxType{M: 3, R: radius, N: 20}, s.normal(20, 1), 100)
		s.upper("normalized gradient, smooth", normalized(rule), "x² + 3sin²x", &instances.SquaredSines{N: 4}, s.normal(4, 3), 100)
		s.random(true, func(name string, p problems.Problem, x0 []float64) {
			s.upper("normalized gradient, smooth convex", normalized(rule), name, p, x0, 100)
			s.upper("normalized gradient, smooth", normalized(rule), name, p, x0, 100)
		})
	}
}

func (s *suite) polyakSteps() {
	const (
		once  = "{name: descent, step: {name: polyak, factor: 1}}"
		twice = "{name: descent, step: {name: polyak, factor: 2}}"
		each  = "Polyak step 2Δ/‖g‖², strongly convex: each step"
		worst = "Polyak step 2Δ/‖g‖², strongly convex: worst case"
	)
	for _, κ := range conditions {
		μ := bigL / κ
		start := []float64{1 / math.Sqrt(μ), 1 / math.Sqrt(bigL)}
		for _, theorem := range []string{each, worst} {
			s.attained(theorem, twice, fmt.Sprintf("diag(μ, L), κ = %g", κ), instances.Diagonal(μ, bigL), start, 20)
		}
	}
	s.random(true, func(name string, p problems.Problem, x0 []float64) {
		s.upper("Polyak step Δ/‖g‖², convex", once, name, p, x0, 100)
	})
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		s.upper("Polyak step Δ/‖g‖², strongly convex", once, name, p, x0, 100)
		s.upper(each, twice, name, p, x0, 100)
		s.upper(worst, twice, name, p, x0, 100)
	})
}
