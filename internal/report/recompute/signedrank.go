package recompute

import (
	"math"
	"slices"
	"sort"
)

// signedRank is the two-sided p-value of Wilcoxon's test that differences are as often above zero as
// below: all signs of the midranks are counted. Zeros take part in the ranking and are then left out (Pratt 1959,
// doi:10.1080/01621459.1959.10501526).
func signedRank(differences []float64) float64 {
	var size []float64
	for _, d := range differences {
		size = append(size, math.Abs(d))
	}
	sort.Float64s(size)
	total, plus, zero := 0, 0, 0
	ways := map[int]float64{0: 1}
	for _, d := range differences {
		first, _ := slices.BinarySearch(size, math.Abs(d))
		last := first
		for last+1 < len(size) && size[last+1] == math.Abs(d) {
			last++
		}
		rank := first + last + 2 // twice the midrank
		if d == 0 {
			zero++
			continue
		}
		total += rank
		if d > 0 {
			plus += rank
		}
		next := map[int]float64{}
		for sum, n := range ways {
			half := float64(n / 2)
			next[sum] += half
			next[sum+rank] += half
		}
		ways = next
	}
	if zero == len(differences) {
		return 1
	}
	tail := 0.0
	for sum, p := range ways {
		if sum <= min(plus, total-plus) {
			tail += p
		}
	}
	return math.Min(1, 2*tail)
}

// holm adjusts p-values for being several; NaN is no test.
func holm(p []float64) []float64 {
	order := []int{}
	out := make([]float64, len(p))
	for i := range p {
		out[i] = math.NaN()
		if !math.IsNaN(p[i]) {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return p[order[i]] < p[order[j]] })
	largest := 0.0
	for k, i := range order {
		largest = math.Max(largest, math.Min(1, p[i]*float64(len(order)-k)))
		out[i] = largest
	}
	return out
}

// enough is whether so many pairs can be significant at 5% where as many tests are made: all signs
// alike have the probability 2·2⁻ⁿ.
func enough(pairs, tests int) bool {
	return math.Ldexp(2, -pairs)*float64(max(1, tests)) <= 0.05
}

// shift is the median of the means of all pairs of differences (Hodges & Lehmann 1963).
func shift(differences []float64) float64 {
	var means []float64
	for i := range differences {
		for j := i; j < len(differences); j++ {
			means = append(means, float64(differences[i]/2)+float64(differences[j]/2))
		}
	}
	return middle(means)
}
