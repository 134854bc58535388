package statistics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
func TestHolm(t *testing.T) {
	for _, c := range []struct{ p, want []float64 }{
		{nil, []float64{}},
		{[]float64{0.3}, []float64{0.3}},
		{[]float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{[]float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		{[]float64{0.6, 0.7}, []float64{1, 1}},
		{[]float64{nan, 0.02, nan, 0.02}, []float64{nan, 0.04, nan, 0.04}},
	} {
		got := Holm(c.p)
		if len(got) != len(c.want) {
			t.Fatalf("%v: %d values; expected %d", c.p, len(got), len(c.want))
		}
		for i := range got {
			near(t, "adjusted p", got[i], c.want[i], 1e-12)
		}
	}
}

func TestGeometricMeans(t *testing.T) {
	near(t, "1, 4", GeometricMean([]float64{1, 4}), 2, 1e-15)
	near(t, "with a zero", GeometricMean([]float64{0, 4}), 0, 0)
	near(t, "with a failure", GeometricMean([]float64{1, inf}), inf, 0)
	near(t, "negative", GeometricMean([]float64{-1, 4}), nan, 0)
	near(t, "empty", GeometricMean(nil), nan, 0)
	// (0+10)(30+10) = 20², 20 − 10 = 10
	near(t, "shifted", ShiftedGeometricMean([]float64{0, 30}, 10), 10, 1e-14)
}

// Two of four runs succeed; all costs count.
func TestERT(t *testing.T) {
	costs, success := []float64{10, 30, 100, 60}, []bool{true, true, false, false}
	near(t, "ERT", ERT(costs, success), 100, 0)
	near(t, "no success", ERT([]float64{5}, []bool{false}), inf, 0)
	near(t, "no run", ERT(nil, nil), nan, 0)
	near(t, "NaN", ERT([]float64{nan}, []bool{true}), nan, 0)
	got := Bootstrap{}.ERTs(slices.Values([]Runs{{costs, success}}))[0]
	if !(got.Low < 100 && got.High > 100) || math.IsInf(got.Low, 0) {
		t.Errorf("the interval is %v; expected it around 100", got)
	}
	for name, c := range map[string]struct {
		runs      Runs
		low, high float64
	}{
		"one cost":      {Runs{[]float64{7, 7, 7}, []bool{true, true, true}}, 7, 7}, // no uncertainty is left
		"rare success":  {Runs{[]float64{1, 2}, []bool{true, false}}, 1, inf},       // P(no success in a resample) = (1/2)² > 2.5%
		"no success":    {Runs{[]float64{1, 2}, []bool{false, false}}, inf, inf},
		"one run":       {Runs{[]float64{1}, []bool{true}}, nan, nan},
		"not a number":  {Runs{[]float64{1, nan, 2}, []bool{true, true, true}}, nan, nan},
		"no run at all": {Runs{}, nan, nan},
	} {
		got := Bootstrap{}.ERTs(slices.Values([]Runs{c.runs}))[0]
		near(t, name+", low", got.Low, c.low, 0)
		near(t, name+", high", got.High, c.high, 0)
	}
}

// Samples beside one another, of equal and of other sizes, have the intervals that the definition
// gives them: quantiles of the ratio over resamples drawn for each.
func TestERTsTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	var samples []Runs
	for _, n := range []int{20, 7, 20, 30000, 20, 30000, 30000, 30000} { // of the largest, two are resampled at a time
		r := Runs{make([]float64, n), make([]bool, n)}
		for i := range n {
			r.Costs[i], r.Success[i] = rng.ExpFloat64(), rng.IntN(3) > 0
		}
		samples = append(samples, r)
	}
	b := Bootstrap{Resamples: 40, Seed: 5}
	for k, got := range b.ERTs(slices.Values(samples)) {
		r, n := samples[k], len(samples[k].Costs)
		draws, ratios := rand.New(rand.NewPCG(5, uint64(n))), make([]float64, 40)
		for j := range ratios {
			var total, successes float64
			for range n {
				i := draws.IntN(n)
				if total += r.Costs[i]; r.Success[i] {
					successes++
				}
			}
			ratios[j] = total / successes
		}
		near(t, fmt.Sprintf("sample %d, low", k), got.Low, Quantile(ratios, 0.025), 1e-14)
		near(t, fmt.Sprintf("sample %d, high", k), got.High, Quantile(ratios, 0.975), 1e-14)
	}
}

// The mean of the minimum over all subsets of size k.
func TestExpectedBestAgainstEnumeration(t *testing.T) {
	sample := []float64{3, 1, 4, 1.5, 9, 2.6}
	for k := 1; k <= len(sample); k++ {
		total, subsets := 0.0, 0
		for chosen := range 1 << len(sample) {
			best, size := inf, 0
			for i, v := range sample {
				if chosen>>i&1 == 1 {
					best, size = min(best, v), size+1
				}
			}
			if size == k {
				total, subsets = total+best, subsets+1
			}
		}
		near(t, "expected best", ExpectedBest(sample, k), total/float64(subsets), 1e-14)
	}
	near(t, "k = 0", ExpectedBest(sample, 0), nan, 0)
	near(t, "k > n", ExpectedBest(sample, 7), nan, 0)
	near(t, "empty", ExpectedBest(nil, 1), nan, 0)
	near(t, "NaN", ExpectedBest([]float64{nan, 1}, 1), nan, 0)
	near(t, "a failed trial", ExpectedBest([]float64{inf, 1}, 1), inf, 0)
	near(t, "the failed trial is never the best", ExpectedBest([]float64{inf, 1}, 2), 1, 0)
}
