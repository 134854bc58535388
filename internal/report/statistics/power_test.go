package statistics

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// With five pairs at a level between 1/32 and 2/32 only five positive signs reject, so
// that the power at c is Φ(c)⁵.
func TestPowerClosedForm(t *testing.T) {
	p := NewPower(5, 0.05, 0)
	for _, c := range []float64{0, 0.5, 1, 1.71, 2.5} {
		want := math.Pow(distuv.UnitNormal.CDF(c), 5)
		if got := p.At(c); math.Abs(got-want) > 0.02 {
			t.Errorf("power at %v is %v; expected %v", c, got, want)
		}
	}
	near(t, "shift found with 80%", p.Shift(0.8), distuv.UnitNormal.Quantile(math.Pow(0.8, 0.2)), 0.03)
}

// The power is the share of fresh samples that the test itself rejects.
func TestPowerAgainstTheTest(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for _, c := range []struct {
		pairs int
		level float64
	}{{8, 0.05}, {10, 0.005}, {20, 0.01}, {50, 0.05}, {60, 0.05}} {
		p := NewPower(c.pairs, c.level, 0)
		shift := p.Shift(0.8)
		rejected, trials := 0, 2000
		d := make([]float64, c.pairs)
		for range trials {
			for i := range d {
				d[i] = rng.NormFloat64() + shift
			}
			if SignedRank(d).P <= c.level {
				rejected++
			}
		}
		if got := float64(rejected) / float64(trials); math.Abs(got-0.8) > 0.04 {
			t.Errorf("%d pairs at %v: the shift %.3f is found in %.1f%%; 80%% was promised", c.pairs, c.level, shift, 100*got)
		}
		near(t, "power at its own shift", p.At(shift), 0.8, 0.01)
	}
}

// With a pilot of three pairs, five pairs and only positive signs rejecting, the power at c
// is E Φ(cS)⁵ with 2S² ~ χ²₂, that is S² exponential with mean 1.
func TestPowerFromPilot(t *testing.T) {
	p := NewPower(5, 0.05, 3)
	const c, steps = 2.0, 20000
	want := 0.0
	for k := range steps {
		s := math.Sqrt(-math.Log((float64(k) + 0.5) / steps))
		want += math.Pow(distuv.UnitNormal.CDF(c*s), 5) / steps
	}
	if got := p.At(c); math.Abs(got-want) > 0.02 {
		t.Errorf("power is %v; expected %v", got, want)
	}
}

func TestFewestPairs(t *testing.T) {
	for _, c := range []struct {
		level float64
		want  int
	}{{1, 0}, {0.5, 1}, {0.05, 5}, {0.025, 6}, {0.05 / 20, 9}, {0, 1074}} {
		if got := FewestPairs(c.level); got != c.want {
			t.Errorf("level %v: %d pairs; expected %d", c.level, got, c.want)
		}
	}
	for _, pairs := range []int{0, 1, 2, 5} {
		p := NewPower(pairs, 0.025, 0)
		if p.Possible() || p.At(10) != 0 || !math.IsInf(p.Shift(0.8), 1) {
			t.Errorf("%d pairs can reject at 2.5%%", pairs)
		}
	}
}

// Wilcoxon's table: at one-sided 5% the smaller sum of ten pairs may be 10, so that W⁺ must
// reach 45. Beyond the exact range the approximation is at most one off.
func TestCriticalSum(t *testing.T) {
	if w, ok := CriticalSum(10, 0.05); w != 45 || !ok {
		t.Errorf("n = 10: %d; the table has 45", w)
	}
	const n = exactPairs + 1
	ranks := make([]int, n)
	for i := range ranks {
		ranks[i] = i + 1
	}
	w, _ := CriticalSum(n, 0.025)
	p := signFlips(ranks)
	if tail(p, w-2) <= 0.025 || tail(p, w+2) > 0.025 {
		t.Errorf("n = %d: critical value %d, where P(W⁺ ≥ %d) = %v", n, w, w, tail(p, w))
	}
}
