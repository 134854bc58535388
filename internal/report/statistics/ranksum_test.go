package statistics

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// Hollander & Wolfe 1973, p. 69, permeability; R's example(wilcox.test) gives W = 35,
// p = 0.1272.
func TestMannWhitneyPublished(t *testing.T) {
	x := []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}
	y := []float64{1.15, 0.88, 0.90, 0.74, 1.21}
	got := MannWhitney(x, y)
	near(t, "W", got.Statistic, 35, 0)
	near(t, "p", got.P, 0.1272, 5e-4)
}

func enumerateChoices(x, y []float64) float64 {
	both := append(append([]float64{}, x...), y...)
	u := func(chosen int) float64 {
		total := 0.0
		for i, v := range both {
			for j, w := range both {
				if chosen>>i&1 == 1 && chosen>>j&1 == 0 {
					switch {
					case v > w:
						total++
					case v == w:
						total += 0.5
					}
				}
			}
		}
		return total
	}
	observed := u(1<<len(x) - 1)
	extreme, all := 0, 0
	for chosen := range 1 << len(both) {
		if bits.OnesCount(uint(chosen)) != len(x) {
			continue
		}
		all++
		if u(chosen) >= observed {
			extreme++
		}
	}
	return float64(extreme) / float64(all)
}

func TestMannWhitneyAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 3))
	for m := 1; m < 6; m++ {
		for n := 1; n < 6; n++ {
			for range 5 {
				x, y := make([]float64, m), make([]float64, n)
				for i := range x {
					x[i] = float64(rng.IntN(5))
				}
				for i := range y {
					y[i] = float64(rng.IntN(5))
				}
				near(t, "p", MannWhitney(x, y).P, enumerateChoices(x, y), 1e-12)
			}
		}
	}
}

func TestMannWhitneyEdges(t *testing.T) {
	near(t, "nothing", MannWhitney(nil, nil).P, 1, 0)
	near(t, "one empty", MannWhitney([]float64{1}, nil).P, 1, 0)
	near(t, "one each", MannWhitney([]float64{2}, []float64{1}).P, 0.5, 1e-15)
	near(t, "equal", MannWhitney([]float64{1, 1}, []float64{1, 1}).P, 1, 1e-15)
	near(t, "infinite costs", MannWhitney([]float64{inf, inf}, []float64{1, 2}).P, 1.0/6, 1e-12)
	near(t, "NaN", MannWhitney([]float64{nan}, []float64{1}).P, nan, 0)
	near(t, "two-sided", MannWhitneyTwoSided([]float64{1, 2}, []float64{3, 4}).P, 1.0/3, 1e-12)
}

// Where both are possible, the approximation and the exact distribution agree.
func TestMannWhitneyApproximation(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 4))
	x, y := make([]float64, 30), make([]float64, 30)
	for i := range x {
		x[i], y[i] = float64(rng.IntN(12)+2), float64(rng.IntN(12))
	}
	exact := MannWhitney(x, y)
	_, ties := doubledMidranks(append(append([]float64{}, x...), y...))
	if got := rankSumNormal(exact.Statistic, 30, 30, ties); math.Abs(got-exact.P) > 2e-3 {
		t.Errorf("the approximation gives %v, the exact distribution %v", got, exact.P)
	}
	if larger := MannWhitney(append(x, 1), y); larger.Exact {
		t.Error("61 observations are called exact")
	}
	same := make([]float64, 40)
	near(t, "all equal", MannWhitney(same, same).P, 1, 0)
}
