package theory

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/problems"
)

func (s *suite) newton() {
	const (
		quadratic = "pure Newton, M-Lipschitz Hessian"
		local     = "pure Newton, near a minimizer"
		prefix    = "Newton, self-concordant: "
	)
	s.attained(quadratic, "newton", "μx²/2 + M|x|³/6 near 0", &instances.Cubic{Mu: 2, M: 3, N: 1}, []float64{1e-7}, 1)
	s.attained(local, "newton", "μx²/2 + M|x|³/6 near 0", &instances.Cubic{Mu: 2, M: 3, N: 1}, []float64{1e-7}, 1)
	s.upper(local, "newton", "Σ μx²/2 + M|x|³/6", &instances.Cubic{Mu: 2, M: 3, N: 5}, s.normal(5, 0.1), 20)
	s.upper(quadratic, "newton", "Σ μx²/2 + M|x|³/6", &instances.Cubic{Mu: 2, M: 3, N: 5}, s.normal(5, 2), 20)

	one := &instances.Logarithm{C: []float64{1}}
	half := "{name: descent, direction: newton, step: 0.5}" // stays above 1, on the steep side
	s.attained(prefix+"decrement below the gap", half, "x − ln x from 1.5", one, []float64{1.5}, 3)
	s.attained(prefix+"gap below the conjugate", "newton", "x − ln x from 1.4", one, []float64{1.4}, 3)
	several := &instances.Logarithm{C: []float64{1, 2, 5, 20}}
	for _, scale := range []float64{0.3, 3} {
		start := make([]float64, 4)
		for i := range start {
			start[i] = 1 + float64(scale*s.rng.Float64())
		}
		name := fmt.Sprintf("Σ cᵢ(xᵢ − ln xᵢ), start within %g", scale)
		exactly := "{name: descent, direction: newton, step: exact}"
		s.upper(prefix+"decrease", exactly, name, several, start, 20)
		for _, m := range []string{"damped-newton", exactly} {
			s.upper(prefix+"decrement below the gap", m, name, several, start, 20)
			s.upper(prefix+"gap below the conjugate", m, name, several, start, 20)
		}
	}
	for _, x := range []float64{0.6, 1.4} {
		s.upper(prefix+"pure step", "newton", fmt.Sprintf("Σ cᵢ(xᵢ − ln xᵢ) from %g", x), several, []float64{x, 1, 1, 1}, 10)
	}
}

func (s *suite) conjugateGradients() {
	const (
		chebyshev = "conjugate gradient, quadratics"
		finite    = "conjugate gradient ends in n steps"
		lower     = "first-order methods: least gap"
	)
	directions := []string{"linear-cg", "{name: descent, direction: conjugate-gradient, step: exact}"}
	for _, m := range directions {
		for _, κ := range conditions {
			for _, k := range []int{1, 3, 6} {
				p, x0 := instances.Chebyshev(k, bigL/κ, bigL)
				s.attained(chebyshev, m, fmt.Sprintf("Chebyshev extrema, κ = %g, k = %d", κ, k), p, x0, k)
			}
		}
		s.quadratics(10, func(name string, p *instances.Quadratic, x0 []float64) {
			s.upper(chebyshev, m, name, p, x0, 10)
			if p.L < 100 {
				s.upper(finite, m, name, p, x0, 10)
			}
		})
	}
	for _, m := range append(directions, fixedStep("1/L"), "nesterov", "optimized-gradient", "{name: heavy-ball, lr: 1/L, momentum: 0.5}") {
		for _, k := range []int{1, 5, 20} {
			n := 2*k + 1
			p := &functions.NesterovWorst{N: n}
			p.Build(problems.Env{})
			s.upper(lower, m, fmt.Sprintf("Nesterov's worst function, k = %d", k), p, make([]float64, n), k)
		}
	}
}
