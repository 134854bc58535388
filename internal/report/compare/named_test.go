package compare

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// What a run that failed was allowed to spend is told by the iterations of the problem's budget,
// at the rate of its own method, and not by what a line search spends in as many iterations.
func TestPriceOfAFailure(t *testing.T) {
	run := func(fails bool) *results.Baseline {
		w := world{problems: []string{"quadratic"}, methods: []string{"adam", "backtracking"}, repeats: 10, evaluations: func(_, method string, repeat int) float64 { return 80 + float64(repeat) }}
		w.change = func(o *results.Summary) {
			switch {
			case o.Method == "backtracking": // nine evaluations an iteration, and the budget of 400
				o.Status, o.Iterations, o.Counts.Evaluations = results.Budget, 400, 3600
				o.Targets[0], o.Targets[1] = results.Target{Target: 1e-2}, results.Target{Target: 1e-6}
			case fails:
				o.Status, o.Iterations, o.Counts.Evaluations = results.Failed, 10, 11
				o.Targets[0], o.Targets[1] = results.Target{Target: 1e-2}, results.Target{Target: 1e-6}
			}
		}
		return w.run()
	}
	r := compared(t, run(false), run(true))
	at := slices.IndexFunc(r.Rows, func(row Row) bool { return row.Method == "adam" && row.Metric == Evaluations })
	if at < 0 {
		t.Fatal("no row")
	}
	if v := float64(r.Rows[at].New); v < 400 || v > 412 { // one for the start
		t.Errorf("a run that failed costs %v evaluations; expected its 400 iterations, with about 1.01 each", v)
	}
}

// What only one side looks for is named.
func TestTargetsOfOneSide(t *testing.T) {
	targets := func(gaps ...float64) (out []results.TargetName) {
		for _, g := range gaps {
			out = append(out, results.TargetName{Target: results.Number(g)})
		}
		return out
	}
	for _, c := range []struct {
		base, new []results.TargetName
		said      string
	}{
		{targets(1e-2, 1e-6), targets(1e-2, 1e-6), ""},
		{targets(1e-2, 1e-6), targets(1e-2), "only BASE has the target gap 1e-06: a loss there cannot be seen"},
		{targets(1e-2), targets(1e-1, 1e-2, 1e-6), "only NEW has the targets gap 0.1, gap 1e-06, which are not compared"},
		{targets(1e-2, 1e-6), targets(1e-2, 1e-8), "the targets differ: only BASE has gap 1e-06, and only NEW has gap 1e-08; what happened there is not compared"},
	} {
		r := &Report{}
		r.warnTargets(c.base, c.new)
		if got := strings.Join(r.Warnings, "; "); got != c.said {
			t.Errorf("%q; expected %q", got, c.said)
		}
	}
}

// Cells of which only some repeats are compared are counted in a warning, also where nothing changed.
func TestRepeatsOfOneSide(t *testing.T) {
	run := func(repeats int) *results.Baseline {
		w := world{problems: names("p", 2), methods: []string{"m"}, repeats: repeats, evaluations: func(_, _ string, repeat int) float64 { return 100 + float64(repeat) }}
		return w.run()
	}
	if r := compared(t, run(10), run(10)); len(r.Warnings) != 0 {
		t.Errorf("%q", r.Warnings)
	}
	want := "2 cells are compared by 7 common repeats of 10 in BASE and 7 in NEW"
	if r := compared(t, run(10), run(7)); !slices.Contains(r.Warnings, want) {
		t.Errorf("%q; expected %q", r.Warnings, want)
	}
}

// Of a budget only the part that differs is named.
func TestOtherKeys(t *testing.T) {
	for _, c := range []struct{ key, base, new, want string }{
		{"budget", "{iterations: 400, seconds: 0}", "{iterations: 200, seconds: 0}", "budget.iterations 400 → 200"},
		{"budget", "{iterations: 400, seconds: 0}", "{iterations: 0, seconds: 2}", "budget.iterations 400 → none, budget.seconds none → 2"},
		{"budget", "{iterations: 400}", "{iterations: 400, seconds: 2}", "budget {iterations: 400} → {iterations: 400, seconds: 2}"},
		{"budget", "{a: {b: 1}}", "{a: {b: 2}}", "budget {a: {b: 1}} → {a: {b: 2}}"},
		{"seed", "1", "2", "seed 1 → 2"},
	} {
		if got := strings.Join(otherKeys(c.key, c.base, c.new), ", "); got != c.want {
			t.Errorf("%q; expected %q", got, c.want)
		}
	}
}

// An entry that is about nothing is told from one whose verdict is well again.
func TestEntriesThatAreNotUsed(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"m"}, evaluations: constant(100)}
	r, err := Compare(w.run(), w.run(), Options{Metrics: []Metric{SuccessMetric, Evaluations}, Accepted: []Accepted{
		{Cell: "m on p", Metric: "evaluations", UpTo: 2, Reason: "old"},
		{Cell: "n on p", Metric: "evaluations", UpTo: 2, Reason: "mistyped"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"an accepted verdict is not needed any more: m on p, evaluations (old)", "an accepted verdict names no row of the comparison: n on p, evaluations (mistyped)"}
	if !slices.Equal(r.Warnings, want) {
		t.Errorf("%q; expected %q", r.Warnings, want)
	}
}
