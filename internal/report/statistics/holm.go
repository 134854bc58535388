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
	adjusted := make([]float64, len(p))
	var order []int
	for i, v := range p {
		if adjusted[i] = math.NaN(); !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	largest := 0.0
	for j, i := range order {
		largest = max(largest, float64(len(order)-j)*p[i])
		adjusted[i] = min(1, largest)
	}
	return adjusted
}
