package probability

import "math"

// FairSurvival is the probability that of n tosses of a fair coin at least k ≥ 0 show heads.
func FairSurvival(n, k int) float64 {
	if k > n {
		return 0
	}
	// The first term, C(n, k), is kept as m·2ᵉ, because it may be too large for a number.
	m, e := 1.0, 0
	for i := 1; i <= min(k, n-k); i++ {
		var shift int
		m, shift = math.Frexp(float64(m*float64(n-i+1)) / float64(i))
		e += shift
	}
	term, sum := 1.0, 0.0
	for j := k; j <= n; j++ {
		sum += term
		if math.IsInf(sum, 0) { // beyond all doubt: the terms of half of all tosses are left
			return 1 - FairSurvival(n, n-k+1)
		}
		term *= float64(n-j) / float64(j+1)
	}
	return min(1, math.Ldexp(float64(m*sum), e-n))
}
