package compare

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// A run that failed was allowed the iterations of the problem's budget, each at the price of its
// own method, and not what a line search spends in as many iterations.
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

// An entry that is about nothing has another warning than one whose verdict is well again.
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
