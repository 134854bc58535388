package statistics

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Flips tests whether differences lie above zero by flipping their signs block by block.
// A block holds differences that share their luck, such as those of all settings that met
// one start and one stream of samples: under the hypothesis that differences are symmetric
// about zero all signs of a block may be flipped together, whatever the dependence within
// it, and each pattern of flips is as probable as the one observed (Fisher 1935, The Design
// of Experiments, chapter 3; Romano 1990, J. Amer. Statist. Assoc. 85, 686–692,
// doi:10.1080/01621459.1990.10474928).
//
// Up to 14 blocks all patterns are tried. Beyond, 2¹⁴ are: the observed one and random ones
// from a fixed seed, which keeps the test exact (Hemerik & Goeman 2018, TEST 27, 811–825,
// doi:10.1007/s11749-017-0571-1).
type Flips struct {
	patterns int
	signs    [][]int8 // of each block in each pattern; pattern 0 flips none
}

// exactBlocks is the number of blocks up to which all patterns are tried.
const exactBlocks = 14

// flipSeed begins the random patterns.
const flipSeed = 20260

// NewFlips prepares the patterns of a number of blocks.
func NewFlips(blocks int) *Flips {
	f := &Flips{patterns: 1 << min(blocks, exactBlocks), signs: make([][]int8, blocks)}
	for b := range f.signs {
		column := make([]int8, f.patterns)
		rng := rand.New(rand.NewPCG(flipSeed, uint64(b)))
		for k := range column {
			flipped := k>>b&1 == 1
			if blocks > exactBlocks {
				flipped = k > 0 && rng.Uint64()&1 == 1
			}
			column[k] = 1
			if flipped {
				column[k] = -1
			}
		}
		f.signs[b] = column
	}
	return f
}

// Patterns is the number of patterns, the observed one included: no p-value is below its
// inverse.
func (f *Flips) Patterns() int { return f.patterns }

// Difference is one difference, or the mean of several, of a block.
type Difference struct {
	Block int
	Value float64
}

// sums are those of the differences under each pattern.
func (f *Flips) sums(sample []Difference) []float64 {
	sums := make([]float64, f.patterns)
	for _, d := range sample {
		for k, sign := range f.signs[d.Block] {
			sums[k] += float64(d.Value * float64(sign))
		}
	}
	return sums
}

// Mean is the p-value of the hypothesis that the mean of the differences is at most zero:
// the share of the patterns with at least the mean observed. An empty sample gives 1.
func (f *Flips) Mean(sample []Difference) float64 {
	if len(sample) == 0 {
		return 1
	}
	sums := f.sums(sample)
	return f.share(sums, sums[0])
}

// share is the share of patterns with a statistic of at least the one given, sums of the
// same numbers in another order counting as equal.
func (f *Flips) share(statistic []float64, observed float64) float64 {
	atLeast := 0
	for _, v := range statistic {
		if v >= observed-float64(1e-12*math.Abs(observed)) {
			atLeast++
		}
	}
	return float64(atLeast) / float64(f.patterns)
}

// steadiness is added to standard errors, in units of the logarithm: a cell whose
// differences agree by luck must not outdo all others by a loss that does not matter.
const steadiness = 0.01

// student is mean/(standard error + steadiness) of a sample of n differences with that sum
// and sum of squares.
func student(sum, squares float64, n int) float64 {
	mean := sum / float64(n)
	if n < 2 {
		return mean / steadiness
	}
	variance := math.Max(0, squares-float64(sum*mean)) / float64(n-1)
	return mean / (math.Sqrt(variance/float64(n)) + steadiness)
}

// students are those of a sample under each pattern.
func (f *Flips) students(sample []Difference) []float64 {
	squares := 0.0
	for _, d := range sample {
		squares += float64(d.Value * d.Value)
	}
	t := f.sums(sample)
	for k, sum := range t {
		t[k] = student(sum, squares, len(sample))
	}
	return t
}

// MaxT gives the p-value of each of many samples, adjusted for their number: the share of
// the patterns in which the largest statistic, of this sample or of one with a smaller one,
// is at least the one observed (step-down maxT; Westfall & Young 1993, Resampling-Based
// Multiple Testing, algorithm 4.1). All samples are flipped together, so that their
// dependence costs nothing and no number of samples makes the least possible p-value rise.
func (f *Flips) MaxT(samples [][]Difference) []float64 {
	observed := make([]float64, len(samples))
	order := make([]int, len(samples))
	for i, sample := range samples {
		order[i], observed[i] = i, f.observed(sample)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case observed[a] < observed[b]:
			return -1
		case observed[a] > observed[b]:
			return 1
		}
		return 0
	})
	p := make([]float64, len(samples))
	largest := make([]float64, f.patterns)
	for k := range largest {
		largest[k] = math.Inf(-1)
	}
	for _, i := range order {
		for k, t := range f.students(samples[i]) {
			largest[k] = math.Max(largest[k], t)
		}
		p[i] = f.share(largest, observed[i])
	}
	least := 0.0 // what is less extreme cannot be less probable
	for _, i := range slices.Backward(order) {
		least = math.Max(least, p[i])
		p[i] = least
	}
	return p
}

// observed is the statistic of a sample as it is.
func (f *Flips) observed(sample []Difference) float64 {
	sum, squares := 0.0, 0.0
	for _, d := range sample {
		sum += d.Value
		squares += float64(d.Value * d.Value)
	}
	if len(sample) == 0 {
		return math.Inf(-1)
	}
	return student(sum, squares, len(sample))
}
