package statistics

import (
	"math"
	"slices"
)

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
	if len(costs) == 0 {
		return math.NaN()
	}
	return expected(total, successes)
}

// expected is the ERT of runs with these sums.
func expected(total float64, successes int) float64 {
	switch {
	case math.IsNaN(total):
		return math.NaN()
	case successes == 0:
		return math.Inf(1)
	}
	return total / float64(successes)
}

// Runs are what each of some runs cost, and whether it succeeded: one entry a run in both.
type Runs struct {
	Costs   []float64
	Success []bool
}

// ERTs are the percentile intervals of the expected running times of some samples, runs resampled
// with their outcome. The upper end is infinite where resamples without any success are common.
//
// Samples of one size have the same resamples, which are drawn once for all of them: drawing takes
// longer than adding up.
func (b Bootstrap) ERTs(samples []Runs) []Interval {
	out := make([]Interval, len(samples))
	uncertain := map[int][]int{} // by size: the samples whose interval is to be found
	for k, r := range samples {
		estimate := ERT(r.Costs, r.Success)
		out[k] = Interval{estimate, estimate, b.level()}
		switch {
		case len(r.Costs) < 2:
			out[k] = b.percentile(nil)
		case slices.Contains(r.Success, true): // where there is none, no resample has one
			uncertain[len(r.Costs)] = append(uncertain[len(r.Costs)], k)
		}
	}
	const cached = 1 << 16 // outcomes, which stay in the second cache
	for n, places := range uncertain {
		for some := range slices.Chunk(places, max(1, cached/n)) {
			b.resampleRuns(samples, some, n, out)
		}
	}
	return out
}

// resampleRuns finds the intervals of those samples that are listed, all of n runs.
func (b Bootstrap) resampleRuns(samples []Runs, places []int, n int, out []Interval) {
	type outcome struct {
		cost      float64
		successes int
	}
	width := len(places)
	outcomes := make([]outcome, n*width) // of one run after another, so that a draw finds them side by side
	for s, k := range places {
		for i, c := range samples[k].Costs {
			o := &outcomes[i*width+s]
			if o.cost = c; samples[k].Success[i] {
				o.successes = 1
			}
		}
	}
	replicates, sums := make([][]float64, width), make([]outcome, width)
	b.draw(n, func(pick []int) {
		clear(sums)
		for _, i := range pick {
			for s, o := range outcomes[i*width:][:width] {
				sums[s].cost += o.cost
				sums[s].successes += o.successes
			}
		}
		for s, sum := range sums {
			replicates[s] = append(replicates[s], expected(sum.cost, sum.successes))
		}
	})
	for s, k := range places {
		out[k] = b.percentile(replicates[s])
	}
}
