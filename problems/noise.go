package problems

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
)

// Noise disturbs what a method sees of a problem: f̃ = f + σ_f·ε and ∇̃f = ∇f + σ_g·z,
// or f̃ = f·(1 + σ_f·ε) and ∇̃f = ∇f∘(1 + σ_g·z) where Relative, with ε and zᵢ standard
// normal. With a Tail all ε and zᵢ of a batch are multiplied by u^(−Tail), u uniform: slash
// distributions (Rogers & Tukey 1972, doi:10.1111/j.1467-9574.1972.tb00191.x). With a Sparsity ω each
// entry of ∇f is seen with probability 1/(1 + ω), and is then multiplied by 1 + ω. It is frozen from one NextBatch to the next, so that a line search sees one
// function, and invisible to the observer.
type Noise struct {
	Value    float64 // σ_f
	Gradient float64 // σ_g, of each coordinate
	Relative bool
	Tail     float64 // δ: P(|error| > t) falls like t^(−1/δ), so that from 1/2 there is no variance; 0: normal
	Sparsity float64 // ω, the variance of a seen entry in units of its square; 0: all entries are seen
}

// Some reports whether there is any noise.
func (n Noise) Some() bool { return n.Value != 0 || n.Gradient != 0 || n.Sparsity != 0 }

// Noisy is a problem whose oracle is noisy.
type Noisy interface {
	Noise() Noise
}

// disturbance is one run's noise. Tails and masks have streams of their own, so that a heavier tail
// multiplies the same errors, and a sparser gradient shows some of the same entries.
type disturbance struct {
	Noise
	rng, tails, masks *rand.Rand

	f    float64
	g    []float64
	mask []float64 // factors of the entries of ∇f; nil: all are seen
}

func newDisturbance(n Noise, dim int, seed Seed) *disturbance {
	d := &disturbance{Noise: n, rng: seed.Rand("noise"), g: make([]float64, dim)}
	if n.Tail != 0 {
		d.tails = seed.Rand("tails of noise")
	}
	if n.Sparsity != 0 {
		d.masks, d.mask = seed.Rand("masks of gradients"), make([]float64, dim)
	}
	return d
}

func (d *disturbance) next() {
	size := 1.0
	if d.tails != nil {
		size = elementary.Pow(1-float64(d.tails.Float64()), -d.Tail)
	}
	d.f = float64(d.Value * random.Normal(d.rng) * size)
	for i := range d.g {
		d.g[i] = float64(d.Gradient * random.Normal(d.rng) * size)
	}
	for i := range d.mask {
		d.mask[i] = 0
		if d.masks.Float64()*(1+d.Sparsity) < 1 {
			d.mask[i] = 1 + d.Sparsity
		}
	}
}

func (d *disturbance) apply(f float64, g []float64) float64 {
	if d.mask != nil {
		for i := range g {
			g[i] *= d.mask[i]
		}
	}
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
