// Package probability holds the distributions that tests and fits need: the normal law,
// Student's and the binomial with probability ½. They are fixed sequences of operations with
// the elementary functions of our own, and so give the same bits on every processor.
package probability

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// NormalCDF is Φ(z), the probability that a standard normal variable is at most z.
func NormalCDF(z float64) float64 { return NormalSurvival(-z) }

// seriesEnd is where the series of Φ gives way to a continued fraction, which from there on
// needs no more than fractionTerms terms.
const (
	seriesEnd     = 2.5
	fractionTerms = 60
)

// NormalSurvival is 1 − Φ(z), to a relative 5e-14 and the rounding of z².
//
// Near 0 it is ½ − φ(z)·(z + z³/3 + z⁵/15 + …), beyond Laplace's continued fraction
// φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))); Abramowitz and Stegun 1964, 26.2.11 and 26.2.14.
func NormalSurvival(z float64) float64 {
	switch {
	case z < 0:
		return 1 - NormalSurvival(-z)
	case z > seriesEnd:
		v := z
		for k := fractionTerms; k > 0; k-- {
			v = z + float64(k)/v
		}
		return normalDensity(z) / v
	}
	square, term, sum := float64(z*z), z, 0.0
	for k := 3.0; term > float64(sum*0x1p-60); k += 2 {
		sum += term
		term = float64(term*square) / k
	}
	return 0.5 - float64(normalDensity(z)*sum)
}

func normalDensity(z float64) float64 {
	const scale = 1 / (math.Sqrt2 * math.SqrtPi)
	return float64(scale * elementary.Exp(float64(-0.5*z)*z))
}

// NormalQuantile is the z with Φ(z) = p. It is −Inf at 0, +Inf at 1, and NaN outside.
//
// An approximation by Hastings (Abramowitz and Stegun 1964, 26.2.23), which errs by less than
// 4.5e-4, is improved by three steps of Newton's method.
func NormalQuantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p > 0.5:
		return -NormalQuantile(1 - p)
	case p == 0.5:
		return 0
	}
	t := math.Sqrt(float64(-2 * elementary.Log(p)))
	above := 2.515517 + float64(t*(0.802853+float64(0.010328*t)))
	below := 1 + float64(t*(1.432788+float64(t*(0.189269+float64(0.001308*t)))))
	z := t - above/below
	for range 3 {
		z += (NormalSurvival(z) - p) / normalDensity(z)
	}
	return -z
}
