package statistics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Efron & Tibshirani 1993, table 14.2: spatial test data A, the variance (with n in the
// denominator) 171.5, 90% intervals: percentile (100.8, 233.9), BCa (115.8, 259.6), from
// 2000 resamples.
func TestBootstrapPublished(t *testing.T) {
	a := []float64{48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32,
		24, 47, 41, 24, 26, 30, 41}
	variance := func(x []float64) float64 {
		mean, total := Mean(x), 0.0
		for _, v := range x {
			total += (v - mean) * (v - mean)
		}
		return total / float64(len(x))
	}
	near(t, "variance", variance(a), 171.5, 1e-3)
	near(t, "acceleration", acceleration(a, variance), 0.061, 0.01)
	b := Bootstrap{Resamples: 10000, Level: 0.9, Seed: 1}
	percentile, bca := b.Percentile(a, variance), b.BCa(a, variance)
	// The printed ends come from 2000 resamples: their standard error is about 2.
	near(t, "percentile low", percentile.Low, 100.8, 0.03)
	near(t, "percentile high", percentile.High, 233.9, 0.03)
	near(t, "BCa low", bca.Low, 115.8, 0.03)
	near(t, "BCa high", bca.High, 259.6, 0.03)
}

// 95% intervals of the mean of 20 normal numbers cover the truth about so often.
func TestBootstrapCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 5))
	covered, trials := 0, 400
	for k := range trials {
		sample := make([]float64, 20)
		for i := range sample {
			sample[i] = math.Exp(rng.NormFloat64() / 2)
		}
		got := Bootstrap{Resamples: 500, Seed: uint64(k)}.BCa(sample, GeometricMean)
		if got.Low <= 1 && 1 <= got.High {
			covered++
		}
	}
	if share := float64(covered) / float64(trials); share < 0.89 || share > 0.98 {
		t.Errorf("95%% intervals cover in %.1f%%", 100*share)
	}
}

func TestBootstrapEdges(t *testing.T) {
	for name, sample := range map[string][]float64{"nothing": nil, "one value": {3}} {
		for _, got := range []Interval{Bootstrap{}.Percentile(sample, Median), Bootstrap{}.BCa(sample, Median)} {
			if !math.IsNaN(got.Low) || !math.IsNaN(got.High) || got.Level != 0.95 {
				t.Errorf("%s: the interval is %v; expected none", name, got)
			}
		}
	}
	constant := Bootstrap{}.BCa([]float64{2, 2, 2}, Mean)
	near(t, "low of a constant", constant.Low, 2, 0)
	near(t, "high of a constant", constant.High, 2, 0)
	withNaN := Bootstrap{}.Percentile([]float64{nan, nan}, Mean)
	near(t, "NaN", withNaN.Low, nan, 0)
	x := []float64{1.3, 5.1, 2.7, 8.2, 4.4, 6.9, 0.8, 3.6}
	if (Bootstrap{Seed: 3}).BCa(x, Median) != (Bootstrap{Seed: 3}).BCa(x, Median) {
		t.Error("two calls differ")
	}
	if (Bootstrap{Seed: 3}).Percentile(x, Mean) == (Bootstrap{Seed: 4}).Percentile(x, Mean) {
		t.Error("the seed has no effect")
	}
}
