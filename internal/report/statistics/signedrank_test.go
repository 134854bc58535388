package statistics

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Published examples and tables.
func TestSignedRankPublished(t *testing.T) {
	// Hollander & Wolfe 1973, p. 29, depression scale; R's example(wilcox.test) gives
	// V = 40, p = 0.01953.
	x := []float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}
	y := []float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
	d := make([]float64, len(x))
	for i := range x {
		d[i] = x[i] - y[i]
	}
	got := SignedRank(d)
	near(t, "V", got.Statistic, 40, 0)
	near(t, "p", got.P, 10.0/512, 1e-12)

	// Wilcoxon's table: n = 10, the sum 10 of the smaller ranks is the critical value at
	// one-sided 5%: p = 0.0420, and 0.0527 for 11.
	for w, want := range map[int]float64{10: 0.0420, 11: 0.0527} {
		d := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
		d[9] = -10
		if w == 11 {
			d[0] = -1
		}
		if got := SignedRank(d).P; math.Abs(got-want) > 5e-5 {
			t.Errorf("n = 10, smaller sum %d: p = %.5f; the table has %.4f", w, got, want)
		}
	}
}

// Ten seeds that are each exactly 10% worse: certain when paired, invisible when not.
func TestPairedSeesWhatUnpairedMisses(t *testing.T) {
	base := []float64{120, 340, 95, 800, 210, 460, 150, 990, 275, 610}
	worse := make([]float64, len(base))
	d := make([]float64, len(base))
	for i, b := range base {
		worse[i] = b * 1.1
		d[i] = math.Log(worse[i] / b)
	}
	near(t, "signed-rank p", SignedRank(d).P, 1.0/1024, 1e-12)
	if p := MannWhitneyTwoSided(worse, base).P; p < 0.5 {
		t.Errorf("unpaired p = %v; expected nothing to be seen", p)
	}
}

// enumerate gives P(W⁺ ≥ w) by going through all signs of the ranks of |d|, found by
// counting instead of sorting.
func enumerateSigns(d []float64) float64 {
	var ranks []float64
	observed := 0.0
	for _, v := range d {
		rank := 0.5
		for _, u := range d {
			switch {
			case math.Abs(u) < math.Abs(v):
				rank++
			case math.Abs(u) == math.Abs(v):
				rank += 0.5
			}
		}
		if v != 0 {
			ranks = append(ranks, rank)
		}
		if v > 0 {
			observed += rank
		}
	}
	extreme := 0
	for signs := range 1 << len(ranks) {
		w := 0.0
		for i, r := range ranks {
			if signs>>i&1 == 1 {
				w += r
			}
		}
		if w >= observed {
			extreme++
		}
	}
	return float64(extreme) / float64(int(1)<<len(ranks))
}

func TestSignedRankAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	for n := range 11 {
		for range 40 {
			d := make([]float64, n)
			for i := range d {
				d[i] = float64(rng.IntN(9) - 4) // many ties and zeros
			}
			near(t, "p", SignedRank(d).P, enumerateSigns(d), 1e-12)
		}
	}
}

func TestSignedRankEdges(t *testing.T) {
	for _, c := range []struct {
		name string
		d    []float64
		n    int
		p    float64
	}{
		{"nothing", nil, 0, 1},
		{"one", []float64{2}, 1, 0.5},
		{"one loss", []float64{-2}, 1, 1},
		{"two", []float64{2, 1}, 2, 0.25},
		{"zeros only", []float64{0, 0, 0}, 0, 1},
		{"five cannot reach 2.5%", []float64{1, 2, 3, 4, 5}, 5, 1.0 / 32},
		{"infinities rank highest", []float64{inf, -1, 2}, 3, 2.0 / 8},
		{"NaN", []float64{1, nan}, 0, nan},
	} {
		got := SignedRank(c.d)
		near(t, c.name, got.P, c.p, 1e-15)
		if got.N != c.n {
			t.Errorf("%s: N is %d; expected %d", c.name, got.N, c.n)
		}
	}
	near(t, "two-sided", SignedRankTwoSided([]float64{-1, -2, -3, -4, -5}).P, 1.0/16, 1e-15)
	near(t, "two-sided, balanced", SignedRankTwoSided([]float64{-1, 1}).P, 1, 0)
	near(t, "two-sided NaN", SignedRankTwoSided([]float64{nan}).P, nan, 0)
}

// At the switch from exact to approximate both agree.
func TestSignedRankApproximation(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2))
	d := make([]float64, exactPairs)
	ranks := make([]int, exactPairs)
	positive := 0
	for i := range d {
		ranks[i] = 2 * (i + 1)
		d[i] = float64(i + 1)
		if rng.Float64() < 0.44 {
			d[i] = -d[i]
		} else {
			positive += ranks[i]
		}
	}
	exact := SignedRank(d)
	if !exact.Exact || SignedRank(append(d, 201)).Exact {
		t.Fatal("the switch is not where it is declared")
	}
	if got := signFlipsNormal(ranks, positive); math.Abs(got-exact.P) > 1e-3 || exact.P > 0.2 {
		t.Errorf("the approximation gives %v, the exact distribution %v", got, exact.P)
	}
}
