package random

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// normalCDF is the standard normal distribution function, of package math.
func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

func normals(seed uint64, n int) []float64 {
	rng := rand.New(rand.NewPCG(seed, 17))
	out := make([]float64, n)
	for i := range out {
		out[i] = Normal(rng)
	}
	return out
}

// The strips fit: each is as large as stripArea, the lowest with the tail beyond it, and the
// uppermost ends at the height of 1.
func TestStripsFit(t *testing.T) {
	base := tailFrom*math.Exp(-tailFrom*tailFrom/2) + math.Sqrt(math.Pi/2)*math.Erfc(tailFrom/math.Sqrt2)
	if !(math.Abs(base-stripArea) < 1e-16) {
		t.Errorf("the lowest strip has %v, not %v", base, stripArea)
	}
	if top := strips[stripCount-1].high; !(math.Abs(top-1) < 1e-13) {
		t.Errorf("the uppermost strip ends at %v", top)
	}
	for k := 1; k < stripCount; k++ {
		s := &strips[k]
		if area := s.unit * 0x1p52 * (s.high - s.low); !(math.Abs(area-stripArea) < 1e-15) {
			t.Errorf("strip %d has %v, not %v", k, area, stripArea)
		}
		edge := float64(s.inside) * s.unit
		if !(edge < 1e-6 || math.Abs(math.Exp(-edge*edge/2)-s.high) < 1e-13) {
			t.Errorf("strip %d is under the curve up to %v, which is not where the curve is at %v", k, edge, s.high)
		}
	}
}

// Moments of a million deviates are those of the normal law within five standard errors.
func TestNormalMoments(t *testing.T) {
	const n = 1_000_000
	var sum [9]float64
	for _, x := range normals(1, n) {
		for k, p := 1, x; k < len(sum); k, p = k+1, p*x {
			sum[k] += p
		}
	}
	// E xᵏ is (k−1)!! for even k; the variance of xᵏ is E x²ᵏ − (E xᵏ)².
	moment := []float64{1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395, 0, 135135, 0, 2027025}
	for k := 1; k < len(sum); k++ {
		deviation := math.Sqrt((moment[2*k] - moment[k]*moment[k]) / n)
		if z := (sum[k]/n - moment[k]) / deviation; !(math.Abs(z) < 5) {
			t.Errorf("moment %d is %v, want %v: %.1f standard errors", k, sum[k]/n, moment[k], z)
		}
	}
}

// The distribution of a million deviates is normal by the test of Kolmogorov and Smirnov,
// whose statistic exceeds 1.95/√n once in a thousand. So is the distribution of those beyond
// the last strip alone, and on either side of zero.
func TestNormalDistribution(t *testing.T) {
	x := normals(2, 1_000_000)
	far := make([]float64, 0, 1000)
	for seed := uint64(3); len(far) < 1000; seed++ {
		for _, v := range normals(seed, 1_000_000) {
			if math.Abs(v) > tailFrom {
				far = append(far, math.Abs(v))
			}
		}
	}
	beyond := normalCDF(-tailFrom)
	for _, c := range []struct {
		name string
		x    []float64
		cdf  func(float64) float64
	}{
		{"all", x, normalCDF},
		{"sizes", absolute(x), func(v float64) float64 { return 1 - 2*normalCDF(-v) }},
		{"tail", far, func(v float64) float64 { return 1 - normalCDF(-v)/beyond }},
	} {
		slices.Sort(c.x)
		n, worst := float64(len(c.x)), 0.0
		for i, v := range c.x {
			p := c.cdf(v)
			worst = max(worst, p-float64(i)/n, float64(i+1)/n-p)
		}
		if limit := 1.95 / math.Sqrt(n); !(worst < limit) {
			t.Errorf("%s: the distributions differ by %v, more than %v", c.name, worst, limit)
		}
	}
}

func absolute(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Abs(v)
	}
	return out
}

// Each strip's bounds, and the tail, are met: a histogram with 1024 bins of equal probability
// is even, χ² with 1023 degrees of freedom being below its quantile at 0.999.
func TestNormalHistogram(t *testing.T) {
	const bins, n = 1024, 2_000_000
	var count [bins]float64
	for _, v := range normals(5, n) {
		count[min(int(normalCDF(v)*bins), bins-1)]++
	}
	var chi float64
	for _, c := range count {
		chi += (c - n/bins) * (c - n/bins) / (n / bins)
	}
	if chi > 1168 {
		t.Errorf("χ² is %v, want at most 1168", chi)
	}
}

// Successive deviates are not correlated.
func TestNormalCorrelation(t *testing.T) {
	x := normals(6, 1_000_000)
	for lag := 1; lag <= 5; lag++ {
		var sum, squares float64
		for i := lag; i < len(x); i++ {
			sum += x[i] * x[i-lag]
			squares += (x[i]*x[i] - 1) * (x[i-lag]*x[i-lag] - 1) / 2
		}
		n := math.Sqrt(float64(len(x)))
		if !(math.Abs(sum/n) < 5 && math.Abs(squares/n) < 5) {
			t.Errorf("at a distance of %d: %v and, of squares, %v standard errors", lag, sum/n, squares/n)
		}
	}
}

// The bits are the same on every processor.
func TestNormalBits(t *testing.T) {
	digest := uint64(14695981039346656037)
	for _, v := range normals(7, 200_000) {
		digest = (digest ^ math.Float64bits(v)) * 1099511628211
	}
	if want := uint64(0x4c3a55012f302c9); digest != want {
		t.Errorf("digest %#x, want %#x", digest, want)
	}
}

func BenchmarkNormal(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var sum float64
	b.Run("ours", func(b *testing.B) {
		for range b.N {
			sum += Normal(rng)
		}
	})
	b.Run("math/rand", func(b *testing.B) {
		for range b.N {
			sum += rng.NormFloat64()
		}
	})
	if math.IsNaN(sum) {
		b.Fatal(sum)
	}
}
