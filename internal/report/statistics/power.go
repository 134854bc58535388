package statistics

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/random"
)

// The power of a test is computed from so many simulated samples: a standard error of
// less than one point.
const powerSamples = 4000

// Beyond so many pairs the power is taken from the normal approximation.
const simulatedPairs = 50

// Power says which losses a signed-rank test of n pairs can find at a level. Differences
// are taken as normal; shifts are in standard deviations of one difference, as estimated
// from a pilot: a deviation from ten pairs has an error of a quarter, and a power
// that takes it for the truth promises five points too many.
//
// W⁺ is the number of Walsh averages (xᵢ+xⱼ)/2, i ≤ j, above zero (Tukey 1949), so that a
// sample shifted by c is rejected just when its w-th largest Walsh average exceeds −c,
// w being the critical value. One simulated sample thus gives the one shift from which on
// it is rejected; the power at c is the share of these shifts below c.
type Power struct {
	pairs    int
	level    float64
	rejected []float64 // shifts from which on each simulated sample is rejected, sorted
}

// NewPower prepares for n pairs and a level of the one-sided test. The standard deviation
// is estimated from so many pairs as pilot says; 0: it is known.
func NewPower(pairs int, level float64, pilot int) *Power {
	p := &Power{pairs: pairs, level: level}
	critical, ok := CriticalSum(pairs, level)
	if !ok || pairs > simulatedPairs {
		return p
	}
	rng := rand.New(rand.NewPCG(uint64(pairs), 0))
	x := make([]float64, pairs)
	walsh := make([]float64, 0, pairs*(pairs+1)/2)
	p.rejected = make([]float64, powerSamples)
	for k := range p.rejected {
		for i := range x {
			x[i] = random.Normal(rng)
		}
		walsh = walsh[:0]
		for i := range x {
			for j := range i + 1 {
				walsh = append(walsh, (x[i]+x[j])/2)
			}
		}
		slices.Sort(walsh)
		p.rejected[k] = -walsh[len(walsh)-critical] / estimated(rng, pilot)
	}
	slices.Sort(p.rejected)
	return p
}

// estimated is the deviation found in a pilot of n normal numbers whose true one is 1:
// √(χ²ₙ₋₁/(n−1)).
func estimated(rng *rand.Rand, n int) float64 {
	if n < 2 {
		return 1
	}
	squares := 0.0
	for range n - 1 {
		z := random.Normal(rng)
		squares += float64(z * z)
	}
	return math.Sqrt(squares / float64(n-1))
}

// CriticalSum is the least W⁺ that a one-sided signed-rank test of n pairs without ties
// rejects at the level; ok is false where it can reject nothing.
func CriticalSum(pairs int, level float64) (w int, ok bool) {
	if pairs == 0 || pairs < FewestPairs(level) {
		return 0, false
	}
	ranks := make([]int, pairs)
	for i := range ranks {
		ranks[i] = i + 1
	}
	if pairs > exactPairs {
		n := float64(pairs)
		deviation := math.Sqrt(n * (n + 1) * (2*n + 1) / 24)
		return int(math.Ceil(float64(n*(n+1)/4) + float64(deviation*probability.NormalQuantile(1-level)) + 0.5)), true
	}
	p := signFlips(ranks)
	above := 0.0
	for w = len(p) - 1; w >= 0 && above+p[w] <= level; w-- {
		above += p[w]
	}
	return w + 1, true
}

// Possible reports whether any sample at all is rejected.
func (p *Power) Possible() bool { return p.pairs >= FewestPairs(p.level) }

// At is the probability that a shift is found.
func (p *Power) At(shift float64) float64 {
	switch {
	case !p.Possible():
		return 0
	case p.rejected == nil:
		return probability.NormalCDF(shift/p.scale() - p.quantile())
	}
	below, _ := slices.BinarySearch(p.rejected, shift)
	return float64(below) / float64(len(p.rejected))
}

// Shift is the least shift that is found with the probability wanted, +Inf if none is.
func (p *Power) Shift(wanted float64) float64 {
	switch {
	case !p.Possible():
		return math.Inf(1)
	case p.rejected == nil:
		return p.scale() * (p.quantile() + probability.NormalQuantile(wanted))
	}
	return Quantile(p.rejected, wanted)
}

// quantile and scale are those of the approximation: the signed-rank test is a t-test
// on n·3/π pairs (Pitman efficiency; Lehmann 1975, Nonparametrics, section 4.3).
func (p *Power) quantile() float64 { return probability.NormalQuantile(1 - p.level) }

func (p *Power) scale() float64 { return math.Sqrt(math.Pi / (3 * float64(p.pairs))) }

// FewestPairs is the least number of pairs with which a signed-rank test can reject at
// the level at all: 2⁻ⁿ ≤ level.
func FewestPairs(level float64) int {
	n := 0
	for p := 1.0; p > level && n < 1074; n++ {
		p /= 2
	}
	return n
}
