package statistics

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/probability"
)

// Shift is the Hodges–Lehmann estimate of the centre of paired differences, the median of the means
// of any two of them (each with itself included), with the interval of all shifts that the
// signed-rank test does not reject at the level 1 − confidence: exact, without ties, and unbounded
// where there are too few pairs. It is undefined where a difference is, or some are infinite upwards
// and others downwards.
//
// Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172; the interval: Hollander & Wolfe 1999,
// Nonparametric Statistical Methods, 2nd edition, section 3.3.
func Shift(differences []float64, confidence float64) (estimate, low, high float64) {
	nan, inf := math.NaN(), math.Inf(1)
	n := len(differences)
	up, down := slices.Contains(differences, inf), slices.Contains(differences, -inf)
	if n == 0 || hasNaN(differences) || up && down {
		return nan, nan, nan
	}
	var means []float64
	for i, a := range differences {
		for _, b := range differences[i:] {
			means = append(means, float64(a/2)+float64(b/2))
		}
	}
	slices.Sort(means)
	low, high = -inf, inf
	if k := outside(n, (1-confidence)/2); k > 0 {
		low, high = means[k-1], means[len(means)-k]
	}
	return Median(means), low, high
}

// outside is the largest k for which a sum of signed ranks of n pairs is below k with at most that
// probability: so many of the sorted means are left out on each side.
func outside(n int, level float64) int {
	if n > exactPairs {
		pairs := float64(n)
		mean, deviation := float64(pairs*(pairs+1)/4), math.Sqrt(pairs*(pairs+1)*(pairs+pairs+1)/24)
		return max(0, int(mean+float64(deviation*probability.NormalQuantile(level))))
	}
	ranks := make([]int, n)
	for i := range ranks {
		ranks[i] = i + 1
	}
	k, below := 0, 0.0
	for _, p := range signFlips(ranks) {
		if below += p; below > level {
			break
		}
		k++
	}
	return k
}
