package tuning_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/results"
)

// The least of k independent uniform numbers has the mean 1/(k+1) and the variance
// k/((k+1)²(k+2)) (David & Nagaraja 2003, Order Statistics, doi:10.1002/0471722162, section 2.3):
// what k trials reach on a response surface that is linear in the coordinate.
func TestRandomSearchReachesItsClosedForm(t *testing.T) {
	const studies = 4000
	sums := map[int]float64{}
	for study := range studies {
		points := tuning.NewSequence(tuning.Random, 3, 1, "study", study)
		least := 1.0
		for k := 1; k <= 25; k++ {
			least = math.Min(least, points.Point(k - 1)[1])
			sums[k] += least
		}
	}
	for k, sum := range sums {
		n := float64(k)
		mean, deviation := 1/(n+1), math.Sqrt(n/((n+1)*(n+1)*(n+2))/studies)
		if got := sum / studies; math.Abs(got-mean) > 4.5*deviation {
			t.Errorf("after %d trials %v, want %v ± %v", k, got, mean, deviation)
		}
	}
}

// Halton's points are uniform one by one, and the first bⁿ of them have one in each of bⁿ equal
// parts of the coordinate of base b (Halton 1960, doi:10.1007/BF01386213). So the least of 8
// is uniform in the first eighth: 1/16 in the mean, where independent points reach 1/9.
func TestHaltonCovers(t *testing.T) {
	least, first := 0.0, 0.0
	const studies = 2000
	for study := range studies {
		points := tuning.NewSequence(tuning.Halton, 2, 1, "study", study)
		first += points.Point(0)[0]
		low := 1.0
		for d, base := range []int{2, 3} {
			parts := base * base * base
			seen := make([]bool, parts)
			for k := range parts {
				u := points.Point(k)[d]
				if u < 0 || u >= 1 {
					t.Fatalf("point %v", u)
				}
				seen[int(u*float64(parts))] = true
				if d == 0 {
					low = math.Min(low, u)
				}
			}
			if slices.Contains(seen, false) {
				t.Fatalf("study %d: the first %d points miss a part of coordinate %d", study, parts, d)
			}
		}
		least += low
	}
	if mean := least / studies; math.Abs(mean-1.0/16) > 0.004 {
		t.Errorf("the least of 8 is %v in the mean, want 1/16", mean)
	}
	if mean := first / studies; math.Abs(mean-0.5) > 4.5*math.Sqrt(1.0/12/studies) {
		t.Errorf("the first point is %v in the mean, want 1/2", mean)
	}
}

// The mean of a smooth function over 25 points of Halton's sequence is nearer to its integral
// than that over 25 independent ones, whose error is known: σ/√25.
func TestHaltonErrsLess(t *testing.T) {
	errorOf := func(sampler string) float64 {
		squares := 0.0
		const studies = 400
		for study := range studies {
			points := tuning.NewSequence(sampler, 2, 7, study)
			sum := 0.0
			for k := range 25 {
				p := points.Point(k)
				sum += p[0] * p[1] // integral 1/4, variance 1/9 − 1/16
			}
			d := sum/25 - 0.25
			squares += d * d / studies
		}
		return math.Sqrt(squares)
	}
	independent, halton := errorOf(tuning.Random), errorOf(tuning.Halton)
	if want := math.Sqrt((1.0/9 - 1.0/16) / 25); math.Abs(independent-want) > 0.15*want {
		t.Errorf("independent points err by %v, want %v", independent, want)
	}
	if halton > independent/2 {
		t.Errorf("Halton's points err by %v, independent ones by %v", halton, independent)
	}
}

// A point does not depend on how many others are asked for, or in which order; another study has
// others.
func TestPointsArePrefixes(t *testing.T) {
	for _, sampler := range []string{tuning.Halton, tuning.Random} {
		a, b := tuning.NewSequence(sampler, 4, 3, "x"), tuning.NewSequence(sampler, 4, 3, "x")
		for k := 24; k >= 0; k-- {
			b.Point(k)
		}
		for k := range 5 {
			if !slices.Equal(a.Point(k), b.Point(k)) {
				t.Errorf("%s: point %d changed", sampler, k)
			}
		}
		if slices.Equal(a.Point(0), tuning.NewSequence(sampler, 4, 3, "y").Point(0)) {
			t.Errorf("%s: two studies have one first point", sampler)
		}
	}
}

func outcome(rest float64, works ...float64) tuning.Outcome {
	return tuning.Outcome{Works: works, Budget: 100, Rest: rest}
}

// The score by hand: ln 10 and ln 100, a missed target at the budget.
func TestScore(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	hit, half := outcome(0, 10, 10), outcome(0, 10, inf)
	if got, want := half.LogWork(), (math.Log(10)+math.Log(100))/2; math.Abs(got-want) > 1e-12 {
		t.Errorf("score %v, want %v", got, want)
	}
	within := tuning.Outcome{Works: hit.Works, Budget: 5}
	if got := within.LogWork(); math.Abs(got-math.Log(5)) > 1e-12 {
		t.Errorf("within 5 the score is %v, want ln 5", got)
	}
	for _, c := range []struct {
		name   string
		trials [][]tuning.Outcome
		want   int
	}{
		{"the cheaper", [][]tuning.Outcome{{half, hit}}, 1},
		{"the mean over problems", [][]tuning.Outcome{{outcome(0, 1, 1), outcome(0, 10, 10)}, {outcome(0, 100, 100), outcome(0, 2, 2)}}, 1},
		{"ties by what is left", [][]tuning.Outcome{{outcome(0.5, inf), outcome(0.1, inf), outcome(inf, inf)}}, 1},
		{"then the first", [][]tuning.Outcome{{outcome(0.1, inf), outcome(0.1, inf)}}, 0},
		{"nothing measurable: what is left", [][]tuning.Outcome{{outcome(0.5, nan), outcome(0.1, nan)}}, 1},
		{"measured where it can be", [][]tuning.Outcome{{outcome(0, nan), outcome(9, nan)}, {outcome(0, 20), outcome(0, 10)}}, 1},
	} {
		if got := tuning.Best(c.trials); got != c.want {
			t.Errorf("%s: trial %d is the best, want %d", c.name, got, c.want)
		}
	}
}

// What is read from a record: a target that was met, one that was missed, one that cannot be
// measured; a budget that a run exceeded.
func TestOutcomeOfARecord(t *testing.T) {
	at := 3
	r := &results.Record{Status: results.Budget, Iterations: 40, Minimum: &results.Minimum{}, Final: &results.Final{Gap: 0.5}, Tuned: &results.Tuned{Budget: 30},
		Targets: []results.Target{{Target: 0.1, Iteration: &at}, {Target: 0.01}, {Target: 0.001, Message: "too fine"}, {Target: 0.1, Kind: results.GradientTarget}}}
	r.Targets[0].Gradients, r.Counts.Gradients = 4, 41
	o := tuning.Of(r, []results.Number{0.1, 0.01, 0.001}, "gradients")
	if o.Works[0] != 4 || !math.IsInf(o.Works[1], 1) || !math.IsNaN(o.Works[2]) || o.Budget != 41 || o.Rest != 0.5 || o.Solved() {
		t.Errorf("outcome %+v", o)
	}
	r.Status = results.Diverged
	if o := tuning.Of(r, []results.Number{0.1}, "iterations"); o.Works[0] != 3 || !math.IsInf(o.Rest, 1) || !o.Solved() {
		t.Errorf("outcome %+v", o)
	}
}
