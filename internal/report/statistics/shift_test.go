package statistics

import (
	"math"
	"testing"
)

// The depression scores of Hollander & Wolfe 1999, table 3.1: their example 3.3 estimates −0.46, and
// example 3.4 finds the interval (−0.786, −0.010) at 96.1%.
func TestShiftOfHollanderAndWolfe(t *testing.T) {
	before := []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}
	after := []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
	var differences []float64
	for i := range before {
		differences = append(differences, after[i]-before[i])
	}
	estimate, low, high := Shift(differences, 0.95)
	if math.Abs(estimate+0.46) > 1e-12 || math.Abs(low+0.786) > 1e-12 || math.Abs(high+0.010) > 1e-12 {
		t.Errorf("the shift is %g [%g, %g]; expected -0.46 [-0.786, -0.010]", estimate, low, high)
	}
	// What the interval leaves out is what the test rejects.
	for _, shift := range []float64{low - 1e-9, high + 1e-9} {
		moved := make([]float64, len(differences))
		for i, d := range differences {
			moved[i] = d - shift
		}
		if p := SignedRankTwoSided(moved).P; p > 0.05 {
			t.Errorf("a shift of %g is outside of the interval, and p = %g", shift, p)
		}
	}
}

func TestShiftAtTheEdges(t *testing.T) {
	inf := math.Inf(1)
	for name, c := range map[string]struct{ in, want []float64 }{
		"too few pairs":    {[]float64{1, 2, 3, 4, 5}, []float64{3, -inf, inf}}, // 2·2⁻⁵ > 5%
		"six pairs":        {[]float64{1, 2, 3, 4, 5, 6}, []float64{3.5, 1, 6}},
		"one never comes":  {[]float64{inf, inf, inf, inf, inf, inf}, []float64{inf, inf, inf}},
		"none":             {nil, []float64{math.NaN(), math.NaN(), math.NaN()}},
		"against another":  {[]float64{inf, -inf}, []float64{math.NaN(), math.NaN(), math.NaN()}},
		"an undefined one": {[]float64{1, math.NaN()}, []float64{math.NaN(), math.NaN(), math.NaN()}},
	} {
		estimate, low, high := Shift(c.in, 0.95)
		for k, got := range []float64{estimate, low, high} {
			if got != c.want[k] && !(math.IsNaN(got) && math.IsNaN(c.want[k])) {
				t.Errorf("%s: %g [%g, %g]; expected %g", name, estimate, low, high, c.want)
				break
			}
		}
	}
	// Of many pairs the count comes from the normal approximation: scipy.stats.norm gives
	// 201·202/4 − 1.959964·√(201·202·403/24) = 8532.0.
	if got := outside(201, 0.025); got != 8532 && got != 8531 {
		t.Errorf("of 201 pairs %d means are left out; expected about 8532", got)
	}
}
