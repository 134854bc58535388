package statistics

import (
	"math"

	"github.com/gdbench/gdbench/internal/probability"
)

// Test is the outcome of a test.
type Test struct {
	N         int     // observations that carry information
	Statistic float64 // W⁺, U or the discordant count, as the test says
	P         float64 // probability of a statistic at least as extreme under the hypothesis
	Exact     bool    // false: by normal approximation
}

// Up to so many informative pairs the signed-rank distribution is computed exactly. The
// table then has 200·201 entries; beyond, the normal approximation errs by less than
// 1e-3 of p in the range where decisions fall.
const exactPairs = 200

// SignedRank is Wilcoxon's signed-rank test of paired differences: that they are
// symmetric about zero, against the alternative that they are greater. For the shifted
// hypothesis "at most δ" subtract δ first.
//
// |dᵢ| are ranked, W⁺ is the sum of the ranks of positive dᵢ. Zeros take part in the
// ranking and then are dropped (Pratt 1959, doi:10.2307/2282543), ties share midranks, and
// p = P(W⁺ ≥ w) counts the 2ᴺ assignments of signs to just these ranks, by dynamic
// programming over doubled ranks, so that it is exact with ties and zeros too. Infinite
// differences rank above all others. NaN gives p = NaN.
//
// Wilcoxon 1945, doi:10.2307/3001968.
func SignedRank(differences []float64) Test {
	if hasNaN(differences) {
		return Test{Statistic: math.NaN(), P: math.NaN()}
	}
	magnitudes := make([]float64, len(differences))
	for i, d := range differences {
		magnitudes[i] = math.Abs(d)
	}
	all, _ := doubledMidranks(magnitudes)
	var ranks []int // of those that are not zero
	positive := 0
	for i, d := range differences {
		if d != 0 {
			ranks = append(ranks, all[i])
		}
		if d > 0 {
			positive += all[i]
		}
	}
	t := Test{N: len(ranks), Statistic: float64(positive) / 2, Exact: len(ranks) <= exactPairs}
	if t.Exact {
		t.P = tail(signFlips(ranks), positive)
	} else {
		t.P = signFlipsNormal(ranks, positive)
	}
	return t
}

// SignedRankTwoSided is the same test against both alternatives: twice the smaller
// one-sided p, at most 1.
func SignedRankTwoSided(differences []float64) Test {
	negated := make([]float64, len(differences))
	for i, d := range differences {
		negated[i] = -d
	}
	t := SignedRank(differences)
	t.P = min(1, 2*min(t.P, SignedRank(negated).P))
	return t
}

// signFlips is the distribution of the sum of those ranks that get a plus, each with
// probability ½: entry s is P(sum = s).
func signFlips(ranks []int) []float64 {
	p := make([]float64, sum(ranks)+1)
	p[0] = 1
	reached := 0
	for _, r := range ranks {
		reached += r
		for s := reached; s >= 0; s-- {
			p[s] = float64(p[s] / 2)
			if s >= r {
				p[s] += float64(p[s-r] / 2)
			}
		}
	}
	return p
}

func tail(p []float64, from int) float64 {
	total := 0.0
	for _, v := range p[from:] {
		total += v
	}
	return min(1, total)
}

func signFlipsNormal(ranks []int, positive int) float64 {
	variance := 0.0
	for _, r := range ranks {
		variance += float64(float64(r) * float64(r) / 4)
	}
	z := (float64(positive) - 1 - float64(float64(sum(ranks))/2)) / math.Sqrt(variance)
	return probability.NormalSurvival(z)
}

// FewestPairs is the least number of pairs with which a test that flips signs, as the
// signed-rank test does, can reject at the level at all: 2⁻ⁿ ≤ level.
func FewestPairs(level float64) int {
	n := 0
	for p := 1.0; p > level && n < 1074; n++ {
		p /= 2
	}
	return n
}
