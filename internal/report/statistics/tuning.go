package statistics

import (
	"math"
	"slices"
)

// ExpectedBest is the expected least value of k trials drawn without replacement from
// the sample: what k trials of tuning can be expected to reach, smaller being better.
// With x₍₁₎ ≤ … ≤ x₍ₙ₎,
//
//	E = Σᵢ x₍ᵢ₎ C(n−i, k−1) / C(n, k),
//
// the unbiased estimator (a U-statistic) of the expected minimum of k independent trials.
// It is NaN for k < 1 and k > n, where it would have to extrapolate.
//
// Dodge et al. 2019, doi:10.18653/v1/D19-1224; the unbiased form: Tang et al. 2020,
// doi:10.18653/v1/2020.acl-main.246.
func ExpectedBest(sample []float64, k int) float64 {
	n := len(sample)
	if k < 1 || k > n || hasNaN(sample) {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(sample))
	best := 0.0
	weight := float64(k) / float64(n) // of x₍₁₎: C(n−1, k−1) / C(n, k)
	for i := 0; i <= n-k; i++ {
		best += float64(weight * sorted[i])
		weight *= float64(n-k-i) / float64(n-1-i)
	}
	return best
}
