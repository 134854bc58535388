package statistics

import "slices"

// doubledMidranks ranks the sample from 1, ties sharing the mean of their ranks, and
// doubles the ranks, so that they are integers and sums of them can index a table. It
// also gives the sizes of the groups of ties.
func doubledMidranks(sample []float64) (ranks []int, ties []int) {
	order := make([]int, len(sample))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case sample[a] < sample[b]:
			return -1
		case sample[a] > sample[b]:
			return 1
		}
		return 0
	})
	ranks = make([]int, len(sample))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && sample[order[to]] == sample[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = from + 1 + to // first rank from+1, last rank to
		}
		ties = append(ties, to-from)
		from = to
	}
	return ranks, ties
}

func sum(ranks []int) int {
	total := 0
	for _, r := range ranks {
		total += r
	}
	return total
}
