package statistics

import (
	"cmp"
	"math"
	"slices"
)

// Holm adjusts the p-values of a family of tests: rejecting where the adjusted value is
// at most α keeps the probability of any false rejection at most α, whatever the
// dependence between the tests. In increasing order of p,
//
//	p̃₍ᵢ₎ = min(1, max_{j ≤ i} (m − j + 1) p₍ⱼ₎).
//
// NaN is no test: it stays NaN and does not count in m.
//
// Holm 1979, Scandinavian Journal of Statistics 6(2), 65–70, jstor.org/stable/4615733.
func Holm(p []float64) []float64 {
	weights := make([]float64, len(p))
	for i := range weights {
		weights[i] = 1
	}
	return WeightedHolm(p, weights)
}

// WeightedHolm gives each test a share of α in proportion to its weight > 0; the share of
// a rejected test passes to the others. In increasing order of p/w,
//
//	p̃₍ᵢ₎ = min(1, max_{j ≤ i} (w₍ⱼ₎ + … + w₍ₘ₎) p₍ⱼ₎/w₍ⱼ₎).
//
// Holm 1979, section 4.
func WeightedHolm(p, weights []float64) []float64 {
	adjusted := make([]float64, len(p))
	var order []int
	for i, v := range p {
		if adjusted[i] = math.NaN(); !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a]/weights[a], p[b]/weights[b]) })
	// Sums from the end, so that those of equal weights are exact.
	remaining := make([]float64, len(order)+1)
	for j := len(order) - 1; j >= 0; j-- {
		remaining[j] = remaining[j+1] + weights[order[j]]
	}
	largest := 0.0
	for j, i := range order {
		largest = max(largest, remaining[j]*p[i]/weights[i])
		adjusted[i] = min(1, largest)
	}
	return adjusted
}
