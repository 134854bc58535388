package statistics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The mean of numbers read on a scale is never further from that of the numbers than the
// bound, wherever the scale lies; the deviation is that of many numbers as read.
func TestGranularityBias(t *testing.T) {
	const n = 200000
	rng := rand.New(rand.NewPCG(3, 1))
	for _, spread := range []float64{0, 0.1, 0.2, 0.3, 0.5, 1} {
		for _, offset := range []float64{0, 0.1, 0.25, 0.4, 0.5} {
			read, sum := make([]float64, n), 0.0
			for i := range read {
				x := offset + spread*rng.NormFloat64()
				read[i] = math.Round(x)
				sum += x
			}
			error, bound := math.Abs(Mean(read)-sum/n), GranularityBias(1, Deviation(read))
			if slack := 4 * 0.3 / math.Sqrt(n); error > bound+slack {
				t.Errorf("spread %v, offset %v: the mean is off by %v, beyond the bound %v", spread, offset, error, bound)
			}
		}
	}
	if b := GranularityBias(1, 1); b > 1e-6 {
		t.Errorf("a spread of a step leaves a bias of %v", b)
	}
	near(t, "no spread", GranularityBias(0.5, 0), 0.25, 1e-15)
	near(t, "no steps", GranularityBias(0, 1), 0, 0)
	near(t, "one number", GranularityBias(1, nan), 0.5, 0)
}
