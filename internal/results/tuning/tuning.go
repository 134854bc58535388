// Package tuning has what is common to those who tune methods and those who report on it:
// the points at which a space is tried, the score of a trial, and the choice among trials.
package tuning

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
)

// The samplers.
const (
	Halton = "halton"
	Random = "random"
)

// MostParameters is how many parameters a space may have: there are as many bases.
const MostParameters = 24

// bases are the first primes.
var bases = [MostParameters]int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89}

// Sequence is a sequence of points in the unit cube. The first k points are the same however
// many are drawn, so that more trials extend fewer.
type Sequence struct {
	seed   uint64
	axes   []any
	dims   int
	digits [][][]int // of Halton's sequence: a permutation for each dimension and place
}

// NewSequence is the sequence of a seed and of the axes that name it. Halton's has its digits
// permuted at random, each place by a permutation of its own, so that every point is uniform
// and studies are independent (Owen 2017, A randomized Halton algorithm in R,
// doi:10.48550/arXiv.1706.02808; for tuning: Bousquet et al. 2017, doi:10.48550/arXiv.1706.03200).
func NewSequence(sampler string, dims int, seed uint64, axes ...any) *Sequence {
	s := &Sequence{seed: seed, axes: axes, dims: dims}
	if sampler == Random {
		return s
	}
	for d := range dims {
		rng := rand.New(random.NewSource(seed, append([]any{"halton", d}, axes...)...))
		var places [][]int
		for scale := 1.0; scale > 0x1p-53; scale /= float64(bases[d]) {
			places = append(places, rng.Perm(bases[d]))
		}
		s.digits = append(s.digits, places)
	}
	return s
}

// Point is the k-th point, from 0, each coordinate in [0, 1).
func (s *Sequence) Point(k int) []float64 {
	point := make([]float64, s.dims)
	if s.digits == nil {
		rng := rand.New(random.NewSource(s.seed, append([]any{"random", k}, s.axes...)...))
		for d := range point {
			point[d] = rng.Float64()
		}
		return point
	}
	for d, places := range s.digits {
		base, rest, scale := bases[d], k, 1/float64(bases[d])
		u := 0.0
		for _, permuted := range places {
			u += float64(float64(permuted[rest%base]) * scale)
			rest, scale = rest/base, scale/float64(base)
		}
		point[d] = math.Min(u, 1-0x1p-53)
	}
	return point
}
