package evidence

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// concluded asserts what is among the conclusions, and what is not.
func concluded(t *testing.T, e *Evidence, with []string, without ...string) {
	t.Helper()
	contains(t, strings.Join(e.Conclusions("RUN"), "\n"), with, without)
}

// contains asserts which texts are in what is said, and which are not.
func contains(t *testing.T, said string, with, without []string) {
	t.Helper()
	for _, want := range with {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in\n%s", want, said)
		}
	}
	for _, not := range without {
		if strings.Contains(said, not) {
			t.Errorf("%q is in\n%s", not, said)
		}
	}
}

// On p another method is first at the finer target; on q the same. 0.1 and 0.001 are as far from
// 0.01, so that the easier one is the coarse one.
func TestAccuracyDecides(t *testing.T) {
	e := gather(t, synthetic.Reaching("p", "quick", 3, 40), synthetic.Reaching("p", "sure", 10, 12), synthetic.Reaching("q", "quick", 3, 8), synthetic.Reaching("q", "sure", 10, 12))
	concluded(t, e, []string{"Accuracy changes the cheapest method on 1 of 2 problems. On p: quick (0.3 passes) at 0.1, sure (1.2) at 0.001."}, "Hessian", "Theory")
	e = gather(t, synthetic.Reaching("p", "quick", 3, 8), synthetic.Reaching("p", "sure", 10, 12), synthetic.Reaching("q", "quick", 3, 8), synthetic.Reaching("q", "sure", 10, 12))
	concluded(t, e, []string{"Accuracy does not change the cheapest method on any of 2 problems: it is the same at 0.1 and at 0.001."}, "Accuracy changes")
}

// The example is where the later winner had been behind most.
func TestTheMostTellingProblemIsNamed(t *testing.T) {
	e := gather(t, synthetic.Reaching("p", "quick", 3, 40), synthetic.Reaching("p", "sure", 6, 12), synthetic.Reaching("q", "quick", 3, 40), synthetic.Reaching("q", "sure", 30, 31))
	concluded(t, e, []string{"on all 2 problems. On q: quick (0.3 passes) at 0.1, sure (3.1) at 0.001."})
}

// A target that is met at the start, for nothing, is no lead of any factor.
func TestWhatIsMetAtTheStartIsNotTelling(t *testing.T) {
	free := synthetic.Reaching("z", "quick", 1, 40)
	free.Mend = func(r *results.Record) { r.Targets[0].Counts = results.Counts{} }
	drafts := []synthetic.Draft{free, synthetic.Reaching("z", "sure", 6, 12)}
	concluded(t, gather(t, drafts...), []string{"Accuracy changes the cheapest method. On z: quick (0 passes) at 0.1, sure (1.2) at 0.001."})
	drafts = append(drafts, synthetic.Reaching("q", "quick", 3, 40), synthetic.Reaching("q", "sure", 30, 31))
	concluded(t, gather(t, drafts...), []string{"on all 2 problems. On q: quick (0.3 passes) at 0.1, sure (3.1) at 0.001."})
}

// A learning rate is a setting, and another one no other method; a method that shares the first
// place at both targets is the same.
func TestASettingIsNoMethod(t *testing.T) {
	slow, fast := synthetic.Reaching("p", "gd", 3, 40), synthetic.Reaching("p", "gd", 10, 12)
	slow.Rate, fast.Rate = 1, 2
	concluded(t, gather(t, slow, fast, synthetic.Reaching("p", "other", 40, 41)), []string{"Accuracy does not change the cheapest method: it is"}, "Accuracy changes")
	tied := gather(t, synthetic.Reaching("p", "a", 3, 8), synthetic.Reaching("p", "b", 3, 12))
	concluded(t, tied, []string{"Accuracy does not change"}, "Accuracy changes")
}

// Nothing is said where no method reaches the target, where one method runs alone, or with one target only.
func TestNothingIsSaidOfNothing(t *testing.T) {
	concluded(t, gather(t, synthetic.Reaching("p", "a", 0, 0), synthetic.Reaching("p", "b", 0, 0)), nil, "Accuracy")
	concluded(t, gather(t, synthetic.Reaching("p", "a", 3, 8)), nil, "Accuracy")
	concluded(t, gather(t, draft("p", "a", 3), draft("p", "b", 8)), nil, "Accuracy")
	e := gather(t, synthetic.Reaching("p", "a", 3, 8), synthetic.Reaching("p", "b", 10, 5), synthetic.Reaching("q", "a", 3, 8), synthetic.Reaching("q", "b", 9, 0), synthetic.Reaching("r", "b", 9, 12))
	concluded(t, e, []string{"on 1 of 2 problems where methods compete at both. On p: a (0.3 passes) at 0.1, b (0.5) at 0.001."})
}

// In 10 variables a Hessian costs 10 passes, or 1: newton needs k evaluations and k − 1 Hessians,
// 3 + 2·10 = 23 passes or 5, and gradient descent 8.
func TestThePriceOfAHessian(t *testing.T) {
	plain := func(cost int) synthetic.Draft {
		d := draft("p", "gd", cost)
		d.Dim = 10
		return d
	}
	newton := draft("p", "newton", 3)
	newton.Dim, newton.Hessians = 10, 1
	concluded(t, gather(t, plain(8), newton), []string{"The price of a Hessian, n passes or 1, changes the cheapest method. On p at 0.5: gd (8 passes), with a Hessian at 1 newton (5)."})
	concluded(t, gather(t, plain(40), newton), []string{"The price of a Hessian, n passes or 1, does not change the cheapest method."}, "changes the")
	concluded(t, gather(t, plain(8), plain(9)), nil, "Hessian")
}

// Where methods compete on one of several problems, it is the only one.
func TestTheOnlyProblem(t *testing.T) {
	alone := synthetic.Reaching("q", "a", 3, 8)
	e := gather(t, synthetic.Reaching("p", "a", 3, 8), synthetic.Reaching("p", "b", 10, 12), alone)
	concluded(t, e, []string{"Accuracy does not change the cheapest method on the only problem where methods compete at both: it is"})
	e = gather(t, synthetic.Reaching("p", "a", 3, 8), synthetic.Reaching("p", "b", 10, 5), alone)
	concluded(t, e, []string{"Accuracy changes the cheapest method on the only problem where methods compete at both. On p: a"})
}

// 10 of 100 samples an evaluation: 10 evaluations are a pass.
func TestOnePass(t *testing.T) {
	e := gather(t, synthetic.Reaching("p", "quick", 10, 40), synthetic.Reaching("p", "sure", 20, 21))
	concluded(t, e, []string{"quick (1 pass) at 0.1, sure (2.1) at 0.001"}, "1 passes")
	says(t, gather(t, draft("p", "a", 10), draft("p", "b", 20)), []string{"p: a reached relative gap ≤ 0.5 at the least cost, 1 pass; next"})
}

func TestTheorySaysWhatWasCompared(t *testing.T) {
	e := held(t) // one run within its bounds, one above
	concluded(t, e, []string{"Theory: 2 of 2 runs were compared with 2 theorems, and 1 is above a bound. Not held: halving (p, m); see the table theorems."})
	for _, c := range e.Problems[0].Entries[0].Cells {
		for i := range c.Theorems {
			c.Theorems[i].Outcome, c.Theorems[i].Ratio = "holds", 0.5
		}
	}
	concluded(t, e, []string{"and none is above a bound."}, "Not held")
	for _, c := range e.Problems[0].Entries[0].Cells {
		c.Theorems[0].Compared = 0
	}
	e.Problems[0].Entries[0].Cells[1].Theorems = nil
	concluded(t, e, []string{"Theory: 1 of 2 runs was compared with 1 theorem, and none is above a bound."})
	e.Problems[0].Entries[0].Cells[0].Theorems = nil
	concluded(t, e, nil, "Theory")
}

// A condition on the steps is no theorem about progress, unless it is broken.
func TestAConditionIsNoTheorem(t *testing.T) {
	e := held(t)
	for _, c := range e.Problems[0].Entries[0].Cells {
		c.Theorems = []results.Theorem{{Name: "descent condition", Outcome: "holds", Compared: 9, Condition: true}}
	}
	concluded(t, e, nil, "Theory")
	if e.Problems[0].Entries[0].Worst() != nil {
		t.Error("a ratio to no bound")
	}
	e.Problems[0].Entries[0].Cells[1].Theorems[0].Outcome = "violated"
	concluded(t, e, []string{"Theory: 1 of 2 runs was compared with 1 theorem, and 1 is above a bound. Not held: descent condition (p, m)"})
}

func TestWhatToMend(t *testing.T) {
	clean := draft("p", "a", 3)
	clean.Deterministic = true
	e := gather(t, clean)
	if got := e.Conclusions("RUN"); len(got) != 1 || got[0] != "Before citing: `gdbench review RUN` lists what a referee would criticize." {
		t.Errorf("%q", got)
	}
	spent := synthetic.Reaching("p", "b", 0, 0)
	broken := synthetic.Draft{Problem: "p", Method: "c", Status: results.Failed, Gaps: []float64{1}, Deterministic: true}
	concluded(t, gather(t, clean, spent, broken), []string{"1 of 3 runs stopped at the budget; 1 run failed with an error; random runs have only 1 repeat."})
	late := synthetic.Reaching("p", "d", 0, 0)
	late.Status = results.Timeout
	concluded(t, gather(t, clean, late), []string{"1 of 2 runs stopped at the time limit;"}, "budget")
	concluded(t, gather(t, clean, late, spent), []string{"1 of 3 runs stopped at the budget; 1 of 3 runs stopped at the time limit;"})
	var grid []synthetic.Draft
	for rate, cost := range map[float64]int{1: 30, 2: 20, 4: 10} {
		d := draft("p", "a", cost)
		d.Rate, d.Deterministic = rate, true
		grid = append(grid, d)
	}
	concluded(t, gather(t, grid...), []string{"the best learning rate lies at the edge of its grid in 1 of 1 grid"}, "repeat", "budget")
	grid = grid[:0]
	for rate, cost := range map[float64]int{1: 30, 2: 10, 4: 10} { // the middle one is as good as the largest
		d := draft("p", "a", cost)
		d.Rate, d.Deterministic = rate, true
		grid = append(grid, d)
	}
	concluded(t, gather(t, grid...), nil, "edge")
}

// Of the kinds of targets that of most problems is spoken of: the network has no f*.
func TestAimsTakeWhatCanBeMeasured(t *testing.T) {
	accurate := func(d synthetic.Draft) synthetic.Draft {
		d.Mend = func(r *results.Record) {
			for _, share := range []float64{0.95, 0.8, 0.9} {
				r.Targets = append(r.Targets, results.Target{Target: results.Number(share), Kind: "accuracy", AtLeast: true, Iteration: new(int)})
			}
		}
		return d
	}
	unknown := synthetic.Reaching("net", "a", 3, 8)
	unknown.Unknown = true
	coarse, fine, ok := gather(t, accurate(unknown), synthetic.Reaching("p", "a", 3, 8), synthetic.Reaching("q", "a", 3, 8)).Aims()
	if !ok || coarse.Text() != "relative gap ≤ 0.1" || fine.Text() != "relative gap ≤ 0.001" {
		t.Errorf("%s, %s", coarse.Text(), fine.Text())
	}
	coarse, fine, ok = gather(t, accurate(unknown)).Aims()
	if !ok || coarse.Text() != "accuracy ≥ 0.8" || fine.Text() != "accuracy ≥ 0.95" {
		t.Errorf("%s, %s", coarse.Text(), fine.Text())
	}
	if _, _, ok := gather(t, unknown).Aims(); ok {
		t.Error("a target without f*")
	}
}

// A label of the user may look like a setting; only what the record says is one.
func TestNamesLoseTheirSettingsOnly(t *testing.T) {
	label := func(label string, batch any) synthetic.Draft {
		d := synthetic.Reaching("p", "m", 3, 8)
		d.Mend = func(r *results.Record) {
			r.Labels.Method = label
			r.Families, r.LearningRate = &results.Families{Method: "m"}, &results.LearningRate{Parameter: "step.t", Value: 0.1}
			r.Written.Method = map[string]string{"step.t": "1/L"}
			r.Method.Parameters = []results.Parameter{{Name: "batch", Value: batch}}
		}
		return d
	}
	e := gather(t, label("sgd step=1/L batch=8", int64(8)), label("sgd step=1/L batch=full", "full"), label("my batch=x", "full"), label("step=1/L", "full"), label("batch=8", int64(8)))
	for i, want := range []string{"sgd", "sgd", "my batch=x", "step=1/L", "batch=8"} {
		if entry := e.Problems[0].Entries[i]; entry.Name() != want {
			t.Errorf("%s is called %q; expected %q", entry.Label, entry.Name(), want)
		}
	}
}

// Sentences on costs end with how exact they are, where targets were not checked after each step: not
// met at 1 and met at 4, it may have been at 2. Goals that no sentence is about do not count.
func TestHeadlineSaysHowExactCostsAre(t *testing.T) {
	d := draft("p", "m", 5)
	const sentence = "a run may have met one earlier, in up to 50% fewer iterations."
	says(t, gather(t, d), nil, "Targets were not checked")
	d.Mend = func(r *results.Record) { since := 1; r.Targets[0].Since = &since }
	says(t, gather(t, d), []string{sentence})
	other := synthetic.Reaching("q", "m", 5, 10)
	other.Targets = []float64{0.9, 0.1, 0.001}
	other.Mend = func(r *results.Record) { since := 1; r.Targets[0].Since = &since }
	says(t, gather(t, other), nil, "Targets were not checked")
}
