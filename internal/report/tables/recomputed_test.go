package tables

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/recompute"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// Lines of screens that the runs of no shipped suite print are what the records say too, and no
// digit or first letter of them can be another: recomputed without code of the report.
func TestScreensRecomputed(t *testing.T) {
	for name, c := range map[string]struct {
		drafts []synthetic.Draft
		mend   func(*results.Manifest)
		with   []string
	}{
		"a broken bound": {broken(), nil, []string{"Theory: 26 of 26 runs were compared with 2 theorems, and 1 is above a bound; of the means of 2 settings, 1 is above the bound of a theorem in expectation. Not held: halving (p, m); see the table theorems."}},
		"many problems":  {many(), nil, []string{"2 more problems in cheapest.txt of the report.", "direction=steepest(norm=  "}},
		"gradients":      {kinds(results.GradientTarget, false, 0.5, 0.001), nil, []string{"to relative gradient norm ≤ 0.5 ", "is the same at 0.5 and at 0.001"}},
		"values":         {kinds(results.ValueTarget, false, 7, -3.25), nil, []string{"to value ≤ 7 ", "to value ≤ -3.25 "}},
		"a diagnostic":   {kinds("accuracy", true, 0.5, 0.95), nil, []string{"to accuracy ≥ 0.5 ", "to accuracy ≥ 0.95 "}},
		"no time":        {late(), func(m *results.Manifest) { m.Inexact = "the budget in seconds makes results depend on the clock" }, []string{"2 runs: 1 stopped at the budget, 1 stopped at the time limit.", "1 of 2 runs stopped at the budget; 1 of 2 runs stopped at the time limit.", "warning: synthetic: the budget in seconds"}},
		"divergence":     {diverged(), nil, []string{"warning: every run diverged or failed: try smaller learning rates"}},
		"no targets":     {untargeted(nil), nil, []string{"warning: no run had a target"}},
		"unknown f*":     {untargeted([]float64{0.1}), nil, []string{"warning: no target is measurable, since f* is unknown; add targets that need no f*"}},
		"a minimum":      {refusing("the run starts at a minimum", func(r *results.Record) { r.Start.Gap = 0 }, 0, 1), nil, []string{"warning: no target is measurable, since the runs start at a minimum; start them elsewhere"}},
		"a target lost":  {append(refusing("too fine: the accuracy", nil, 1), two("p", "gd", 3, 8)), nil, []string{"Not measurable: the target is finer than f* is known and f is computed; this is no miss."}},
	} {
		t.Run(name, func(t *testing.T) {
			run := synthetic.Write(t, c.drafts, "")
			if c.mend != nil {
				c.mend(run.Manifest)
				if err := run.Manifest.Write(run.Folder); err != nil {
					t.Fatal(err)
				}
			}
			e, err := evidence.Gather([]*results.Run{run})
			if err != nil {
				t.Fatal(err)
			}
			shown := Screen(e)
			for _, want := range c.with {
				if !strings.Contains(shown, want) && !strings.Contains(unwrapped(shown), want) {
					t.Errorf("%q is missing in\n%s", want, shown)
				}
			}
			for _, complaint := range recompute.Check(run.Folder, shown) {
				t.Errorf("%s in\n%s", complaint, shown)
			}
			if len(c.drafts) < 28 { // of which the changes are too many
				evidencetest.NoticesChanges(t, run.Folder, shown)
			}
		})
	}
}

// broken are 13 runs of each of two methods: a run of one is above a bound, and so is the mean of the
// other's, tenfold.
func broken() []synthetic.Draft {
	var drafts []synthetic.Draft
	for repeat := range 13 {
		for _, m := range []string{"m", "other"} {
			d := two("p", m, 3, 8)
			d.Repeat, d.Deterministic = repeat, false
			d.Mend = func(r *results.Record) {
				holds := results.Theorem{Name: "weaker", Outcome: "holds", Ratio: 0.5, Compared: 2}
				measured := 0.5
				if m == "m" {
					measured = 10
				}
				mean := results.Theorem{Name: "mean", Outcome: "not refuted", InExpectation: true, Compared: 2, Iteration: []int64{1, 2},
					Bound: results.Series{1, 1}, Measured: results.Series{0.5, measured}, Floor: results.Series{0, 0}}
				r.Theorems = []results.Theorem{holds, mean}
				if m == "m" && repeat == 3 {
					r.Theorems = append(r.Theorems, results.Theorem{Name: "halving", Outcome: "violated", Ratio: 30, Compared: 2})
				}
			}
			drafts = append(drafts, d)
		}
	}
	return drafts
}

// many are 14 problems with labels that do not fit side by side.
func many() []synthetic.Draft {
	var drafts []synthetic.Draft
	for i := range 14 {
		p := fmt.Sprintf("quadratic dim=%d condition=1000 start=sphere(radius=10) rotated=true", 10+i)
		for k, norm := range []string{"l1", "quadratic"} {
			drafts = append(drafts, two(p, fmt.Sprintf("descent direction=steepest(norm=%s) step=lipschitz-backtracking", norm), 3+(i+k)%3, 9+(i+k)%2))
		}
	}
	return drafts
}

// kinds reach two targets of a kind, on one of two problems.
func kinds(kind string, atLeast bool, easy, hard float64) []synthetic.Draft {
	var drafts []synthetic.Draft
	for _, p := range []string{"net", "other net"} {
		for i, m := range []string{"adam", "sgd"} {
			d := two(p, m, 3, 8)
			d.Mend = func(r *results.Record) {
				r.Targets, r.Families = nil, &results.Families{Method: m}
				for k, target := range []float64{hard, easy} {
					at := 40 - 30*k + i
					one := results.Target{Target: results.Number(target), Kind: kind, AtLeast: atLeast, Iteration: &at, Counts: results.Counts{Evaluations: int64(at)}}
					if p == "other net" && k == 0 {
						one.Iteration, one.Counts = nil, results.Counts{}
					}
					r.Targets = append(r.Targets, one)
				}
			}
			drafts = append(drafts, d)
		}
	}
	return drafts
}

func late() []synthetic.Draft {
	d := two("p", "slow", 0, 0)
	d.Status = results.Timeout
	return []synthetic.Draft{two("p", "quick", 3, 8), d}
}

// diverged are three rates of which none is the best.
func diverged() []synthetic.Draft {
	var drafts []synthetic.Draft
	for _, rate := range []float64{1, 2, 4} {
		d := two("p", "gd", 0, 0)
		d.Status, d.Rate, d.Gaps = results.Diverged, rate, []float64{1, 10 * rate}
		d.Mend = func(r *results.Record) {
			r.Families, r.LearningRate = &results.Families{Method: "gd"}, &results.LearningRate{Parameter: "lr", Value: results.Number(rate)}
		}
		drafts = append(drafts, d)
	}
	return drafts
}

// refusing is a run in which some of two targets are not measurable.
func refusing(why string, mend func(*results.Record), which ...int) []synthetic.Draft {
	d := two("q", "gd", 3, 8)
	d.Mend = func(r *results.Record) {
		for _, i := range which {
			r.Targets[i] = results.Target{Target: r.Targets[i].Target, Message: "not measurable: " + why}
		}
		if mend != nil {
			mend(r)
		}
	}
	return []synthetic.Draft{d}
}

func untargeted(targets []float64) []synthetic.Draft {
	d := two("p", "gd", 3, 8)
	d.Targets, d.Unknown = targets, true
	return []synthetic.Draft{d}
}
