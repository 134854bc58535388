package review

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func review(t *testing.T, mend func(*results.Manifest), drafts ...synthetic.Draft) string {
	t.Helper()
	run := synthetic.Write(t, drafts, "")
	run.Manifest.Commit, run.Manifest.Workers = "abc", 1
	if mend != nil {
		mend(run.Manifest)
	}
	findings, err := Of([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	return Text(findings)
}

// fair is a run with nothing to attack but what a case changes.
func fair(change func(*synthetic.Draft)) []synthetic.Draft {
	var drafts []synthetic.Draft
	for problem := range 12 {
		for method := range 2 {
			for repeat := range 10 {
				d := synthetic.Draft{Problem: "p" + string(rune('a'+problem)), Method: "m" + string(rune('a'+method)), Repeat: repeat,
					Status: results.Converged, Gaps: synthetic.Halving(0.5-0.2*float64(method), 12), Targets: []float64{0.1}}
				if change != nil {
					change(&d)
				}
				drafts = append(drafts, d)
			}
		}
	}
	return drafts
}

func TestReview(t *testing.T) {
	if text := review(t, nil, fair(nil)...); !strings.HasPrefix(text, "No finding") {
		t.Errorf("a fair run is attacked:\n%s", text)
	}
	rates := func(best int) func(*synthetic.Draft) {
		return func(d *synthetic.Draft) {
			d.Rate = float64(d.Repeat%3 + 1)
			d.Gaps = synthetic.Halving(0.9, 12)
			if d.Repeat%3 == best {
				d.Gaps = synthetic.Halving(0.1, 12)
			}
		}
	}
	for name, c := range map[string]struct {
		mend   func(*results.Manifest)
		change func(*synthetic.Draft)
		want   string
	}{
		"edge of the grid": {nil, rates(2), "MAJOR  tuning: the best learning rate lies at the edge"},
		"unknown f*":       {nil, func(d *synthetic.Draft) { d.Unknown = true }, "MAJOR  f*: f* is unknown"},
		"too fine":         {nil, func(d *synthetic.Draft) { d.Targets = append(d.Targets, 1e-17) }, "MAJOR  targets: a target is finer"},
		"no arrival":       {nil, func(d *synthetic.Draft) { d.Targets = []float64{1e-9} }, "MAJOR  ranking: no method reached"},
		"failed":           {nil, func(d *synthetic.Draft) { d.Status = failOnce(d) }, "MAJOR  runs: 12 runs failed"},
		"unequal budget":   {nil, unequal, "MAJOR  budget: the budget stops methods at different amounts"},
		"hangs on one":     {nil, hangs, "MAJOR  ranking: without pa the first is mb"},
		"by iterations":    {nil, manyEvaluations, "MAJOR  ranking: by epochs mb is first, by iterations it is ma."},
		"linear algebra":   {nil, newtonLike, "MAJOR  ranking: by gradient-equivalents ma is first, by gradient-equivalents, factorizations counted it is mb."},
		"knowledge":        {nil, knowing, "MAJOR  knowledge: knowing, which comes first, uses f*; ma does not."},
		"one start":        {nil, func(d *synthetic.Draft) { d.Deterministic = true }, "minor  sample: 12 of 12 problems were run from one start"},
		"few problems": {nil, func(d *synthetic.Draft) {
			d.Problem = map[bool]string{true: "pa", false: "pb"}[d.Problem < "pf"]
		}, "minor  sample: 2 problems are few"},
		"unequal tuning": {nil, unequalTuning, "minor  tuning: ma was tuned over 6 learning rates, mb over 2."},
		"skipped": {nil, func(d *synthetic.Draft) {
			if d.Repeat == 0 {
				d.Status, d.Gaps = results.Skipped, nil
			}
		}, "minor  runs: 24 cells were skipped"},
		"interrupted":       {func(m *results.Manifest) { m.Finished = time.Time{} }, nil, "MAJOR  runs: synthetic was interrupted"},
		"no targets":        {nil, func(d *synthetic.Draft) { d.Targets = nil }, "MAJOR  ranking: no target is common"},
		"unknown commit":    {func(m *results.Manifest) { m.Commit = "unknown" }, nil, "minor  provenance"},
		"busy machine":      {func(m *results.Manifest) { m.Workers = 8 }, nil, "8 workers sharing the machine"},
		"budget in seconds": {func(m *results.Manifest) { m.Inexact = "a budget in seconds" }, nil, "MAJOR  budget: a budget in seconds"},
	} {
		if text := review(t, c.mend, fair(c.change)...); !strings.Contains(text, c.want) {
			t.Errorf("%s: expected %q in\n%s", name, c.want, text)
		}
	}
	if text := review(t, nil, fair(nil)[:20]...); !strings.HasPrefix(text, "No finding") {
		t.Errorf("one problem is no ranking:\n%s", text)
	}
	few := fair(func(d *synthetic.Draft) { d.Repeat %= 2 })[:3]
	if text := review(t, nil, few...); !strings.Contains(text, "MAJOR  sample: there are 3 repeats") {
		t.Errorf("three repeats pass:\n%s", text)
	}
}

// knowing lets mb use f*.
func knowing(d *synthetic.Draft) {
	if d.Method == "mb" {
		d.Method = "knowing"
		d.Mend = func(r *results.Record) { r.Families, r.Uses = &results.Families{Method: "knowing"}, []string{"f*"} }
	}
}

func failOnce(d *synthetic.Draft) results.Status {
	if d.Repeat == 0 && d.Method == "ma" {
		return results.Failed
	}
	return results.Converged
}

// manyEvaluations gives ma half of the iterations, with five evaluations in each.
func manyEvaluations(d *synthetic.Draft) {
	d.Gaps = synthetic.Halving(0.5, 12)
	if d.Method == "ma" {
		d.Gaps, d.Evaluations = synthetic.Halving(0.25, 12), 5
	}
}

// newtonLike lets ma arrive in two iterations with a Hessian in 30 variables each, which is
// 63 evaluations and Hessians by the row, and 600 more with the factorizations; mb takes 100.
func newtonLike(d *synthetic.Draft) {
	d.Dim = 30
	if d.Method == "ma" {
		d.Gaps, d.Hessians = synthetic.Halving(0.3, 12), 1
		return
	}
	d.Gaps = append(slices.Repeat([]float64{1}, 99), 0.01)
}

// unequalTuning tries six rates of ma and two of mb.
func unequalTuning(d *synthetic.Draft) {
	rates := 2
	if d.Method == "ma" {
		rates = 6
	}
	d.Rate = float64(1 + d.Repeat%rates)
}

func unequal(d *synthetic.Draft) {
	if d.Method == "ma" {
		d.Status, d.Gaps = results.Budget, synthetic.Halving(0.99, 100)
	} else if d.Repeat == 0 {
		d.Status = results.Budget
	}
}

// hangs makes ma a little worse everywhere, but unbeatable on the first problem.
func hangs(d *synthetic.Draft) {
	d.Targets = []float64{0.3}
	slow := 0.5 // two iterations
	if d.Method == "ma" {
		slow = 0.6 // three
	}
	d.Gaps = synthetic.Halving(slow, 12)
	if d.Problem == "pa" && d.Method == "mb" {
		d.Status, d.Gaps = results.Budget, synthetic.Halving(0.9999, 4000)
	}
}
