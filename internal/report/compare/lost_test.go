package compare

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// Where runs of BASE failed, as many more must fail as chance makes in one of forty such
// comparisons: 15 heads of 20 tosses have a probability of 2.07%, 14 have 5.8%.
func TestMoreFailures(t *testing.T) {
	failing := func(n map[string]int) func(*results.Summary) {
		return func(o *results.Summary) {
			if o.Repeat < n[o.Problem] {
				o.Status, o.Targets = results.Failed, nil
			}
		}
	}
	for _, c := range []struct {
		name      string
		base, new map[string]int
		want      Verdict
	}{
		{"1, then 6", map[string]int{"p": 1}, map[string]int{"p": 6}, Broke},
		{"1, then 5", map[string]int{"p": 1}, map[string]int{"p": 5}, Changed},
		{"4, then 9", map[string]int{"p": 4}, map[string]int{"p": 9}, Broke},
		{"1, then 6 in one of two such cells", map[string]int{"p": 1, "q": 1}, map[string]int{"p": 6, "q": 1}, Changed},
		{"1, then 7 in one of two such cells", map[string]int{"p": 1, "q": 1}, map[string]int{"p": 7, "q": 1}, Broke},
		{"6, then 1", map[string]int{"p": 6}, map[string]int{"p": 1}, Changed}, // 2⁻⁵ is no proof
	} {
		w := world{problems: []string{"p", "q"}, methods: []string{"sgd"}, repeats: 10, evaluations: constant(100), change: failing(c.base)}
		base := w.run()
		w.change = failing(c.new)
		r := mustCompare(t, base, w.run(), Options{})
		got := r.Rows[slices.IndexFunc(r.Rows, func(row Row) bool { return row.Metric == SuccessMetric && row.Problem == "p" })]
		if broke := c.want == Broke; got.Verdict != c.want || broke != ((Gate{}).Judge(r) == Fail) {
			t.Errorf("%s: %s (%s), the gate says %s", c.name, got.Verdict, got.Note, (Gate{}).Judge(r))
		}
	}
}

// The bound on what chance does holds for any common probability, and is attained at ½.
func TestByChance(t *testing.T) {
	choose := func(n, k int) float64 {
		c := 1.0
		for i := range k {
			c *= float64(n-i) / float64(i+1)
		}
		return c
	}
	for _, n := range []int{1, 3, 10, 17} {
		for more := 1; more <= n; more++ {
			for q := 0.0; q <= 1; q += 1.0 / 64 {
				mass := func(k int) float64 { return choose(n, k) * math.Pow(q, float64(k)) * math.Pow(1-q, float64(n-k)) }
				p := 0.0
				for a := 0; a+more <= n; a++ {
					for b := a + more; b <= n; b++ {
						p += mass(a) * mass(b)
					}
				}
				if bound := byChance(n, more); p > bound+1e-12 || q == 0.5 && math.Abs(p-bound) > 1e-12 {
					t.Fatalf("%d of %d more at %v: %v; the bound is %v", more, n, q, p, bound)
				}
			}
		}
	}
}

// What was lost counts whatever metric is asked for.
func TestLossesOfOtherMetrics(t *testing.T) {
	lose := func(o *results.Summary) {
		o.Status, o.Targets[0].Iteration, o.Targets[1].Iteration = results.Stalled, nil, nil
	}
	fail := func(o *results.Summary) { o.Status, o.Targets = results.Failed, nil }
	for _, repeats := range []int{0, 10} {
		for _, m := range []Metric{Evaluations, Iterations, Of(counts.Samples)} {
			w := world{problems: []string{"p"}, methods: []string{"gd"}, repeats: repeats, evaluations: constant(100)}
			base := w.run()
			for _, change := range []func(*results.Summary){lose, fail, func(*results.Summary) {}} {
				w.change = change
				new := w.run()
				r := mustCompare(t, base, new, Options{Metrics: []Metric{m}})
				same := new.Summaries[0].Status == results.Converged
				row := slices.IndexFunc(r.Rows, func(row Row) bool { return row.Metric == SuccessMetric && row.Verdict == Broke })
				if (row < 0) != same || same != ((Gate{}).Judge(r) == Pass) {
					t.Errorf("%d repeats that end %s, compared in %s: %s", max(1, repeats), new.Summaries[0].Status, m, r.Headline)
				}
			}
		}
	}
}

// An entry about targets does not cover runs that fail, or diverge, where no target was met before.
func TestAcceptedLossesOfSuccess(t *testing.T) {
	entry := []Accepted{{Cell: "*", Metric: "success", UpTo: 0.2, Reason: "a rare miss"}}
	for _, c := range []struct {
		status results.Status
		of     int
		want   Decision
	}{{results.Failed, 10, Fail}, {results.Diverged, 10, Fail}, {results.Failed, 1, Pass}} {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, repeats: 10, evaluations: constant(math.Inf(1))}
		base := w.run()
		w.change = func(o *results.Summary) {
			if o.Repeat < c.of {
				o.Status, o.Gap = c.status, math.NaN()
			}
		}
		if r := mustCompare(t, base, w.run(), Options{Accepted: entry}); (Gate{}).Judge(r) != c.want {
			t.Errorf("%d of 10 runs %s, and 2 may lose: the gate says %s", c.of, c.status, (Gate{}).Judge(r))
		}
	}
}

// A cell of which some repeats were skipped on both sides is judged by the others.
func TestSomeSkipped(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, repeats: 10, evaluations: constant(100)}
	end := func(others results.Status) func(*results.Summary) {
		return func(o *results.Summary) {
			o.Status = others
			if o.Repeat == 0 {
				o.Status = results.Skipped
			}
		}
	}
	w.change = end(results.Converged)
	base := w.run()
	w.change = end(results.Failed)
	if r := mustCompare(t, base, w.run(), Options{}); (Gate{}).Judge(r) != Fail {
		t.Errorf("nine runs that fail: %s", r.Headline)
	}
	w.change = end(results.Skipped)
	if r := mustCompare(t, w.run(), w.run(), Options{}); len(r.Rows) != 0 {
		t.Errorf("a cell that never began has rows: %+v", r.Rows)
	}
}

// Starts moved by a few units in the last place belong to the cell: what is lost from them is lost.
func TestLossesFromMovedStarts(t *testing.T) {
	side := func(status results.Status, of int) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"bb"}, evaluations: constant(100)}
		b := w.run()
		for i := range 16 {
			w.evaluations = constant(float64(90 + i))
			o := w.run().Summaries[0]
			if i < of {
				o.Status, o.Counts.Evaluations, o.Targets[0].Iteration, o.Targets[1].Iteration = status, 50, nil, nil
			}
			b.Summaries[0].Jitter = append(b.Summaries[0].Jitter, results.Jittered{Times: 1, Status: o.Status, Iterations: o.Iterations, Counts: o.Counts, Targets: o.Targets})
		}
		return b
	}
	for _, c := range []struct {
		status    results.Status
		base, new int
		want      Decision
	}{
		{results.Converged, 0, 0, Pass},
		{results.Diverged, 0, 16, Fail}, // each after 50 evaluations, fewer than any that arrived
		{results.Diverged, 0, 9, Fail},
		{results.Diverged, 0, 1, Pass},
		{results.Diverged, 16, 16, Pass},
		{results.Diverged, 16, 0, Pass},
		{results.Failed, 0, 1, Fail},
		{results.Failed, 1, 1, Pass},
	} {
		if r := mustCompare(t, side(c.status, c.base), side(c.status, c.new), Options{}); (Gate{}).Judge(r) != c.want {
			t.Errorf("%d of 16 moved starts end %s, then %d: the gate says %s: %s", c.base, c.status, c.new, (Gate{}).Judge(r), r.Headline)
		}
	}
}

// Runs that end worse, too few to be shown, are no pass, though there is no cost to compare; runs
// that end better are.
func TestTooFewEndings(t *testing.T) {
	for _, c := range []struct {
		repeats, base, new int // that diverge
		want               Decision
		headline           string
	}{
		{4, 0, 4, TooLittleData, "on balance 100% of the runs ended worse than in BASE, and 4 pairs of problem and repeat cannot show that more runs end worse: it takes 7."},
		{4, 0, 1, TooLittleData, "on balance 25% of the runs ended worse"},
		{4, 4, 0, Pass, "No regression"},
		{4, 2, 2, Pass, "Nothing changed"},
		{7, 0, 7, Fail, "broke"},
		{7, 0, 1, Pass, "chance may have made it"},
	} {
		side := func(n int) *results.Baseline {
			w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: c.repeats, evaluations: constant(math.Inf(1))}
			w.change = func(o *results.Summary) {
				if o.Repeat < n {
					o.Status, o.Gap = results.Diverged, math.NaN()
				}
			}
			return w.run()
		}
		r := mustCompare(t, side(c.base), side(c.new), Options{})
		if got := (Gate{}).Judge(r); got != c.want || !strings.Contains(r.Headline, c.headline) {
			t.Errorf("%d of %d runs diverge, then %d: the gate says %s, %q; expected %s, %q", c.base, c.repeats, c.new, got, r.Headline, c.want, c.headline)
		}
	}
}

// Where no cell met the same conditions nothing was compared, and an accepted difference of conditions
// is no pass; where another cell was compared, it may be.
func TestNothingCompared(t *testing.T) {
	w := world{problems: []string{"p", "q"}, methods: []string{"gd"}, evaluations: constant(100)}
	base := w.run()
	o := Options{Accepted: []Accepted{{Cell: "*", Metric: "cell", Reason: "another seed"}}}
	for _, c := range []struct {
		others []string // problems that met other conditions
		want   Decision
		said   string
	}{{[]string{"p", "q"}, NotComparable, "Nothing was compared"}, {[]string{"p"}, Pass, "Nothing changed in 1 cell."}} {
		w.change = func(o *results.Summary) {
			if slices.Contains(c.others, o.Problem) {
				o.Conditions = "others"
			}
		}
		if r := mustCompare(t, base, w.run(), o); (Gate{}).Judge(r) != c.want || !strings.HasPrefix(r.Headline, c.said) {
			t.Errorf("other conditions on %v, accepted: the gate says %s, %q", c.others, (Gate{}).Judge(r), r.Headline)
		}
	}
}

// From moved starts, too, a count that BASE has not got counts as one there; the headline names the
// cost that has a factor.
func TestNewCountFromMovedStarts(t *testing.T) {
	side := func(factor, values int64) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"bb"}}
		spend := func(n int64) results.Summary {
			w.evaluations = constant(float64(factor * n))
			o := w.run().Summaries[0]
			o.Counts.Values = values * n
			for k := range o.Targets {
				o.Targets[k].Values = values * n
			}
			return o
		}
		o := spend(100)
		for i := range int64(16) {
			moved := spend(90 + i)
			o.Jitter = append(o.Jitter, results.Jittered{Times: 1, Status: moved.Status, Iterations: moved.Iterations, Counts: moved.Counts, Targets: moved.Targets})
		}
		b := w.run()
		b.Summaries = []results.Summary{o}
		return b
	}
	r := mustCompare(t, side(1, 0), side(2, 1), Options{})
	row := rowOf(t, r, Of(counts.Values))
	if row.Verdict != Regressed || row.Effect != 98 || row.Note != "BASE has none, which counts as one" { // of 100 and 90 … 105
		t.Errorf("%s, %v, %q", row.Verdict, row.Effect, row.Note)
	}
	if !strings.HasPrefix(r.Headline, "bb on p regressed: evaluations") {
		t.Error(r.Headline)
	}
}
