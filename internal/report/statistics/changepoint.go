package statistics

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/random"
)

// ChangePoint is a place in a series where its distribution changes.
type ChangePoint struct {
	At int     // index of the first value after the change
	P  float64 // of the permutation test that found it
}

// shortest is the number of values on each side of a change: the spread within a side takes two.
const shortest = 2

// ChangePoints finds where the distribution of a series changes, in ascending order, by
// E-divisive: the split of all present segments whose sides differ most in energy distance is a
// change if permutations of the values within the segments rarely have a split as good; then
// the next one is sought. Where nothing changes and the values are exchangeable, a change is
// found with a probability of at most level, for the whole series.
//
// Matteson & James 2014, doi:10.1080/01621459.2013.849605, with exponent 1. Daly et al. 2020,
// doi:10.1145/3358960.3375791, describe its use on a history of benchmarks.
func ChangePoints(series []float64, level float64, seed uint64) []ChangePoint {
	rng := rand.New(random.NewSource(seed, "change points"))
	segments := [][2]int{{0, len(series)}}
	room := make([]float64, (len(series)+1)*(len(series)+1))
	var out []ChangePoint
	for {
		best, at := 0.0, -1
		for _, s := range segments {
			if q, k := bestSplit(series[s[0]:s[1]], room); q > best {
				best, at = q, s[0]+k
			}
		}
		if at < 0 {
			break
		}
		p := permutationP(series, segments, best, level, room, rng)
		if p > level {
			break
		}
		out = append(out, ChangePoint{at, p})
		segments = split(segments, at)
	}
	slices.SortFunc(out, func(a, b ChangePoint) int { return a.At - b.At })
	return out
}

// ChangeNeeds is the smallest number of values in which ChangePoints can find a change at a
// level: a perfect step in the middle is as good in either direction, so that 2 of the
// n!/(n/2)!² arrangements have it.
func ChangeNeeds(level float64) int {
	arrangements := 1.0 // n over n/2, for n = 2·half
	for n := 1; ; n++ {
		if n%2 == 0 {
			arrangements *= 2
		} else {
			arrangements *= float64(n) / float64(n/2+1)
		}
		if n >= 2*shortest && 2/arrangements <= level {
			return n
		}
	}
}

func split(segments [][2]int, at int) [][2]int {
	var out [][2]int
	for _, s := range segments {
		if s[0] < at && at < s[1] {
			out = append(out, [2]int{s[0], at}, [2]int{at, s[1]})
		} else {
			out = append(out, s)
		}
	}
	return out
}

// permutationP is the share of permutations, the series itself among them, with a split at
// least as good. It stops once the share is certain to exceed the level.
func permutationP(series []float64, segments [][2]int, best, level float64, room []float64, rng *rand.Rand) float64 {
	permutations := max(999, int(math.Ceil(10/level))-1)
	work := slices.Clone(series)
	atLeast := 1.0
	for range permutations {
		good := false
		for _, s := range segments {
			part := work[s[0]:s[1]]
			rng.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
			if q, _ := bestSplit(part, room); q >= best*(1-1e-9) { // sums in another order round differently
				good = true
			}
		}
		if good {
			atLeast++
		}
		if atLeast > level*float64(permutations+1) {
			break
		}
	}
	return atLeast / float64(permutations+1)
}

// bestSplit maximizes the statistic of equation 7 of Matteson & James over the place of a
// change and the end of its right side, which a later change may be. It is 0 if no split has
// sides that differ.
func bestSplit(x, room []float64) (best float64, at int) {
	n := len(x)
	distances(x, room)
	within := func(i, j int) float64 { return room[i*(n+1)+j] }
	for k := shortest; k <= n-shortest; k++ {
		for end := k + shortest; end <= n; end++ {
			left, right := within(0, k), within(k, end)
			between := within(0, end) - left - right
			a, b := float64(k), float64(end-k)
			energy := float64(2*between/(a*b)) - float64(2*left/float64(a*(a-1))) - float64(2*right/float64(b*(b-1)))
			if q := float64(a * b / (a + b) * energy); q > best {
				best, at = q, k
			}
		}
	}
	return best, at
}

// distances puts the sum of distances within the values from i to before j into
// within[i·(n+1)+j].
func distances(x, within []float64) {
	n := len(x)
	for i := n; i >= 0; i-- {
		toFirst := 0.0
		within[i*(n+1)+i] = 0
		for j := i + 1; j <= n; j++ {
			toFirst += math.Abs(x[i] - x[j-1])
			within[i*(n+1)+j] = within[(i+1)*(n+1)+j] + toFirst
		}
	}
}

// SignTest is the two-sided p-value of so many positive and negative signs if both are equally
// probable: 2·P(Bin(n, ½) ≥ the larger), at most 1.
//
// Conover 1999, Practical Nonparametric Statistics, section 3.4.
func SignTest(positive, negative int) float64 {
	return min(1, 2*probability.FairSurvival(positive+negative, max(positive, negative)))
}
