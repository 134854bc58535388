package theorem

import (
	"math"
	"math/rand/v2"
	"testing"
)

// repeatsOf are curves of two iterations; the second iteration has the values.
func repeatsOf(bound float64, values ...float64) *Expectation {
	e := &Expectation{Theorem: Theorem{Name: "t", InExpectation: true}}
	for _, v := range values {
		e.Add(Curve{Iteration: []int64{5, 10}, Measured: []float64{1, v}, Bound: []float64{2, bound}, Floor: []float64{0, 0}})
	}
	return e
}

func TestExpectation(t *testing.T) {
	// The mean of 1 and 3 is 2, its standard error 1.
	e := repeatsOf(1.9, 1, 3)
	if m := e.Means()[1]; m.Iteration != 10 || m.Measured != 2 || math.Abs(m.Width-4) > 1e-12 || m.Bound != 1.9 {
		t.Errorf("found %+v; expected 2 ± 4 at iteration 10, bound 1.9", m)
	}
	if v := e.Verdict(); v.Outcome != NotRefuted || math.Abs(v.Ratio-2/1.9) > 1e-12 || v.Iteration != 10 || v.Compared != 2 {
		t.Errorf("a mean above the bound within its interval: %+v", v)
	}
	if v := repeatsOf(1.9, 1.99, 2.01, 1.99, 2.01).Verdict(); v.Outcome != NotRefuted {
		t.Errorf("four repeats a little above the bound may be luck: %+v", v)
	}
	many := make([]float64, 300)
	for i := range many {
		many[i] = 1.99 + 0.02*float64(i%2)
	}
	if v := repeatsOf(1.9, many...).Verdict(); v.Outcome != Refuted || v.Message == "" {
		t.Errorf("a mean above the bound beyond its interval: %+v", v)
	}
	if v := repeatsOf(1.9, 1e9, 1e9, 1e9).Verdict(); v.Outcome != Refuted {
		t.Errorf("three repeats far above the bound: %+v", v)
	}
	if v := repeatsOf(1.9, 1, math.NaN()).Verdict(); v.Outcome != Refuted {
		t.Errorf("a repeat that is not a number: %+v", v)
	}
	if v := repeatsOf(1.9, 5).Verdict(); v.Outcome != Unmeasured {
		t.Errorf("one repeat has no mean: %+v", v)
	}
	e = repeatsOf(1.9, 1, 3)
	e.Add(Curve{Iteration: []int64{5}, Measured: []float64{1}, Bound: []float64{2}, Floor: []float64{0}})
	if means := e.Means(); len(means) != 1 || means[0].Iteration != 5 {
		t.Errorf("an iteration that a repeat did not reach counts: %+v", means)
	}
}

// A bound that holds for the mean is not refuted by few repeats of a skewed distribution:
// measured is 0 with probability 0.1 and otherwise 1/0.9, so that its mean is the bound.
func TestExpectationOfTheSkewed(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{2, 3, 5, 10, 30} {
		for range 2000 {
			values := make([]float64, n)
			for i := range values {
				if rng.Float64() > 0.1 {
					values[i] = 1 / 0.9
				}
			}
			if v := repeatsOf(1, values...).Verdict(); v.Outcome == Refuted {
				t.Fatalf("%d repeats refuted a bound that holds: %v", n, values)
			}
		}
	}
}

// A repeat may be shown in memory that is used again, as that of a checker is.
func TestExpectationKeepsItsIterations(t *testing.T) {
	c := Curve{Iteration: []int64{5}, Measured: []float64{1}, Bound: []float64{2}, Floor: []float64{0}}
	var e Expectation
	e.Add(c)
	c.Iteration[0] = 6
	if means := e.Means(); len(means) != 1 || means[0].Iteration != 5 {
		t.Errorf("means %+v", means)
	}
}
