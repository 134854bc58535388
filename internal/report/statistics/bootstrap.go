package statistics

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
)

// Bootstrap makes intervals by resampling. The zero value is ready to use: 2000
// resamples, 95%, seed 0. The same sample and seed give the same interval.
//
// Efron & Tibshirani 1993, An Introduction to the Bootstrap, doi:10.1201/9780429246593.
type Bootstrap struct {
	Resamples int     // 0: 2000
	Level     float64 // probability that the interval covers; 0: 0.95
	Seed      uint64
}

// Interval is a range that covers the true value with probability Level.
type Interval struct{ Low, High, Level float64 }

// Statistic is a number computed from a sample, which it must not keep or change.
type Statistic func(sample []float64) float64

// Percentile is the interval between the quantiles (1∓Level)/2 of the resampled
// statistic. A sample of fewer than two values has none: NaN.
func (b Bootstrap) Percentile(sample []float64, statistic Statistic) Interval {
	return b.percentile(b.resample(sample, statistic))
}

// BCa is the bias-corrected and accelerated interval: percentile levels moved by the
// bias z₀ = Φ⁻¹(share of resamples below the estimate, ties counted half) and by the
// acceleration a from the jackknife. It is right to second order, but for a median, whose
// jackknife says little, no better than Percentile.
//
// Efron 1987, doi:10.1080/01621459.1987.10478410.
func (b Bootstrap) BCa(sample []float64, statistic Statistic) Interval {
	replicates := b.resample(sample, statistic)
	if len(replicates) == 0 {
		return b.percentile(nil)
	}
	z0 := bias(replicates, statistic(sample))
	a := acceleration(sample, statistic)
	moved := func(level float64) float64 {
		z := z0 + probability.NormalQuantile(level)
		return probability.NormalCDF(z0 + z/(1-float64(a*z)))
	}
	low, high := b.levels()
	return Interval{Quantile(replicates, moved(low)), Quantile(replicates, moved(high)), b.level()}
}

func (b Bootstrap) level() float64 {
	if b.Level == 0 {
		return 0.95
	}
	return b.Level
}

func (b Bootstrap) levels() (low, high float64) {
	return (1 - b.level()) / 2, (1 + b.level()) / 2
}

func (b Bootstrap) percentile(replicates []float64) Interval {
	low, high := b.levels()
	return Interval{Quantile(replicates, low), Quantile(replicates, high), b.level()}
}

func (b Bootstrap) resample(sample []float64, statistic Statistic) []float64 {
	drawn := make([]float64, len(sample))
	return b.replicates(len(sample), func(pick []int) float64 {
		for i, j := range pick {
			drawn[i] = sample[j]
		}
		return statistic(drawn)
	})
}

// replicates evaluates a statistic on resamples of n indices and sorts what it gets; nil
// for n < 2.
func (b Bootstrap) replicates(n int, statistic func(pick []int) float64) []float64 {
	if n < 2 {
		return nil
	}
	var out []float64
	b.draw(n, func(pick []int) { out = append(out, statistic(pick)) })
	slices.Sort(out)
	return out
}

// draw draws the resamples, each as the indices of n values, which depend on n and the seed only.
func (b Bootstrap) draw(n int, each func(pick []int)) {
	rng := rand.New(rand.NewPCG(b.Seed, uint64(n)))
	pick := make([]int, n)
	for range cmp.Or(b.Resamples, 2000) {
		for i := range pick {
			pick[i] = rng.IntN(n)
		}
		each(pick)
	}
}

func bias(replicates []float64, estimate float64) float64 {
	below := 0.0
	for _, r := range replicates {
		switch {
		case r < estimate:
			below++
		case r == estimate:
			below += 0.5
		}
	}
	n := float64(len(replicates))
	share := min(max(below/n, 0.5/n), 1-0.5/n)
	return probability.NormalQuantile(share)
}

// acceleration is Σ(θ̄−θ₍ᵢ₎)³ / 6(Σ(θ̄−θ₍ᵢ₎)²)^{3/2} over the sample with its i-th value
// left out, 0 where the statistic does not move.
func acceleration(sample []float64, statistic Statistic) float64 {
	left := make([]float64, len(sample))
	rest := make([]float64, 0, len(sample))
	for i := range sample {
		rest = append(append(rest[:0], sample[:i]...), sample[i+1:]...)
		left[i] = statistic(rest)
	}
	mean := Mean(left)
	var squares, cubes float64
	for _, v := range left {
		d := mean - v
		squares += float64(d * d)
		cubes += float64(d * d * d)
	}
	if squares == 0 || math.IsNaN(squares) || math.IsInf(squares, 0) {
		return 0
	}
	return cubes / (6 * elementary.Pow(squares, 1.5))
}
