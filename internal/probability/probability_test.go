package probability

import (
	"math"
	"math/big"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestNormalSurvival(t *testing.T) {
	for z := -9.0; z < 37.5; z += 0.013 {
		want := math.Erfc(z/math.Sqrt2) / 2
		// Erfc's argument is rounded, which matters as z² · 2⁻⁵³.
		if got := NormalSurvival(z); !(math.Abs(got-want) <= (5e-14+z*z*2e-16)*want) {
			t.Errorf("at %v: %v, want %v", z, got, want)
		}
		if got := NormalCDF(-z); got != NormalSurvival(z) {
			t.Errorf("Φ(%v) is %v", -z, got)
		}
	}
	// Abramowitz and Stegun 1964, table 26.1 and 26.2
	for z, want := range map[float64]float64{1: 0.158655253931457, 2: 0.022750131948179, 3: 1.349898031630e-3, 5: 2.866515719e-7} {
		if got := NormalSurvival(z); !(math.Abs(got-want) <= 1e-9*want) {
			t.Errorf("at %v: %v, want %v", z, got, want)
		}
	}
	for z, want := range map[float64]float64{0: 0.5, math.Inf(1): 0, math.Inf(-1): 1, 40: 0} {
		if got := NormalSurvival(z); got != want {
			t.Errorf("at %v: %v, want %v", z, got, want)
		}
	}
	if v := NormalSurvival(math.NaN()); !math.IsNaN(v) {
		t.Errorf("at NaN: %v", v)
	}
}

func TestNormalQuantile(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-20, 1e-9, 0.001, 0.025, 0.05, 0.1, 0.3, 0.49999, 0.5, 0.6, 0.9, 0.95, 0.975, 0.999, 1 - 1e-9} {
		want := distuv.UnitNormal.Quantile(p)
		if got := NormalQuantile(p); !(math.Abs(got-want) <= 1e-13*math.Abs(want)+1e-16) {
			t.Errorf("at %v: %v, want %v", p, got, want)
		}
		if back := NormalCDF(NormalQuantile(p)); !(math.Abs(back-p) <= 1e-12*p) {
			t.Errorf("Φ of the quantile at %v is %v", p, back)
		}
	}
	if !math.IsInf(NormalQuantile(0), -1) || !math.IsInf(NormalQuantile(1), 1) || !math.IsNaN(NormalQuantile(-0.1)) || !math.IsNaN(NormalQuantile(1.1)) {
		t.Error("the quantiles at 0 and 1 are infinite, and there are none outside")
	}
}

func TestStudentQuantile(t *testing.T) {
	// One and two degrees have closed forms.
	for _, p := range []float64{0.6, 0.9, 0.975, 0.999} {
		u := 2*p - 1
		for degrees, want := range map[int]float64{1: math.Tan(math.Pi * u / 2), 2: u * math.Sqrt(2/(1-u*u))} {
			if got := StudentQuantile(degrees, p); !(math.Abs(got-want) <= 1e-12*want) {
				t.Errorf("%d degrees at %v: %v, want %v", degrees, p, got, want)
			}
		}
	}
	for _, degrees := range []int{3, 4, 5, 7, 10, 29, 30, 99, 1000} {
		for _, p := range []float64{0.75, 0.95, 0.975, 0.995} {
			want := distuv.StudentsT{Nu: float64(degrees), Sigma: 1}.Quantile(p)
			if got := StudentQuantile(degrees, p); !(math.Abs(got-want) <= 2e-12*want) {
				t.Errorf("%d degrees at %v: %v, want %v", degrees, p, got, want)
			}
		}
	}
}

// Where the expansion begins, it agrees with the finite sum.
func TestStudentQuantileOfManyDegrees(t *testing.T) {
	for _, degrees := range []int{manyDegrees - 1, manyDegrees, manyDegrees + 1, 100_000} {
		for _, p := range []float64{0.75, 0.95, 0.975, 0.995} {
			if inside, _ := student(degrees, StudentQuantile(degrees, p)); !(math.Abs(inside-(2*p-1)) <= 1e-13+2e-17*float64(degrees)) {
				t.Errorf("%d degrees at %v: %v inside", degrees, p, inside)
			}
		}
	}
}

func TestFairSurvival(t *testing.T) {
	for _, n := range []int{1, 2, 5, 20, 51, 1000, 3001} {
		all := new(big.Int).Lsh(big.NewInt(1), uint(n))
		sum := new(big.Int)
		for k := n; k >= 0; k-- {
			sum.Add(sum, new(big.Int).Binomial(int64(n), int64(k)))
			want, _ := new(big.Rat).SetFrac(sum, all).Float64()
			if got := FairSurvival(n, k); !(math.Abs(got-want) <= 1e-12*want+1e-320) {
				t.Fatalf("at least %d of %d: %v, want %v", k, n, got, want)
			}
		}
	}
	if p := FairSurvival(3, 4); p != 0 {
		t.Errorf("four of three: %v", p)
	}
}
