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
		"unequal budget":   {nil, unequalBudget, "MAJOR  budget: the budget stops methods at different amounts"},
		"hangs on one":     {nil, hangs, "MAJOR  ranking: without pa the first is mb"},
		"by iterations":    {nil, manyEvaluations, "MAJOR  ranking: by passes mb is first, by iterations it is ma."},
		"linear algebra":   {nil, newtonLike, "MAJOR  ranking: by passes ma is first, by passes, factorizations counted it is mb."},
		"knowledge":        {nil, knowing, "MAJOR  knowledge: knowing, which comes first, uses f*; ma does not."},
		"one path":         {nil, func(d *synthetic.Draft) { d.Deterministic = true }, "minor  sample: 12 of 12 problems were run from one start"},
		"few problems": {nil, func(d *synthetic.Draft) {
			d.Problem = map[bool]string{true: "pa", false: "pb"}[d.Problem < "pf"]
		}, "minor  sample: 2 problems are few"},
		"unequal tuning":  {nil, unequalTuning, "minor  tuning: methods were tuned over unequal numbers of learning rates: ma over 6; mb over 2."},
		"untuned":         {nil, untuned, "MAJOR  tuning: methods were tuned over unequal numbers of learning rates: ma over 9; mc over 5; mb over 1."},
		"modified":        {func(m *results.Manifest) { m.Commit = "abc+modified" }, nil, "minor  provenance: the commit of gdbench that made synthetic is abc+modified."},
		"cut":             {func(m *results.Manifest) { m.Cells = 300 }, nil, "MAJOR  runs: synthetic has 240 of its 300 cells: the file of records is cut."},
		"a shard":         {func(m *results.Manifest) { m.Shard = &results.Shard{Index: 1, Of: 4} }, nil, "MAJOR  runs: synthetic is shard 1/4 of a run"},
		"a part":          {func(m *results.Manifest) { m.Only = []string{"lr=1"} }, nil, "minor  runs: only a part of synthetic was run: --only lr=1."},
		"one start":       {nil, nonconvex(1), "MAJOR  sample: all repeats start from one point on problems that are not convex: pa (10 repeats); "},
		"twins":           {nil, twins, "MAJOR  methods: two methods have the same runs to the last bit wherever both ran, so that one is the other under another name, or these problems do not tell them apart: ma and mb."},
		"budget minus 5%": {nil, close95, "MAJOR  ranking: to relative gap ≤ 0.1 ma is first, but with a budget smaller by 5% it would be mb."},
		"two accuracies":  {nil, twoAccuracies(false), "MAJOR  ranking: to relative gap ≤ 0.1 ma is first, to relative gap ≤ 0.01 it is mb."},
		"far looks":       {nil, looks(1), "minor  targets: mini-batch runs met targets between two looks that are far apart"},
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
	for name, c := range map[string]struct {
		mend   func(*results.Manifest)
		change func(*synthetic.Draft)
		absent string
	}{
		"set by theory":        {nil, byTheory, "methods were tuned"},
		"starts that differ":   {nil, nonconvex(0), "one point"},
		"convex":               {nil, nil, "one point"},
		"runs that differ":     {nil, nil, "methods:"},
		"runs alike elsewhere": {nil, partlyAlike, "methods:"},
		"short runs":           {nil, func(d *synthetic.Draft) { d.Gaps = synthetic.Halving(0.01, 3) }, "methods:"},
		"budget with room":     {nil, func(d *synthetic.Draft) { d.Status = results.Budget }, "5%"},
		"no budget":            {nil, func(d *synthetic.Draft) { close95(d); d.Status = results.Converged }, "5%"},
		"one accuracy":         {nil, twoAccuracies(true), "to relative gap ≤ 0.1 "},
		"near looks":           {nil, looks(9), "targets:"},
		"f* is not needed":     {nil, byValue, "f*:"},
		"a claim of the suite": {claiming, twoAccuracies(false), "to relative gap ≤ 0.1 "},
		"a complete run":       {func(m *results.Manifest) { m.Cells = 240 }, nil, "runs:"},
	} {
		if text := review(t, c.mend, fair(c.change)...); strings.Contains(text, c.absent) {
			t.Errorf("%s: unexpected %q in\n%s", name, c.absent, text)
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

func unequalBudget(d *synthetic.Draft) {
	if d.Method == "ma" {
		d.Status, d.Gaps = results.Budget, synthetic.Halving(0.97, 100) // 0.1 after 76 iterations
	} else if d.Repeat == 0 {
		d.Status, d.Gaps = results.Budget, synthetic.Halving(0.97, 12)
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

// untuned tries nine rates of ma, five of mc and one of mb.
func untuned(d *synthetic.Draft) {
	switch {
	case d.Method == "ma":
		d.Rate = float64(1 + d.Repeat%9)
	case d.Repeat < 5:
		d.Rate = 1
	default:
		d.Method, d.Rate = "mc", float64(d.Repeat)
	}
}

// byTheory gives mb the one rate that its theory names.
func byTheory(d *synthetic.Draft) {
	d.Rate = 1
	if d.Method == "ma" {
		d.Rate = float64(1 + d.Repeat%9)
	} else {
		d.Mend = func(r *results.Record) {
			r.Families, r.LearningRate = &results.Families{Method: "mb"}, &results.LearningRate{Parameter: "lr", Value: 1}
			r.Written.Method = map[string]string{"lr": "1/L"}
		}
	}
}

// nonconvex makes the problems nonconvex. All repeats begin at one gap, or each at its own.
func nonconvex(shared int) func(*synthetic.Draft) {
	return func(d *synthetic.Draft) {
		d.Gaps = slices.Clone(d.Gaps)
		d.Gaps[0] += float64((1 - shared) * d.Repeat)
		d.Mend = func(r *results.Record) { r.Nonconvex = true }
	}
}

// twins lets mb do what ma does.
func twins(d *synthetic.Draft) { d.Gaps = synthetic.Halving(0.5, 12) }

// partlyAlike lets mb do what ma does on all problems but one.
func partlyAlike(d *synthetic.Draft) {
	if d.Problem != "pa" {
		twins(d)
	}
}

// close95 has budgets of 100 iterations. To the target ma needs 99 on eleven problems and one on
// another, on which mb needs 90; elsewhere mb does not arrive.
func close95(d *synthetic.Draft) {
	d.Status, d.Gaps = results.Budget, slices.Repeat([]float64{1}, 101)
	from := 99
	if d.Method == "mb" {
		from = 90
		if d.Problem != "pa" {
			from = 101
		}
	}
	for k := from; k < 101; k++ {
		d.Gaps[k] = 0.01
	}
}

// twoAccuracies lets ma be first to 0.1 and mb to 0.01, or ma to both.
func twoAccuracies(same bool) func(*synthetic.Draft) {
	return func(d *synthetic.Draft) {
		d.Targets = []float64{0.1, 0.01}
		d.Gaps = append([]float64{1}, slices.Repeat([]float64{0.05}, 40)...)
		d.Gaps = append(d.Gaps, 0.001)
		if d.Method == "mb" && same {
			d.Gaps = append(slices.Repeat([]float64{1}, 60), 0.001)
		} else if d.Method == "mb" {
			d.Gaps = append(slices.Repeat([]float64{1}, 10), 0.001)
		}
	}
}

// claiming lets the suite say that ma is first to 0.1.
func claiming(m *results.Manifest) {
	cells := func(method string) []results.CellsOn {
		return []results.CellsOn{{Problem: "pa", Methods: []string{method}}}
	}
	m.Claims = []results.Claim{{Holds: true, At: 0.1, By: 1, In: "evaluations", About: cells("ma"), Rivals: cells("mb")}}
}

// looks has mini-batch runs meet the target at 10, so many iterations after the look before.
func looks(since int) func(*synthetic.Draft) {
	return func(d *synthetic.Draft) {
		d.Batch = 10
		d.Gaps = append(slices.Repeat([]float64{1}, 10), slices.Repeat([]float64{0.01}, 2)...)
		d.Mend = func(r *results.Record) { r.Targets[0].Since = &since }
	}
}

// byValue asks for values of a problem without f*.
func byValue(d *synthetic.Draft) {
	d.Unknown = true
	d.Mend = func(r *results.Record) {
		k := 3
		r.Targets = []results.Target{{Target: 6, Kind: results.ValueTarget, Iteration: &k, Counts: results.Counts{Evaluations: 4, Samples: 40}}}
	}
}

// gridded gives ma a grid of rates with these numbers of iterations to the target; 0: it diverges.
// Rates are written as formulas or as numbers.
func gridded(written bool, costs ...int) []synthetic.Draft {
	var drafts []synthetic.Draft
	for i, cost := range costs {
		d := synthetic.Draft{Problem: "on the ridge", Method: "ma", Rate: float64(i + 1), Status: results.Converged, Targets: []float64{0.1}, Deterministic: true}
		d.Gaps = append(slices.Repeat([]float64{1}, max(cost, 5)), 0.01)
		if cost == 0 {
			d.Status, d.Gaps = results.Diverged, []float64{1, 100, 1e9}
		}
		d.Mend = func(r *results.Record) {
			r.Families, r.LearningRate = &results.Families{Method: "ma"}, &results.LearningRate{Parameter: "lr", Value: results.Number(d.Rate)}
			if written {
				r.Written.Method = map[string]string{"lr": r.Labels.Method[len("ma lr="):]}
			}
		}
		drafts = append(drafts, d)
	}
	return drafts
}

// A best rate at the edge is better than all others, and two rates from theory are no grid. Rates that
// are equally good are named, where they reach a target.
func TestBestRates(t *testing.T) {
	const edge, tie = "MAJOR  tuning: the best learning rate lies at the edge of the grid: ma (on the ridge) at 1.", "minor  tuning: several learning rates are equally good, and the first of the suite is called the best: ma (on the ridge) at 1, 2."
	for name, c := range map[string]struct {
		drafts []synthetic.Draft
		with   []string
	}{
		"edge":         {gridded(false, 10, 20, 30), []string{edge}},
		"two numbers":  {gridded(false, 10, 20), []string{edge}},
		"inside":       {gridded(false, 20, 10, 30), nil},
		"tied":         {gridded(false, 10, 10, 30), []string{tie}},
		"two formulas": {gridded(true, 10, 20), nil},
		"formulas":     {gridded(true, 10, 20, 30), []string{edge}},
		"all diverge":  {gridded(false, 0, 0, 0), nil},
	} {
		got := review(t, nil, c.drafts...)
		for _, text := range []string{edge, tie} {
			if want := slices.Contains(c.with, text); strings.Contains(got, text) != want || len(c.with) == 0 && strings.Contains(got, "tuning:") {
				t.Errorf("%s: %q expected: %v in\n%s", name, text, want, got)
			}
		}
	}
}

// A method that was skipped on a problem is none under another name of one that ran there.
func TestASkippedMethodIsNoCopy(t *testing.T) {
	const twins = "methods: two methods have the same runs"
	drafts := fair(func(d *synthetic.Draft) { d.Gaps = synthetic.Halving(0.5, 12) })
	if text := review(t, nil, drafts...); !strings.Contains(text, twins) {
		t.Errorf("no copy in\n%s", text)
	}
	composite := synthetic.Draft{Problem: "composite", Method: "ma", Status: results.Skipped}
	proximal := synthetic.Draft{Problem: "composite", Method: "mb", Status: results.Converged, Gaps: synthetic.Halving(0.5, 12), Targets: []float64{0.1}}
	if text := review(t, nil, append(drafts, composite, proximal)...); strings.Contains(text, twins) {
		t.Errorf("a copy in\n%s", text)
	}
}

// Where no problem is a sum, epochs are evaluations, which are named already.
func TestEpochsAreOfSums(t *testing.T) {
	for _, dim := range []int{0, 4} {
		text := review(t, nil, fair(func(d *synthetic.Draft) { manyEvaluations(d); d.Dim = dim })...)
		if strings.Contains(text, "by epochs") && dim > 0 || !strings.Contains(text, "by iterations it is ma.") {
			t.Errorf("dim %d:\n%s", dim, text)
		}
	}
}

func TestPluralsOfSamples(t *testing.T) {
	drafts := append(gridded(false, 10), synthetic.Draft{Problem: "q", Method: "ma", Status: results.Converged, Gaps: synthetic.Halving(0.1, 4), Targets: []float64{0.1}})
	if text := review(t, nil, drafts...); !strings.Contains(text, "1 of 2 problems was run from one start") {
		t.Errorf("%s", text)
	}
}
