package statistics

import (
	"iter"
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
// Samples of one size have the same resamples, which are drawn once for as many of them as the second
// cache holds: drawing takes longer than adding up. No more samples than these are kept.
func (b Bootstrap) ERTs(samples iter.Seq[Runs]) []Interval {
	const cached = 1 << 16 // outcomes
	var out []Interval
	uncertain := map[int][]place{} // by size: the samples whose interval is to be found
	resample := func(n int) {
		for k, interval := range b.resampleRuns(uncertain[n], n) {
			out[uncertain[n][k].at] = interval
		}
		delete(uncertain, n)
	}
	for r := range samples {
		estimate, n := ERT(r.Costs, r.Success), len(r.Costs)
		out = append(out, Interval{estimate, estimate, b.level()})
		switch last := len(out) - 1; {
		case n < 2:
			out[last] = b.percentile(nil)
		case slices.Contains(r.Success, true): // where there is none, no resample has one
			uncertain[n] = append(uncertain[n], place{r, last})
			if (len(uncertain[n])+1)*n > cached {
				resample(n)
			}
		}
	}
	for n := range uncertain {
		resample(n)
	}
	return out
}

// place is a sample and where its interval goes.
type place struct {
	Runs
	at int
}

// resampleRuns are the intervals of samples of n runs each.
func (b Bootstrap) resampleRuns(samples []place, n int) []Interval {
	type outcome struct {
		cost      float64
		successes int
	}
	width := len(samples)
	outcomes := make([]outcome, n*width) // of one run after another, so that a draw finds them side by side
	for s, sample := range samples {
		for i, c := range sample.Costs {
			o := &outcomes[i*width+s]
			if o.cost = c; sample.Success[i] {
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
	out := make([]Interval, width)
	for s := range out {
		out[s] = b.percentile(replicates[s])
	}
	return out
}
