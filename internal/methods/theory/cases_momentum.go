package theory

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/problems"
)

func (s *suite) nesterov() {
	const (
		lambda   = "Nesterov, λ-sequence, convex"
		weights  = "Nesterov, weights i/(i + 3), convex"
		strongly = "Nesterov, strongly convex"
		ogm      = "optimized gradient method, convex"
		triple   = "triple momentum, strongly convex"
		ogmG     = "OGM-G, convex"
		item     = "ITEM, strongly convex"
	)
	start := []float64{radius}
	for _, steps := range horizons {
		n := float64(steps)
		at := fmt.Sprintf("N = %d", steps)
		s.upper(weights, "{name: nesterov, schedule: weights}", "Huber, "+at,
			&instances.Huber{L: bigL, Slope: 4 * bigL * radius / (float64(n*n) + float64(5*n) + 6)}, start, steps)
		θ := OptimizedTheta(steps)
		s.attained(ogm, "optimized-gradient", "Huber, "+at, &instances.Huber{L: bigL, Slope: bigL * radius / (θ * θ)}, start, steps)
		s.attained(ogm, "optimized-gradient", "Lx²/2, "+at, instances.Class(bigL, 0, bigL), start, steps)
		θ = momentum.GradientThetas(steps)[0]
		s.attained(ogmG, "ogm-g", "Huber, "+at, &instances.Huber{L: bigL, Slope: 2 * bigL * radius / (float64(θ*θ) + 1)}, start, steps)
		s.attained(ogmG, "ogm-g", "Lx²/2, "+at, instances.Class(bigL, 0, bigL), start, steps)
	}
	for _, κ := range conditions {
		s.attained(triple, "triple-momentum", fmt.Sprintf("Lx²/2, κ = %g", κ), instances.Class(bigL, bigL/κ, bigL), start, 10)
		s.attained(item, "item", fmt.Sprintf("Lx²/2, κ = %g", κ), instances.Class(bigL, bigL/κ, bigL), start, 10)
		s.attained(item, "item", fmt.Sprintf("μx²/2, κ = %g", κ), instances.Class(bigL/κ, bigL/κ, bigL), start, 10)
	}
	s.random(true, func(name string, p problems.Problem, x0 []float64) {
		for _, lr := range []string{"1/L", "0.5/L"} {
			s.upper(lambda, "{name: nesterov, lr: "+lr+", schedule: fista}", name, p, x0, 200)
			s.upper(lambda+": simple form", "{name: nesterov, lr: "+lr+", schedule: fista}", name, p, x0, 200)
			s.upper(weights, "{name: nesterov, lr: "+lr+", schedule: weights}", name, p, x0, 200)
		}
		s.upper(ogm, "optimized-gradient", name, p, x0, 200)
		s.upper(ogmG, "ogm-g", name, p, x0, 20)
	})
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		s.upper(strongly, "{name: nesterov, schedule: strongly-convex}", name, p, x0, 200)
		s.upper(triple, "triple-momentum", name, p, x0, 200)
		s.upper(item, "item", name, p, x0, 200)
	})
}

func (s *suite) heavyBalls() {
	const (
		polyak   = "heavy ball, Polyak's parameters, quadratics"
		ghadimi  = "heavy ball, α ≤ 1/L, β = √((1 − αμ)(1 − αL)), strongly convex"
		byNumber = "{name: heavy-ball, lr: %.17g, momentum: %.17g}"
	)
	for _, κ := range conditions {
		μ := bigL / κ
		root := math.Sqrt(κ)
		ρ := (root - 1) / (root + 1)
		lr := 4 / elementary.Pow(math.Sqrt(bigL)+math.Sqrt(μ), 2)
		p := instances.Class(bigL, μ, bigL)
		at := fmt.Sprintf("Lx²/2, κ = %g", κ)
		s.attained(polyak, "polyak-heavy-ball", at, p, []float64{radius}, 10)
		s.attained(polyak, fmt.Sprintf(byNumber, lr, ρ*ρ), at, p, []float64{radius}, 10)
	}
	s.quadratics(8, func(name string, p *instances.Quadratic, x0 []float64) {
		s.upper(polyak, "polyak-heavy-ball", name, p, x0, 200)
	})
	s.random(false, func(name string, p problems.Problem, x0 []float64) {
		l, err := problems.FactsOf(p).Global(problems.SmoothnessL)
		μ, err2 := problems.FactsOf(p).Global(problems.ConvexityMu)
		if err != nil || err2 != nil {
			return
		}
		for _, share := range []float64{0.3, 0.9} {
			α := share / l
			s.upper(ghadimi, fmt.Sprintf(byNumber, α, math.Sqrt((1-float64(α*μ))*(1-float64(α*l)))), name, p, x0, 200)
		}
	})
}
