package probability

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// manyDegrees is from where on an expansion gives Student's quantile to all digits.
const manyDegrees = 5000

// StudentQuantile is the t that a variable with Student's distribution of the given degrees
// of freedom, at least 1, exceeds with the probability 1 − p, for ½ ≤ p < 1.
//
// The distribution function is concave there, so that Newton's method, begun at the smaller
// quantile of the normal law, only ever grows.
func StudentQuantile(degrees int, p float64) float64 {
	z := NormalQuantile(p)
	if degrees > manyDegrees {
		return expandedQuantile(float64(degrees), z)
	}
	t := z
	for range 100 {
		inside, density := student(degrees, t)
		next := t + (float64(2*p)-1-inside)/float64(2*density)
		if !(next > t) {
			break
		}
		t = next
	}
	return t
}

// student is the probability of being in [−t, t], and the density at t. It is a finite sum,
// Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
func student(degrees int, t float64) (inside, density float64) {
	n := float64(degrees)
	size := n + float64(t*t)
	sin, square := t/math.Sqrt(size), n/size
	// scale is Γ((ν+1)/2)/(√(νπ) Γ(ν/2)), from that of 1 or 2 degrees on.
	var sum, scale float64
	term := 1.0
	if degrees%2 == 0 {
		scale = math.SqrtPi / 2
		for k := 2.0; k <= n; k += 2 {
			sum += term
			term *= float64((k-1)*square) / k
		}
		inside = float64(sin * sum)
	} else {
		scale = 1 / math.SqrtPi
		for k := 3.0; k <= n; k += 2 {
			sum += term
			term *= float64((k-1)*square) / k
		}
		inside = float64((elementary.Atan(t/math.Sqrt(n)) + float64(float64(sin*math.Sqrt(square))*sum)) * (2 / math.Pi))
	}
	for k := 2 - degrees%2; k < degrees; k += 2 {
		scale *= float64(k+1) / float64(k)
	}
	density = float64(scale/math.Sqrt(float64(n*math.Pi))) * elementary.Pow(square, (n+1)/2)
	return inside, density
}

// expandedQuantile is the quantile of n degrees by that of the normal law to the third power
// of 1/n; Abramowitz and Stegun 1964, 26.7.5.
func expandedQuantile(n, z float64) float64 {
	s := float64(z * z)
	first := float64((s + 1) / 4)
	second := (float64((float64(5*s)+16)*s) + 3) / 96
	third := (float64((float64((float64(3*s)+19)*s)+17)*s) - 15) / 384
	return z + float64(z*(first+(second+third/n)/n))/n
}
