package statistics

import (
	"math"

	"github.com/montanaflynn/stats"
)

// This is the only file that knows the library. What we rely on, and quantile_test.go
// pins: Percentile interpolates between closest ranks (Hyndman & Fan 1996, type 7,
// doi:10.1080/00031305.1996.10473566), Median is its 50%, and the standard deviation by
// the name Sample divides by n−1. The library's Quartile is another definition and is
// not used; an error of the library (an empty sample, a rank of 0%) never leaves here.

// Quantile is the value below which the share q of the sample lies, 0 ≤ q ≤ 1, by linear
// interpolation at rank q(n−1) of the sorted sample, counted from 0.
func Quantile(sample []float64, q float64) float64 {
	if q == 0 {
		return Min(sample) // the library refuses 0%
	}
	return orNaN(stats.Percentile(sample, 100*q))
}

// Median is the middle value, or the mean of the two middle ones.
func Median(sample []float64) float64 { return Quantile(sample, 0.5) }

// Quartiles are the quantiles 1/4, 1/2 and 3/4.
func Quartiles(sample []float64) (lower, median, upper float64) {
	return Quantile(sample, 0.25), Quantile(sample, 0.5), Quantile(sample, 0.75)
}

// Mean is the arithmetic mean.
func Mean(sample []float64) float64 { return orNaN(stats.Mean(sample)) }

// Deviation is the sample standard deviation, with n−1 in the denominator. One value has
// none: NaN.
func Deviation(sample []float64) float64 {
	if len(sample) < 2 {
		return math.NaN()
	}
	return orNaN(stats.StandardDeviationSample(sample))
}

// Min is the least value.
func Min(sample []float64) float64 { return extreme(sample, math.Min) }

// Max is the largest value.
func Max(sample []float64) float64 { return extreme(sample, math.Max) }

func extreme(sample []float64, of func(x, y float64) float64) float64 {
	if len(sample) == 0 {
		return math.NaN()
	}
	best := sample[0]
	for _, v := range sample[1:] {
		best = of(best, v)
	}
	return best
}

func orNaN(v float64, err error) float64 {
	if err != nil {
		return math.NaN()
	}
	return v
}

func hasNaN(sample []float64) bool {
	for _, v := range sample {
		if math.IsNaN(v) {
			return true
		}
	}
	return false
}
