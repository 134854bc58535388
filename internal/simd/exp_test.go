package simd

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
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

// Exp errs by less than one unit in the last place.
func TestExpIsRight(t *testing.T) {
	both(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(7, 8))
		x := []float64{1, -1, 0.5 * math.Ln2, -0.5 * math.Ln2, 709.78, -708, -744, 0x1p-60}
		for range 2000 {
			x = append(x, 40*rng.NormFloat64(), rng.Float64()-0.5, 1400*rng.Float64()-720)
		}
		y := make([]float64, len(x))
		Exp(y, x)
		var worst float64
		for i, got := range y {
			exact := exactExp(x[i])
			want, _ := exact.Float64()
			if math.IsInf(want, 0) || math.IsInf(got, 0) {
				if got != want {
					t.Errorf("exp(%v) = %v, want %v", x[i], got, want)
				}
				continue
			}
			unit := math.Nextafter(want, math.Inf(1)) - want
			off, _ := exact.Sub(exact, big.NewFloat(got)).Float64()
			worst = math.Max(worst, math.Abs(off)/unit)
		}
		if worst >= 1 {
			t.Errorf("off by %.3f units in the last place", worst)
		}
		t.Logf("off by at most %.3f units in the last place", worst)
	})
}

func TestExpAtTheEdges(t *testing.T) {
	both(t, func(t *testing.T) {
		x := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, -745.14, 709.79, math.NaN()}
		want := []float64{1, 1, math.Inf(1), 0, math.Inf(1), 0, 0, math.Inf(1), math.NaN()}
		for i := range x { // each in every lane
			y := []float64{x[i], x[i], x[i], x[i], x[i]}
			Exp(y, y)
			for _, got := range y {
				if got != want[i] && !(math.IsNaN(got) && math.IsNaN(want[i])) {
					t.Errorf("exp(%v) = %v, want %v", x[i], got, want[i])
				}
			}
		}
	})
}
