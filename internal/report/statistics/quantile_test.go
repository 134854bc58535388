package statistics

import (
	"math"
	"testing"
)

var nan, inf = math.NaN(), math.Inf(1)

// near compares with a relative tolerance; NaN equals NaN, an infinity itself.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(got) || got == want {
		return
	}
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s is %v; expected %v", what, got, want)
	}
}

// The values of R's quantile(type = 7) for 1..10 and for a small sample, and the edges.
func TestQuantile(t *testing.T) {
	ten := []float64{7, 2, 10, 1, 4, 9, 3, 6, 5, 8}
	for _, c := range []struct {
		name   string
		sample []float64
		q      float64
		want   float64
	}{
		{"minimum", ten, 0, 1},
		{"lower quartile", ten, 0.25, 3.25},
		{"median", ten, 0.5, 5.5},
		{"upper quartile", ten, 0.75, 7.75},
		{"90%", ten, 0.9, 9.1},
		{"maximum", ten, 1, 10},
		{"one value", []float64{3}, 0.25, 3},
		{"one value, 0%", []float64{3}, 0, 3},
		{"two values", []float64{1, 2}, 0.25, 1.25},
		{"empty", nil, 0.5, nan},
		{"empty, 0%", nil, 0, nan},
		{"NaN", []float64{1, nan, 3}, 0.5, nan},
		{"NaN, 0%", []float64{1, nan, 3}, 0, nan},
		{"a failure beyond the median", []float64{1, 2, inf}, 0.5, 2},
		{"half failures", []float64{1, inf}, 0.5, inf},
		{"all failures", []float64{inf, inf}, 0.75, inf},
		{"beyond 100%", ten, 1.5, nan},
		{"below 0%", ten, -0.5, nan},
	} {
		near(t, c.name, Quantile(c.sample, c.q), c.want, 1e-15)
	}
	if ten[0] != 7 {
		t.Error("the sample was sorted in place")
	}
	lower, median, upper := Quartiles(ten)
	near(t, "lower", lower, 3.25, 0)
	near(t, "median", median, Median(ten), 0)
	near(t, "upper", upper, 7.75, 0)
}

// Closed forms: for 1..n the mean is (n+1)/2 and the sample variance
// n(n+1)/12.
func TestMoments(t *testing.T) {
	ten := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	near(t, "mean", Mean(ten), 5.5, 0)
	near(t, "deviation", Deviation(ten), math.Sqrt(110.0/12), 1e-15)
	near(t, "deviation of one value", Deviation([]float64{4}), nan, 0)
	near(t, "mean of nothing", Mean(nil), nan, 0)
	near(t, "minimum", Min([]float64{3, -1, 2}), -1, 0)
	near(t, "maximum", Max([]float64{3, inf, 2}), inf, 0)
	near(t, "maximum of nothing", Max(nil), nan, 0)
}
