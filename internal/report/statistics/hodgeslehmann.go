package statistics

import (
	"math"
	"slices"
)

// HodgesLehmann estimates the centre of symmetric differences: the median of the Walsh
// averages (dᵢ+dⱼ)/2, i ≤ j, and the interval of the shifts that a two-sided signed-rank
// test at 1−level would not reject. With so few values that no shift can be rejected the
// interval is the whole line. Differences may be infinite, and so may the answer; an
// empty sample and NaN give NaN.
//
// Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172.
func HodgesLehmann(differences []float64, level float64) (estimate float64, interval Interval) {
	n := len(differences)
	if n == 0 || hasNaN(differences) {
		return math.NaN(), Interval{math.NaN(), math.NaN(), level}
	}
	walsh := make([]float64, 0, n*(n+1)/2)
	for i, x := range differences {
		for _, y := range differences[:i+1] {
			walsh = append(walsh, between(x, y))
		}
	}
	slices.Sort(walsh)
	interval = Interval{math.Inf(-1), math.Inf(1), level}
	if critical, ok := CriticalSum(n, (1-level)/2); ok {
		interval.Low, interval.High = walsh[len(walsh)-critical], walsh[critical-1]
	}
	return between(walsh[(len(walsh)-1)/2], walsh[len(walsh)/2]), interval
}

// between is the mean of two numbers; opposite infinities balance at 0.
func between(x, y float64) float64 {
	if math.IsInf(x, 0) && x == -y {
		return 0
	}
	return float64(x/2) + float64(y/2)
}
