package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary"
)

// exactExp is eˣ with 200 bits: the Taylor series at x/2¹², squared twelve times.
func exactExp(x float64) *big.Float {
	r := new(big.Float).SetPrec(200).SetMantExp(big.NewFloat(x), -12)
	sum, term := new(big.Float).SetPrec(200).SetInt64(1), new(big.Float).SetPrec(200).SetInt64(1)
	for k := int64(1); k < 60; k++ {
		term.Mul(term, r).Quo(term, new(big.Float).SetInt64(k))
		sum.Add(sum, term)
	}
	for range 12 {
		sum.Mul(sum, sum)
	}
	return sum
}

// units is how far a number is from an exact one, in units of its last place.
func units(got float64, exact *big.Float) float64 {
	want, _ := exact.Float64()
	unit := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
	off := new(big.Float).Sub(exact, big.NewFloat(got))
	ratio, _ := off.Quo(off, big.NewFloat(unit)).Float64()
	return math.Abs(ratio)
}

// The exponential of the portable version, and with the same bits that of the assembly, errs
// by less than one unit in the last place.
func TestExpIsRight(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	x := []float64{-1, -0.5 * math.Ln2, -708, -744, -0x1p-60, 0}
	for range 2000 {
		x = append(x, -40*rng.ExpFloat64(), -0.5*rng.Float64(), -720*rng.Float64())
	}
	var worst float64
	for _, v := range x {
		worst = math.Max(worst, units(elementary.Exp(v), exactExp(v)))
	}
	if !(worst < 1) {
		t.Errorf("off by %.3f units in the last place", worst)
	}
	t.Logf("off by at most %.3f units in the last place", worst)
}

// The slope is −y/(1 + exp(yz)) to three units in the last place, and the loss of one sample
// log(1 + exp(−yz)) to two, here by log1p of the exact exponential, rounded.
func TestLogisticIsRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(9, 10))
		for range 500 {
			var z, y, slopes [5]float64
			for k := range z {
				z[k], y[k] = math.Ldexp(rng.NormFloat64(), rng.IntN(12)-3), float64(2*rng.IntN(2)-1)
			}
			together := Logistic(z[:], y[:], slopes[:])
			var sum float64
			for k := range z {
				margin := y[k] * z[k]
				one := new(big.Float).SetPrec(200).SetInt64(1)
				slope := one.Quo(one, new(big.Float).Add(one, exactExp(margin)))
				if y[k] > 0 {
					slope.Neg(slope)
				}
				if off := units(slopes[k], slope); !(off <= 3) {
					t.Fatalf("slope at yz = %v is %v, %.1f units off", margin, slopes[k], off)
				}
				e, _ := exactExp(-math.Abs(margin)).Float64()
				want := math.Max(-margin, 0) + math.Log1p(e)
				var unused [1]float64
				got := Logistic(z[k:k+1], y[k:k+1], unused[:])
				if !(math.Abs(got-want) <= 0x1p-51*want) {
					t.Fatalf("loss at yz = %v is %v, want %v", margin, got, want)
				}
				sum += want
			}
			if !(math.Abs(together-sum) <= 0x1p-50*sum) {
				t.Fatalf("losses at %v, %v add up to %v, want %v", z, y, together, sum)
			}
		}
	})
}

// Margins at the edges, each in every lane.
func TestLogisticAtTheEdges(t *testing.T) {
	both(t, func(t *testing.T) {
		inf, nan := math.Inf(1), math.NaN()
		for _, c := range []struct{ z, loss, slope float64 }{
			{0, math.Ln2, -0.5}, {math.Copysign(0, -1), math.Ln2, -0.5},
			{inf, 0, 0}, {-inf, inf, -1}, {nan, nan, nan},
			{math.MaxFloat64, 0, 0}, {-1e300, 1e300, -1}, {-745.2, 745.2, -1}, {745.14, 0, 0},
		} {
			for k := range 5 {
				z, y, slopes := [5]float64{inf, inf, inf, inf, inf}, [5]float64{1, 1, 1, 1, 1}, [5]float64{}
				z[k] = c.z
				same := func(got, want float64) bool {
					return got == want || math.Abs(got-want) < 0x1p-52*want || math.IsNaN(got) && math.IsNaN(want)
				}
				if loss := Logistic(z[:], y[:], slopes[:]); !same(loss, c.loss) || !same(slopes[k], c.slope) {
					t.Errorf("yz = %v in lane %d: loss %v and slope %v, want %v and %v", c.z, k, loss, slopes[k], c.loss, c.slope)
				}
			}
		}
	})
}
