package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/results"
)

func review(t *testing.T, mend func(*results.Manifest), drafts ...draft) string {
	t.Helper()
	run := write(t, drafts, "")
	run.Manifest.Commit, run.Manifest.Workers = "abc", 1
	if mend != nil {
		mend(run.Manifest)
	}
	findings, err := Review([]*results.Run{run}, func(c *results.Component) []string {
		if c.Name == "knowing" {
			return []string{"f*"}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ReviewText(findings)
}

// fair is a run with nothing to attack but what a case changes.
func fair(change func(*draft)) []draft {
	var drafts []draft
	for problem := range 12 {
		for method := range 2 {
			for repeat := range 10 {
				d := draft{problem: "p" + string(rune('a'+problem)), method: "m" + string(rune('a'+method)), repeat: repeat,
					status: results.Converged, gaps: halving(0.5-0.2*float64(method), 12), targets: []float64{0.1}}
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
	if text := review(t, nil, fair(nil)...); !strings.HasPrefix(text, "Nothing") {
		t.Errorf("a fair run is attacked:\n%s", text)
	}
	rates := func(best int) func(*draft) {
		return func(d *draft) {
			d.rate = float64(d.repeat%3 + 1)
			d.gaps = halving(0.9, 12)
			if d.repeat%3 == best {
				d.gaps = halving(0.1, 12)
			}
		}
	}
	for name, c := range map[string]struct {
		mend   func(*results.Manifest)
		change func(*draft)
		want   string
	}{
		"edge of the grid": {nil, rates(2), "MAJOR  tuning: the best learning rate lies at the edge"},
		"unknown f*":       {nil, func(d *draft) { d.unknown = true }, "MAJOR  f*: f* is unknown"},
		"too fine":         {nil, func(d *draft) { d.targets = append(d.targets, 1e-17) }, "MAJOR  targets: a target is finer"},
		"nobody arrives":   {nil, func(d *draft) { d.targets = []float64{1e-9} }, "MAJOR  ranking: no method reached"},
		"failed":           {nil, func(d *draft) { d.status = failOnce(d) }, "MAJOR  runs: 12 runs failed"},
		"unequal budget":   {nil, unequal, "MAJOR  budget: the budget stops methods at different amounts"},
		"hangs on one":     {nil, hangs, "MAJOR  ranking: without pa the first is mb"},
		"by iterations":    {nil, manyEvaluations, "MAJOR  ranking: by epochs mb is first, by iterations it is ma."},
		"linear algebra":   {nil, newtonLike, "MAJOR  ranking: by gradient-equivalents ma is first, by gradient-equivalents, factorizations counted it is mb."},
		"knowledge":        {nil, func(d *draft) { d.method = map[string]string{"ma": "ma", "mb": "knowing"}[d.method] }, "MAJOR  knowledge: knowing, the first, was told f*; ma was not."},
		"one start":        {nil, func(d *draft) { d.deterministic = true }, "minor  sample: 12 of 12 problems were run from one start"},
		"few problems": {nil, func(d *draft) {
			d.problem = map[bool]string{true: "pa", false: "pb"}[d.problem < "pf"]
		}, "minor  sample: 2 problems are few"},
		"unequal tuning": {nil, unequalTuning, "minor  tuning: ma was tuned over 6 learning rates, mb over 2."},
		"skipped": {nil, func(d *draft) {
			if d.repeat == 0 {
				d.status, d.gaps = results.Skipped, nil
			}
		}, "minor  runs: 24 cells were skipped"},
		"interrupted":       {func(m *results.Manifest) { m.Finished = time.Time{} }, nil, "MAJOR  runs: synthetic was interrupted"},
		"no targets":        {nil, func(d *draft) { d.targets = nil }, "MAJOR  ranking: no target is common"},
		"unknown commit":    {func(m *results.Manifest) { m.Commit = "unknown" }, nil, "minor  provenance"},
		"busy machine":      {func(m *results.Manifest) { m.Workers = 8 }, nil, "8 workers sharing the machine"},
		"budget in seconds": {func(m *results.Manifest) { m.Inexact = "a budget in seconds" }, nil, "MAJOR  budget: a budget in seconds"},
	} {
		if text := review(t, c.mend, fair(c.change)...); !strings.Contains(text, c.want) {
			t.Errorf("%s: expected %q in\n%s", name, c.want, text)
		}
	}
	if text := review(t, nil, fair(nil)[:20]...); !strings.HasPrefix(text, "Nothing") {
		t.Errorf("one problem is no ranking:\n%s", text)
	}
	few := fair(func(d *draft) { d.repeat %= 2 })[:3]
	if text := review(t, nil, few...); !strings.Contains(text, "MAJOR  sample: there are 3 repeats") {
		t.Errorf("three repeats pass:\n%s", text)
	}
}

func failOnce(d *draft) results.Status {
	if d.repeat == 0 && d.method == "ma" {
		return results.Failed
	}
	return results.Converged
}

// manyEvaluations gives ma half of the iterations, with five evaluations in each.
func manyEvaluations(d *draft) {
	d.gaps = halving(0.5, 12)
	if d.method == "ma" {
		d.gaps, d.evaluations = halving(0.25, 12), 5
	}
}

// newtonLike lets ma arrive in two iterations with a Hessian in 30 variables each, which is
// 63 evaluations and Hessians by the row, and 600 more with the factorizations; mb takes 100.
func newtonLike(d *draft) {
	d.dim = 30
	if d.method == "ma" {
		d.gaps, d.hessians = halving(0.3, 12), 1
		return
	}
	d.gaps = append(slices.Repeat([]float64{1}, 99), 0.01)
}

// unequalTuning tries six rates of ma and two of mb.
func unequalTuning(d *draft) {
	rates := 2
	if d.method == "ma" {
		rates = 6
	}
	d.rate = float64(1 + d.repeat%rates)
}

func unequal(d *draft) {
	if d.method == "ma" {
		d.status, d.gaps = results.Budget, halving(0.99, 100)
	} else if d.repeat == 0 {
		d.status = results.Budget
	}
}

// hangs makes ma a little worse everywhere, but unbeatable on the first problem.
func hangs(d *draft) {
	d.targets = []float64{0.3}
	slow := 0.5 // two iterations
	if d.method == "ma" {
		slow = 0.6 // three
	}
	d.gaps = halving(slow, 12)
	if d.problem == "pa" && d.method == "mb" {
		d.status, d.gaps = results.Budget, halving(0.9999, 4000)
	}
}
