package problems

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
)

// Noise disturbs what a method sees of a problem: f̃ = f + σ_f·ε and ∇̃f = ∇f + σ_g·z,
// or f̃ = f·(1 + σ_f·ε) and ∇̃f = ∇f∘(1 + σ_g·z) where Relative, with ε and zᵢ standard
// normal. It is frozen from one NextBatch to the next, so that a line search sees one
// function, and invisible to the observer.
type Noise struct {
	Value    float64 // σ_f
	Gradient float64 // σ_g, of each coordinate
	Relative bool
}

// Some reports whether there is any noise.
func (n Noise) Some() bool { return n.Value != 0 || n.Gradient != 0 }

// Noisy is a problem whose oracle is noisy.
type Noisy interface {
	Noise() Noise
}

// disturbance is one run's noise.
type disturbance struct {
	Noise
	rng *rand.Rand
	f   float64
	g   []float64
}

func newDisturbance(n Noise, dim int, seed Seed) *disturbance {
	return &disturbance{Noise: n, rng: seed.Rand("noise"), g: make([]float64, dim)}
}

func (d *disturbance) next() {
	d.f = float64(d.Value * random.Normal(d.rng))
	for i := range d.g {
		d.g[i] = float64(d.Gradient * random.Normal(d.rng))
	}
}

func (d *disturbance) apply(f float64, g []float64) float64 {
	if d.Relative {
		for i := range g {
			g[i] += float64(g[i] * d.g[i])
		}
		return f + float64(f*d.f)
	}
	for i := range g {
		g[i] += d.g[i]
	}
	return f + d.f
}
