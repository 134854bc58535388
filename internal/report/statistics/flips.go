package statistics

import (
	"cmp"
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
	flipped  [][]uint64 // for each block a bit a pattern; pattern 0 flips none
}

// exactBlocks is the number of blocks up to which all patterns are tried.
const exactBlocks = 14

// flipSeed begins the random patterns.
const flipSeed = 20260

// NewFlips prepares the patterns of a number of blocks.
func NewFlips(blocks int) *Flips {
	f := &Flips{patterns: 1 << min(blocks, exactBlocks), flipped: make([][]uint64, blocks)}
	for b := range f.flipped {
		bits := make([]uint64, (f.patterns+63)/64)
		if blocks <= exactBlocks {
			for k := range f.patterns {
				bits[k/64] |= uint64(k>>b&1) << (k % 64)
			}
		} else {
			rng := rand.New(rand.NewPCG(flipSeed, uint64(b)))
			for w := range bits {
				bits[w] = rng.Uint64()
			}
			bits[0] &^= 1
		}
		f.flipped[b] = bits
	}
	return f
}

// Difference is one difference, or the mean of several, of a block.
type Difference struct {
	Block int
	Value float64
}

// sums puts those of the differences under each pattern into a slice.
func (f *Flips) sums(sample []Difference, sums []float64) {
	clear(sums)
	for _, d := range sample {
		value := math.Float64bits(d.Value)
		for w, flip := range f.flipped[d.Block] {
			some := sums[64*w : min(64*w+64, len(sums))]
			for k := range some {
				some[k] += math.Float64frombits(value ^ flip<<63) // the sign is the highest bit
				flip >>= 1
			}
		}
	}
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
// and sum of squares; −Inf without any.
func student(sum, squares float64, n int) float64 {
	if n == 0 {
		return math.Inf(-1)
	}
	mean := sum / float64(n)
	if n < 2 {
		return mean / steadiness
	}
	variance := max(0, squares-float64(sum*mean)) / float64(n-1)
	return mean / (math.Sqrt(variance/float64(n)) + steadiness)
}

// students puts the statistics of a sample under each pattern into a slice. Those of an empty
// sample are −Inf: nothing speaks against its hypothesis.
func (f *Flips) students(sample []Difference, statistics []float64) {
	_, squares := moments(sample)
	f.sums(sample, statistics)
	for k, sum := range statistics {
		statistics[k] = student(sum, squares, len(sample))
	}
}

// none are statistics by pattern before any sample.
func (f *Flips) none() []float64 {
	largest := make([]float64, f.patterns)
	for k := range largest {
		largest[k] = math.Inf(-1)
	}
	return largest
}

// moments are the sum and the sum of squares of a sample.
func moments(sample []Difference) (sum, squares float64) {
	for _, d := range sample {
		sum += d.Value
		squares += float64(d.Value * d.Value)
	}
	return sum, squares
}

// MaxT gives the p-value of each of many samples, adjusted for their number: the share of
// the patterns in which the largest statistic, of this sample or of one with a smaller one,
// is at least the one observed (step-down maxT; Westfall & Young 1993, Resampling-Based
// Multiple Testing, algorithm 4.1). All samples are flipped together, so that their
// dependence costs nothing and no number of samples makes the least possible p-value rise.
//
// Samples of so few blocks that no signs reach the level take no part in it, and have the p-value
// that they have alone. Their statistic, which may be anything where two numbers agree, would
// hide the others in a large share of the patterns. How few they are does not depend on signs, so
// that the error rate stays (Tarone 1990, Biometrics 46, 515–522, doi:10.2307/2531456).
func (f *Flips) MaxT(samples [][]Difference, level float64) []float64 {
	statistic, p, scratch := make([]float64, len(samples)), make([]float64, len(samples)), make([]float64, f.patterns)
	var order []int
	for i, sample := range samples {
		sum, squares := moments(sample)
		statistic[i] = student(sum, squares, len(sample))
		if reaches(sample, level) {
			order = append(order, i)
			continue
		}
		f.students(sample, scratch)
		p[i] = f.share(scratch, statistic[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(statistic[a], statistic[b]) })
	largest := f.none()
	for _, i := range order {
		f.students(samples[i], scratch)
		for k, t := range scratch {
			largest[k] = max(largest[k], t)
		}
		p[i] = f.share(largest, statistic[i])
	}
	least := 0.0 // what is less extreme cannot be less probable
	for _, i := range slices.Backward(order) {
		least = math.Max(least, p[i])
		p[i] = least
	}
	return p
}

// reaches reports whether any signs of a sample can have a p-value of a level at most. A
// difference of 0 has no sign.
func reaches(sample []Difference, level float64) bool {
	signed := 0
	for _, d := range sample {
		if d.Value != 0 {
			signed++
		}
	}
	return math.Ldexp(1, -signed) <= level
}
