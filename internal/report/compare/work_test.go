package compare

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// Targets that are looked for every 18 evaluations: from 216 to 234 is one look, and may be
// next to nothing, on every repeat as on one; from 216 to 324 is six looks, and no accident.
func TestGranularity(t *testing.T) {
	every := func(o *results.Summary) {
		for k := range o.Targets {
			if since := *o.Targets[k].Iteration - 18; o.Targets[k].Hit() {
				o.Targets[k].Since = &since
			}
		}
	}
	for _, c := range []struct {
		repeats int
		new     float64
		want    Verdict
	}{
		{10, 234, Changed}, {10, 324, Regressed}, {0, 234, Changed}, {0, 324, Regressed},
	} {
		w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: c.repeats, evaluations: constant(216), change: every}
		base := w.run()
		w.evaluations = constant(c.new)
		r := mustCompare(t, base, w.run(), Options{})
		if row := rowOf(t, r, Evaluations); row.Verdict != c.want {
			t.Errorf("%d repeats, 216 → %v: %s (p %v); expected %s", c.repeats, c.new, row.Verdict, row.P, c.want)
		}
		if failed := c.want == Regressed; failed != ((Gate{}).Judge(r) == Fail) {
			t.Errorf("%d repeats, 216 → %v: the gate says %s", c.repeats, c.new, Gate{}.Judge(r))
		}
	}
}

// A target that BASE met just within the budget, and that a tolerated loss takes out of reach,
// is no loss; one that it met in the middle of the budget is, and so is a run that ends far
// from where BASE was by then.
func TestTargetsAtTheEndOfTheBudget(t *testing.T) {
	for _, c := range []struct {
		name    string
		met     float64 // evaluations of BASE to gap 1e-6, of 100,000
		gap     float64 // of NEW at the end
		repeats int
		want    Decision
	}{
		{"just within, and nearly there", 0.999 * budget, 1.01e-6, 0, Pass},
		{"just within, far away", 0.999 * budget, 1e-3, 0, Fail},
		{"in the middle", 0.5 * budget, 1.01e-6, 0, Fail},
		{"just within, nearly there, ten times", 0.98 * budget, 1.01e-6, 10, Pass},
		{"just within, far away, ten times", 0.98 * budget, 1e-3, 10, Fail},
		{"in the middle, ten times", 0.5 * budget, 1.01e-6, 10, Fail},
	} {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, repeats: c.repeats, evaluations: constant(math.Round(c.met))}
		w.change = func(o *results.Summary) { o.Gap, o.Targets[0].Iteration = 9.9e-7, nil } // how it came there is interpolated
		base := w.run()
		w.evaluations = constant(math.Inf(1))
		w.change = func(o *results.Summary) { o.Gap = c.gap }
		r := mustCompare(t, base, w.run(), Options{})
		if got := (Gate{}).Judge(r); got != c.want {
			t.Errorf("%s: the gate says %s; expected %s: %s", c.name, got, c.want, r.Headline)
		}
	}
}

// What a suite tolerates: by metric, method and problem, the last rule that matches; NEW's
// counts, and a difference is said.
func TestRules(t *testing.T) {
	g := &results.Gate{Delta: 0.1, Sensitivity: 1.5, Rules: []results.Rule{
		{Method: "s*", Delta: 0.3}, {Method: "sgd", Problem: "q", Metric: "evaluations", Delta: 0.02},
	}}
	w := world{problems: []string{"p", "q"}, methods: []string{"adam", "sgd"}, repeats: 10, evaluations: constant(10000)}
	base := w.run()
	w.evaluations = func(_, _ string, repeat int) float64 { return 11800 + float64(repeat) }
	new := w.run()
	base.Gate, new.Gate = g, g
	r := mustCompare(t, base, new, Options{})
	got := map[string]Verdict{}
	for i := range r.Rows {
		if r.Rows[i].Metric == Evaluations {
			got[r.Rows[i].Cell()] = r.Rows[i].Verdict
		}
	}
	for cell, want := range map[string]Verdict{"adam on p": Regressed, "adam on q": Regressed, "sgd on p": Changed, "sgd on q": Regressed} {
		if got[cell] != want {
			t.Errorf("%s is %s; expected %s", cell, got[cell], want)
		}
	}
	if r.Settings.Sensitivity != 1.5 || len(r.Warnings) != 0 {
		t.Errorf("the sensitivity is %v, warnings %q", r.Settings.Sensitivity, r.Warnings)
	}
	if r := mustCompare(t, base, new, Options{Delta: 0.25}); rowOf(t, r, Evaluations).Verdict == Regressed && r.Rows[0].Method == "adam" {
		t.Error("an option does not override the suite's general tolerance")
	}
	base.Gate = &results.Gate{Delta: 0.02}
	if r := mustCompare(t, base, new, Options{}); !strings.Contains(strings.Join(r.Warnings, "\n"), "differ in what the gate tolerates") {
		t.Errorf("a loosened tolerance is not said: %q", r.Warnings)
	}
}

// A count that changes as the evaluations do makes no row; one that changes otherwise does, also
// from none and to none; one that neither side uses never does.
func TestRowsOfOtherCounts(t *testing.T) {
	for _, repeats := range []int{0, 10} {
		side := func(n int64) *results.Baseline {
			w := world{problems: []string{"p"}, methods: []string{"newton"}, repeats: repeats, evaluations: constant(100)}
			w.change = func(o *results.Summary) {
				o.Counts.Hessians = n
				for k := range o.Targets {
					o.Targets[k].Hessians = n
				}
			}
			return w.run()
		}
		for _, c := range []struct {
			base, new int64
			want      Verdict // "": no row
			note      string
		}{
			{0, 0, "", ""}, {50, 50, "", ""}, {50, 100, Regressed, ""}, {100, 50, Improved, ""},
			{0, 50, Regressed, "BASE has none, which counts as one"}, {50, 0, Improved, "NEW has none, which counts as one"},
		} {
			r := mustCompare(t, side(c.base), side(c.new), Options{})
			var got Verdict
			for _, row := range r.Rows {
				if row.Metric == Of(counts.Hessians) {
					got = row.Verdict
					if row.Note != c.note {
						t.Errorf("%d Hessians, then %d: noted %q; expected %q", c.base, c.new, row.Note, c.note)
					}
				}
			}
			if got != c.want || (got == Regressed) != ((Gate{}).Judge(r) == Fail) {
				t.Errorf("%d Hessians, then %d, %d repeats: %q, the gate says %s; expected %q", c.base, c.new, repeats, got, (Gate{}).Judge(r), c.want)
			}
		}
	}
}

// The gate asks its sensitivity of the first count that any cell has, whatever that is.
func TestSuiteWithoutEvaluations(t *testing.T) {
	side := func(factor float64) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"newton"}, repeats: 4, evaluations: constant(100)}
		w.change = func(o *results.Summary) {
			o.Counts = results.Counts{Hessians: int64(factor * float64(100+o.Repeat))}
			for k := range o.Targets {
				o.Targets[k].Counts = o.Counts
			}
		}
		return w.run()
	}
	if r := mustCompare(t, side(1), side(1.5), Options{}); (Gate{}).Judge(r) != TooLittleData {
		t.Errorf("four pairs cannot show that all cells cost 1.5 times as many Hessians: the gate says %s", (Gate{}).Judge(r))
	}
	if r := mustCompare(t, side(1), side(1), Options{}); (Gate{}).Judge(r) != Pass {
		t.Errorf("nothing changed: the gate says %s", (Gate{}).Judge(r))
	}
}

// What the gate says it would have found names levels, and the cells that could show nothing.
func TestFindsInWords(t *testing.T) {
	row := func(method, problem string, finds float64, n, needed int) Row {
		return Row{Method: method, Problem: problem, Metric: Evaluations, Class: Random, N: n, differs: true, Power: &Power{Detectable: number(finds), Needed: needed}}
	}
	nan := math.NaN()
	for _, c := range []struct {
		levels, rows []Row
		want         string
	}{
		{nil, nil, ""},
		{[]Row{row(AllMethods, AllProblems, 1.08, 30, 0)}, []Row{row("sgd", "p", 1.2, 10, 0), row("sgd", "q", 1.4, 10, 0)},
			"Would have been found with a probability of 80%: a loss of 8% in the whole suite; a loss of 40% in any cell."},
		{[]Row{row(AllMethods, AllProblems, nan, 5, 7)}, []Row{row("sgd", "p", nan, 5, 6)},
			"Would have been found with a probability of 80%: no loss in the whole suite (which has 5 pairs of problem and repeat and needs 7); no loss in any cell (such as sgd on p, which has 5 pairs of problem and repeat and needs 6)."},
		{[]Row{row(AllMethods, AllProblems, 4.2, 30, 0), row("sgd", AllProblems, 1.3, 30, 0)}, []Row{row("sgd", "p", 1.2, 10, 0), row("sgd", "q", nan, 3, 6)},
			"Would have been found with a probability of 80%: a loss of a factor of 4.2 in the whole suite; a loss of 30% in any method; a loss of 20% in 1 of 2 cells, and none in the others (such as sgd on q, which has 3 pairs of problem and repeat and needs 6)."},
	} {
		r := Report{Levels: c.levels, Rows: c.rows, Settings: Settings{Metrics: DefaultMetrics}}
		if got := r.finds(); got != c.want {
			t.Errorf("%s\nexpected %s", got, c.want)
		}
	}
}

// A run that stays about a gap was there long before its end, and where it happens to end says
// nothing of its cost; one that comes down evenly says all. A target that only one of the two
// met is a loss of the other.
func TestRunsThatMissTheirTarget(t *testing.T) {
	type run struct {
		met1e2, met1e4 float64 // evaluations to 1e-2 and 1e-4; 0: never
		gap            float64 // after 100,000
	}
	for _, c := range []struct {
		name      string
		base, new run
		want      Verdict
	}{
		{"about 1e-5", run{200, 400, 1e-5}, run{200, 401, 1.5e-5}, Changed},
		{"about 1e-5, the other way", run{200, 401, 1.5e-5}, run{200, 400, 1e-5}, Changed},
		{"about 1e-5, and twice as slow to 1e-4", run{200, 400, 1e-5}, run{400, 800, 1e-5}, Regressed},
		{"evenly, half as fast", run{40000, 80000, 1e-5}, run{80000, 0, math.Pow(10, -2.5)}, Regressed},
		{"evenly, a thousandth slower", run{40000, 80000, 1e-5}, run{40040, 80080, 1.01e-5}, Changed},
		{"evenly, two targets in one step", run{68000, 68000, 1.5e-6}, run{68000, 68000, 1.6e-6}, Changed},
		{"1e-4 is lost", run{200, 400, 1e-5}, run{200, 0, 2e-3}, Regressed},
	} {
		side := func(of run) *results.Baseline {
			w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
			w.change = func(o *results.Summary) {
				o.Gap, o.Targets = of.gap, []results.Target{{Target: 1e-2}, {Target: 1e-4}, {Target: 1e-6}}
				for k, n := range []float64{of.met1e2, of.met1e4} {
					if iterations := int(n); n > 0 {
						o.Targets[k].Iteration, o.Targets[k].Evaluations = &iterations, int64(n)
					}
				}
			}
			return w.run()
		}
		r := mustCompare(t, side(c.base), side(c.new), Options{})
		if row := rowOf(t, r, Evaluations); row.Verdict != c.want {
			t.Errorf("%s: %s, %v → %v; expected %s", c.name, row.Verdict, row.Base, row.New, c.want)
		}
	}
}
