package statistics

import (
	"math"
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
	got := Bootstrap{}.ERT(costs, success)
	if !(got.Low < 100 && got.High > 100) || math.IsInf(got.Low, 0) {
		t.Errorf("the interval is %v; expected it around 100", got)
	}
	// All succeed at one cost: no uncertainty is left.
	same := Bootstrap{}.ERT([]float64{7, 7, 7}, []bool{true, true, true})
	near(t, "low", same.Low, 7, 0)
	near(t, "high", same.High, 7, 0)
	// P(no success in a resample) = (1/2)² > 2.5%.
	near(t, "high", Bootstrap{}.ERT([]float64{1, 2}, []bool{true, false}).High, inf, 0)
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
