package statistics

import "math"

// ERT is the expected running time of a method that is restarted until it succeeds: the
// cost of all runs over the number of successes, +Inf without a success,
//
//	ERT = (Σ costᵢ) / #{i : successᵢ}.
//
// A cost is what a run spent until its success or, failing that, until its end. It means
// something only where runs differ by chance: restarting a deterministic run does not.
// Both slices have one entry a run.
//
// Hansen et al. 2021, COCO, doi:10.1080/10556788.2020.1808977; Auger & Hansen 2005,
// doi:10.1109/CEC.2005.1554902.
func ERT(costs []float64, success []bool) float64 {
	total, successes := 0.0, 0
	for i, c := range costs {
		total += c
		if success[i] {
			successes++
		}
	}
	switch {
	case len(costs) == 0 || math.IsNaN(total):
		return math.NaN()
	case successes == 0:
		return math.Inf(1)
	}
	return total / float64(successes)
}

// ERT is the percentile interval of the expected running time, runs resampled with their
// outcome. Its upper end is infinite where resamples without any success are common.
func (b Bootstrap) ERT(costs []float64, success []bool) Interval {
	c, s := make([]float64, len(costs)), make([]bool, len(costs))
	return b.percentile(b.replicates(len(costs), func(pick []int) float64 {
		for i, j := range pick {
			c[i], s[i] = costs[j], success[j]
		}
		return ERT(c, s)
	}))
}
