package theory

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/problems"
)

func (s *suite) composite() {
	const (
		flat     = "proximal gradient, convex"
		strongly = "proximal gradient, strongly convex"
		weights  = "FISTA, weights i/(i + 3)"
		rational = "{name: fista, schedule: weights}"
	)
	for _, steps := range horizons {
		n := float64(steps)
		at := fmt.Sprintf("ax + I(x ≥ 0), N = %d", steps)
		s.attained(flat, "proximal-gradient", at, &instances.HalfLine{A: bigL * radius / (2 * n), L: bigL}, []float64{radius}, steps)
		s.upper(weights, rational, at, &instances.HalfLine{A: 4 * bigL * radius / (float64(n*n) + float64(5*n) + 2), L: bigL}, []float64{radius}, steps)
		for _, theorem := range []string{"FISTA", "FISTA: simple form"} {
			s.upper(theorem, "fista", at, &instances.HalfLine{A: bigL * radius / n, L: bigL}, []float64{radius}, steps)
		}
	}
	s.quadratics(8, func(name string, q *instances.Quadratic, x0 []float64) {
		best := []float64{1, -2, 0, 0, 3, 0, 0, 0.1}
		p := instances.NewLasso(q, best, 0.5)
		name = "lasso, " + name
		s.upper(flat, "proximal-gradient", name, p, x0, 200)
		s.upper(strongly, "proximal-gradient", name, p, x0, 200)
		s.upper(strongly, "{name: proximal-gradient, lr: 2/(L+mu)}", name, p, x0, 200)
		s.upper("FISTA", "fista", name, p, x0, 200)
		s.upper("FISTA: simple form", "fista", name, p, x0, 200)
		s.upper(weights, rational, name, p, x0, 200)
	})
	s.random(true, func(name string, p problems.Problem, x0 []float64) {
		s.upper(flat, "proximal-gradient", name, p, x0, 100)
		s.upper("FISTA", "fista", name, p, x0, 100)
	})
}

func (s *suite) stochastic() {
	const additive = "SGD, additive noise, strongly convex"
	isotropic := &instances.Noise{Quadratic: instances.Diagonal(2, 2, 2), Sigma: 0.3}
	for _, m := range []string{fixedStep("0.2"), "{name: sgd, lr: 0.2}"} {
		c := Case{Theorem: additive, Method: m, Instance: "isotropic quadratic", Problem: isotropic, Start: []float64{1, -1, 0.5}, Steps: 20, Repeats: 2000, Attained: true}
		s.cases = append(s.cases, c)
	}
	for _, κ := range conditions {
		p := &instances.Noise{Quadratic: instances.Rotated(5, κ, s.rng), Sigma: 0.3}
		s.expected(additive, fixedStep("1/L"), fmt.Sprintf("random quadratic, κ = %g", κ), p, s.normal(5, 1), 40, 200, 0)
	}
	for _, noise := range []float64{0, 1} {
		p := instances.NewSum(20, 4, noise, 0, s.rng)
		name := fmt.Sprintf("random least squares, noise %g", noise)
		x0 := s.normal(4, 2)
		for _, batch := range []int{1, 4} {
			s.expected("SGD, noise at the optimum, strongly convex", "{name: sgd, lr: 0.3/Lmax}", name, p, x0, 100, 200, batch)
		}
		s.polyakOnBatches(name, p, x0)
		facts := p.Facts()
		κ := facts.Constants[problems.LargestL].Value / facts.Constants[problems.ConvexityMu].Value
		inner := int(30 * κ)
		s.expected("SVRG", fmt.Sprintf("{name: svrg, lr: 0.1/Lmax, inner: %d, snapshot: random}", inner), name, p, x0, 2*inner, 40, 0)
		s.cases[len(s.cases)-1].Every = inner
		ridge := instances.NewSum(20, 4, noise, 0.3, s.rng)
		s.expected("SAGA, γ = 1/(3L)", "saga", "ridge, "+name, ridge, x0, 2000, 60, 0)
		s.cases[len(s.cases)-1].Every = 100
		s.reductions(name, p, x0, κ)
	}
}

// reductions are the relatives of SVRG on a sum of condition κ.
func (s *suite) reductions(name string, p problems.Problem, x0 []float64, κ float64) {
	s.expected("L-SVRG", "l-svrg", name, p, x0, 1000, 60, 0)
	s.cases[len(s.cases)-1].Every = 50
	s.expected("Katyusha without loops", "katyusha", name, p, x0, 1000, 60, 0)
	s.cases[len(s.cases)-1].Every = 50
	inner := int(8 * κ)
	s.expected("SARAH", fmt.Sprintf("{name: sarah, lr: 0.5/Lmax, inner: %d, next: random}", inner), name, p, x0, 2*(inner+1), 40, 0)
	s.cases[len(s.cases)-1].Every = inner + 1
	s.expected("PAGE, smooth: least gradient", "{name: page, lr: 0.17/Lmax}", name, p, x0, 100, 60, 0)
}

// polyakOnBatches adds the stochastic Polyak step: unbounded steps need an optimum that all
// samples share.
func (s *suite) polyakOnBatches(name string, p problems.Problem, x0 []float64) {
	const theorem = "stochastic Polyak step, strongly convex"
	longest := "0.1/Lmax"
	if p.(*instances.Sum).Facts().Minimum.Value < 1e-20 {
		longest = "1e10"
		s.expected(theorem, "{name: stochastic-polyak, factor: 2, longest: 10}", "bowls with one minimizer", instances.NewBowls(12, 3, s.rng), s.normal(3, 2), 40, 100, 1)
	}
	for _, batch := range []int{1, 4} {
		s.expected(theorem, "{name: stochastic-polyak, factor: 1, longest: "+longest+"}", name, p, x0, 100, 200, batch)
	}
	s.expected(theorem, "{name: descent, direction: gradient, step: {name: polyak, factor: 1, longest: "+longest+"}}", name, p, x0, 100, 100, 1)
}

func (s *suite) coordinates() {
	const (
		uniform = "randomized coordinate descent, uniform"
		byL     = "randomized coordinate descent, p ∝ Lᵢ"
	)
	method := func(order string) string {
		return fmt.Sprintf("{name: descent, direction: {name: coordinate, order: %s, scaled: true}, step: 1}", order)
	}
	ones := []float64{1, 1, 1, 1, 1}
	for _, c := range [][2]string{{uniform, "random"}, {byL, "lipschitz"}} {
		s.expected(c[0], method(c[1]), "‖x‖²/2 from all ones", instances.Diagonal(ones...), ones, 1, 400, 0)
		s.cases[len(s.cases)-1].Attained = true
	}
	for _, κ := range []float64{2, 10, 50} {
		p := instances.Rotated(5, κ, s.rng)
		name := fmt.Sprintf("random quadratic, κ = %g", κ)
		s.expected(byL, method("lipschitz"), name+", eigenvector of μ", p, lowest(p.A), 1, 2000, 0)
		s.cases[len(s.cases)-1].Attained = true
		s.expected(uniform, method("random"), name, p, s.normal(5, 1), 50, 200, 0)
		s.expected(byL, method("lipschitz"), name, p, s.normal(5, 1), 50, 200, 0)
	}
}

// expected adds a case of a bound in expectation.
func (s *suite) expected(theorem, method, instance string, p problems.Problem, start []float64, steps, repeats, batch int) {
	s.cases = append(s.cases, Case{Theorem: theorem, Method: method, Instance: instance, Problem: p, Start: start, Steps: steps, Repeats: repeats, Batch: batch})
}

// lowest is the eigenvector of the least eigenvalue.
func lowest(a *mat.SymDense) []float64 {
	var e linalg.Eigen
	if !e.Factorize(a, true) {
		panic("theory: the eigenvectors of an instance did not converge")
	}
	return e.Vector(0)
}
