package compare

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// A cell in which three repeats can be compared cannot be tested. What happened in these, a tenfold
// loss or a tenfold gain, hides nothing that the other cells, twice as expensive, have lost.
func TestFewPairsHideNothing(t *testing.T) {
	for _, factor := range []float64{10, 0.1} {
		rng := rand.New(rand.NewPCG(5, 7))
		w := world{problems: []string{"bowl"}, methods: names("m", 4), repeats: 10, evaluations: lognormal(rng, 0.2, 1)}
		w.change = func(o *results.Summary) {
			if o.Method == "m00" && o.Repeat >= 3 {
				o.Status, o.Gap, o.Targets[0].Iteration, o.Targets[1].Iteration = results.Diverged, math.NaN(), nil, nil
			}
		}
		base, new := w.run(), w.run()
		for i := range new.Summaries {
			o := &new.Summaries[i]
			*o = base.Summaries[i]
			o.Targets = slices.Clone(o.Targets)
			by := 2.0
			if o.Method == "m00" {
				by = factor
			}
			for k := range o.Targets {
				o.Targets[k].Evaluations = int64(by * float64(o.Targets[k].Evaluations))
			}
		}
		r := mustCompare(t, base, new, Options{})
		for i := range r.Rows {
			row := &r.Rows[i]
			if want := row.Method != "m00"; row.Metric == Evaluations && want != (row.Verdict == Regressed) {
				t.Errorf("m00 times %v: %s is %s, p = %v", factor, row.Cell(), row.Verdict, row.P)
			}
		}
	}
}

// What was not shown to be worse is not said to be within the tolerance when its mean lies beyond.
func TestSuspects(t *testing.T) {
	w := world{problems: []string{"bowl"}, methods: []string{"a", "b"}, repeats: 10}
	cost := func(one float64) func(string, string, int) float64 {
		return func(_, method string, repeat int) float64 {
			if repeat == 4 && method == "a" {
				return 10000 * one
			}
			return 10000
		}
	}
	w.evaluations = cost(1)
	base := w.run()
	for _, c := range []struct {
		one  float64
		want string
	}{
		{6, "No regression was shown. 2 of 2 differences look like a loss beyond the tolerance, but chance may have made it, such as evaluations of a on bowl."},
		{2, "No regression was shown. 1 of 2 differences looks like a loss beyond the tolerance, but chance may have made it, such as evaluations of a on bowl."},
		{1.2, "No regression: 2 differences within the tolerance."},
		{1, "Nothing changed in 2 cells."},
	} {
		w.evaluations = cost(c.one)
		if got := mustCompare(t, base, w.run(), Options{}).Headline; got != c.want {
			t.Errorf("one of ten repeats times %v: %s\nexpected %s", c.one, got, c.want)
		}
	}
}

// Where a target is missed on both sides, the sentence says what was lost instead: runs that failed or
// diverged. The share of a method is of runs that ended worse, for some of them never had a target.
func TestSentencesOfEndings(t *testing.T) {
	w := world{problems: []string{"bowl", "valley"}, methods: []string{"a", "b"}, repeats: 10, evaluations: constant(math.Inf(1))}
	base := w.run()
	w.change = func(o *results.Summary) {
		if o.Method == "a" {
			o.Status = results.Diverged
		}
	}
	worse := w.run()
	w.evaluations, w.change = constant(1000), nil
	met := w.run()
	for _, c := range []struct {
		name      string
		base, new *results.Baseline
		want      []string
	}{
		{"diverged", base, worse, []string{
			"a on bowl broke: 10 of 10 runs diverged, 0 in BASE.",
			"The whole suite regressed: on balance 50% of the runs ended worse than in BASE (p = 6.1e-5, corrected for the number of tests).",
		}},
		{"lost", met, base, []string{"a on bowl broke: gap 1e-06 is reached in 0% of 10 runs (BASE: 100%)."}},
		{"better", worse, base, []string{"The whole suite improved: on balance 50% of the runs ended better than in BASE (p = 6.1e-5, corrected for the number of tests)."}},
	} {
		r := mustCompare(t, c.base, c.new, Options{})
		said := map[string]bool{}
		for _, row := range slices.Concat(r.Levels, r.Rows) {
			said[row.Sentence()] = true
		}
		for _, want := range c.want {
			if !said[want] {
				t.Errorf("%s: expected %q in %v", c.name, want, slices.Sorted(maps.Keys(said)))
			}
		}
	}
}
