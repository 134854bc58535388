package statistics

import (
	"math"

	"github.com/gdbench/gdbench/internal/probability"
)

// Up to so many observations in all the rank-sum distribution is computed exactly.
const exactObservations = 60

// MannWhitney is the rank-sum test of two unpaired samples: that both have one
// distribution, against the alternative that x is greater. The statistic is
// U = #{(i,j): xᵢ > yⱼ} + ½ #{xᵢ = yⱼ}.
//
// Exact with ties up to 60 observations: p counts the choices of |x| of the joint
// midranks whose sum is at least the one seen; beyond, the normal approximation with
// correction for ties and continuity. A sample without values gives p = 1, NaN gives NaN.
//
// Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
func MannWhitney(x, y []float64) Test {
	if hasNaN(x) || hasNaN(y) {
		return Test{Statistic: math.NaN(), P: math.NaN()}
	}
	m, n := len(x), len(y)
	t := Test{N: m + n, P: 1, Exact: m+n <= exactObservations}
	if m == 0 || n == 0 {
		return t
	}
	ranks, ties := doubledMidranks(append(append(make([]float64, 0, m+n), x...), y...))
	w := sum(ranks[:m])
	t.Statistic = float64(w-m*(m+1)) / 2
	if t.Exact {
		t.P = tail(choices(ranks, m), w)
	} else {
		t.P = rankSumNormal(t.Statistic, m, n, ties)
	}
	return t
}

// MannWhitneyTwoSided is the same test against both alternatives: twice the smaller
// one-sided p, at most 1.
func MannWhitneyTwoSided(x, y []float64) Test {
	t := MannWhitney(x, y)
	t.P = min(1, 2*min(t.P, MannWhitney(y, x).P))
	return t
}

// choices is the distribution of the sum of m ranks drawn without replacement. Drawing
// is a walk over the ranks: the k-th of N is taken with probability
// (m − taken) / (N − k), so that the entries are probabilities throughout and no
// binomial coefficient can overflow.
func choices(ranks []int, m int) []float64 {
	width := sum(ranks) + 1
	p := make([][]float64, m+1) // p[taken][sum]
	for taken := range p {
		p[taken] = make([]float64, width)
	}
	p[0][0] = 1
	reached := 0
	for k, r := range ranks {
		left := float64(len(ranks) - k)
		reached += r
		for taken := min(m, k+1); taken >= 0; taken-- {
			stay := 1 - float64(m-taken)/left
			take := float64(m-taken+1) / left
			for s := reached; s >= 0; s-- {
				v := float64(p[taken][s] * max(0, stay))
				if taken > 0 && s >= r {
					v += float64(p[taken-1][s-r] * take)
				}
				p[taken][s] = v
			}
		}
	}
	return p[m]
}

func rankSumNormal(u float64, m, n int, ties []int) float64 {
	total := float64(m + n)
	correction := 0.0
	for _, t := range ties {
		correction += float64(float64(t) * float64(t*t-1))
	}
	product := float64(m) * float64(n)
	variance := product / 12 * (total + 1 - correction/(total*(total-1)))
	if variance <= 0 { // all equal
		return 1
	}
	return probability.NormalSurvival((u - 0.5 - float64(product/2)) / math.Sqrt(variance))
}
