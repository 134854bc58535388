package evidence

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// raced is the evidence of a race, see race.
func raced(t *testing.T, budget int, costs ...[]int) *Evidence {
	t.Helper()
	e := &Evidence{}
	for _, i := range race(t, budget, costs...).Instances {
		e.Problems = append(e.Problems, i.Problem)
		e.Cells += len(i.Cells)
	}
	return e
}

// says asserts which texts are in the headline, and which are not.
func says(t *testing.T, e *Evidence, with []string, without ...string) {
	t.Helper()
	contains(t, strings.Join(e.Headline("RUN"), "\n"), with, without)
}

// Of 10 of 100 samples an evaluation: cost 4 is 0.4 passes.
func TestWinners(t *testing.T) {
	says(t, raced(t, 20, []int{4, 8}, []int{4, 4}, []int{0, 5}, []int{0, 0}), []string{
		"8 runs: 5 converged, 3 stopped at the budget.",
		"p0: m0 reached relative gap ≤ 0.5 at the least cost, 0.4 passes; next is m1 with 0.8 passes, 2 times as many.",
		"p1: m0 and m1 reached relative gap ≤ 0.5 at the least cost, 0.4 passes; no other method ran.",
		"p2: m1 reached relative gap ≤ 0.5 at the least cost, 0.5 passes; no other method reached it in more than half of its runs.",
		"p3: no method reached relative gap ≤ 0.5 in more than half of its runs.",
	})
}

// Ratios over three problems: 1 and 2, 1 and 2, 1 and 2: m0 is ahead whatever is left out. With
// facts, the others are compared among themselves.
func TestOverall(t *testing.T) {
	e := raced(t, 20, []int{4, 8}, []int{4, 8}, []int{4, 8})
	says(t, e, []string{"Over 3 problems m0 is ahead: it reached relative gap ≤ 0.5 in 3 of 3 runs at the same cost as the best method on each problem (geometric mean, in passes)."}, "using")
	for _, p := range e.Problems {
		p.Entries[0].Uses = []string{"f*"}
	}
	says(t, e, []string{"using f*. Of the methods that use no such facts, m1 is ahead, at 1.29 times the cost of the best."}) // (0.8+1)/(0.4+1)
}

// Of methods that cost the same none is ahead of the other.
func TestOverallNamesTies(t *testing.T) {
	says(t, raced(t, 20, []int{4, 4, 8}, []int{4, 4, 8}, []int{4, 4, 8}), []string{"Over 3 problems m0 and m1 are level and ahead of the others to relative gap ≤ 0.5 (geometric mean of costs, in passes)."}, "is ahead")
	says(t, raced(t, 20, []int{4, 4, 8}, []int{4, 4, 8}, []int{4, 5, 8}), []string{"m0 is ahead"}, "level")
}

// A lead that one problem makes is none, whether by a miss or by a factor.
func TestOverallHangsOnNoProblem(t *testing.T) {
	says(t, raced(t, 20, []int{4, 8}, []int{4, 4}, []int{0, 5}), []string{"No method is clearly ahead over 3 problems: the cost of reaching relative gap ≤ 0.5", "is least for m1, but without the problem p2 it is least for m0."}, "is ahead:")
	says(t, raced(t, 20, []int{4, 9}, []int{6, 4}), []string{"No method is clearly ahead", "is least for m0, but without the problem p0 it is least for m1."}, "is ahead:")
	says(t, raced(t, 20, []int{4, 0}, []int{4, 0}), []string{"m0 is ahead"})
}

// m1 misses once, which its mean says: (0.8+1)/(0.4+1) twice, and 10 times 2 passes: (20+1)/1.4.
func TestOverallCountsMisses(t *testing.T) {
	e := raced(t, 20, []int{4, 8}, []int{4, 8}, []int{4, 0})
	for _, p := range e.Problems {
		p.Entries[0].Uses = []string{"L"}
	}
	says(t, e, []string{"m1 is ahead, at 2.92 times the cost of the best; 1 miss counted as 10 times the largest cost."})
}

// A method that runs alone is not ahead of others.
func TestOverallNeedsCompetitors(t *testing.T) {
	says(t, raced(t, 20, []int{4}, []int{8}), []string{"p0: m0 reached relative gap ≤ 0.5 at the least cost, 0.4 passes; no other method ran."}, "is ahead", "clearly")
	says(t, raced(t, 20, []int{4, 8}), nil, "is ahead", "clearly") // one problem
}

// A method that ran on one problem of three is first there, though no contest across problems
// has it; its absence is named.
func TestAMethodOnOneProblemCounts(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"a", "b", "c"} {
		drafts = append(drafts, draft(p, "fixed", 9))
	}
	e := gather(t, append(drafts, draft("b", "momentum", 3))...)
	says(t, e, []string{"b: momentum reached relative gap ≤ 0.5 at the least cost, 0.3 passes; next is fixed with 0.9 passes, 3 times as many.",
		"a: fixed reached relative gap ≤ 0.5 at the least cost, 0.9 passes; no other method ran."}, "is ahead")
	if notes := strings.Join(e.NewContest().Notes, "\n"); !strings.Contains(notes, "Not ranked and not drawn, since they ran on fewer than half of the problems: momentum.") {
		t.Errorf("notes: %s", notes)
	}
}

// draft reaches relative gap 0.5 after so many evaluations.
func draft(problem, method string, cost int) synthetic.Draft {
	d := synthetic.Draft{Problem: problem, Method: method, Status: results.Converged, Targets: []float64{0.5}}
	for range cost - 1 {
		d.Gaps = append(d.Gaps, 1)
	}
	d.Gaps = append(d.Gaps, 0.1)
	return d
}

// What cannot be measured is not missed: it is left out of every number, and named.
func TestNotMeasurableIsNotMissed(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"a", "b", "u"} {
		for m, cost := range map[string]int{"m0": 4, "m1": 8} {
			d := draft(p, m, cost)
			d.Unknown = p == "u"
			drafts = append(drafts, d)
		}
	}
	e := gather(t, drafts...)
	says(t, e, []string{"u: relative gap ≤ 0.5 is not measurable, since f* is unknown.", "the 2 of 3 problems", "in 2 of 2 runs"}, "u: no method")
	c := e.NewContest()
	if len(c.Instances) != 2 || !strings.Contains(strings.Join(c.Notes, "\n"), "no target of the comparison is measurable there: u.") {
		t.Errorf("%d instances; notes %q", len(c.Instances), c.Notes)
	}
	if share := e.Problems[2].Entries[0].Success(Goal{Target: 0.5}); share.Of != 0 {
		t.Errorf("%d of %d runs reached what cannot be measured", share.Part, share.Of)
	}
}

// An accuracy is met at or above its target, also where only another problem has accuracies.
func TestDirectionOfWhatAProblemLacks(t *testing.T) {
	for _, measured := range []bool{true, false} {
		accuracy := func(record *results.Record, missing bool) {
			record.Targets = []results.Target{{Target: 0.97, Kind: "accuracy", AtLeast: !missing}}
			if missing {
				record.Targets[0].Message = "not measurable: the problem has no diagnostic \"accuracy\""
			}
		}
		with, without := draft("a", "m", 4), draft("b", "m", 4)
		with.Mend = func(r *results.Record) { accuracy(r, !measured) }
		without.Mend = func(r *results.Record) { accuracy(r, true) }
		e := gather(t, with, without)
		for _, p := range e.Problems {
			if asked := p.AskedFor(); len(asked) != 1 || e.Directed(asked[0]).AtLeast != measured {
				t.Errorf("%s, measured %v: %v", p.Label, measured, asked)
			}
		}
	}
}

// A deterministic run is one, beside however many repeats of others.
func TestACopyIsNotARepeat(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"a", "b"} {
		d := draft(p, "sure", 3)
		d.Deterministic = true
		drafts = append(drafts, d)
		for repeat := range 5 {
			d := draft(p, "noisy", 9)
			d.Repeat = repeat
			drafts = append(drafts, d)
		}
	}
	e := gather(t, drafts...)
	says(t, e, []string{"12 runs: 12 converged.", "sure is ahead: it reached relative gap ≤ 0.5 in 2 of 2 runs"})
	if notes := strings.Join(e.NewContest().Notes, "\n"); !strings.Contains(notes, "in numbers of runs it counts once") {
		t.Errorf("notes: %s", notes)
	}
}

// The settings of a contest are chosen on the even repeats; sentences about a problem are from
// all runs. Rate 1 needs 3 in repeats 0 and 2, and 9 in 1, 3 and 4: its median is 9.
func TestSentencesAboutAProblemUseAllRuns(t *testing.T) {
	var drafts []synthetic.Draft
	for repeat, cost := range []int{3, 9, 3, 9, 9} {
		for rate, cost := range map[float64]int{1: cost, 2: 5} {
			d := draft("p", "m", cost)
			d.Repeat, d.Rate = repeat, rate
			drafts = append(drafts, d)
		}
	}
	says(t, gather(t, drafts...), []string{"p: m lr=2 reached relative gap ≤ 0.5 at the least cost, 0.5 passes"})
}

// Learning rates are chosen on even repeats where there are odd ones to compete in, and more than
// one rate; only then are the repeats spoken of.
func TestTheOddRepeatsAreSpokenOf(t *testing.T) {
	grid := func(repeats int, rates ...float64) []synthetic.Draft {
		var drafts []synthetic.Draft
		for _, p := range []string{"a", "b"} {
			for repeat := range repeats {
				for i, rate := range rates {
					d := draft(p, "tuned", 3+i)
					d.Repeat, d.Rate = repeat, rate
					drafts = append(drafts, d)
				}
				d := draft(p, "other", 9)
				d.Repeat = repeat
				drafts = append(drafts, d)
			}
		}
		return drafts
	}
	const clause = ", in the odd repeats, at the learning rates that are cheapest for this target in the even ones."
	says(t, gather(t, grid(4, 1, 2)...), []string{"tuned is ahead: it reached relative gap ≤ 0.5 in 4 of 4 runs", clause})
	says(t, gather(t, grid(4, 1)...), []string{"tuned is ahead: it reached relative gap ≤ 0.5 in 8 of 8 runs"}, "odd")
	says(t, gather(t, grid(1, 1, 2)...), []string{"tuned is ahead: it reached relative gap ≤ 0.5 in 2 of 2 runs"}, "odd")
}

// In 1 of 2 runs is not in more than half of them: the median is infinite, and no method is first.
func TestHalfIsNotEnough(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"a", "b"} {
		for i, m := range []string{"m0", "m1"} {
			for repeat := range 2 {
				d := synthetic.Reaching(p, m, 3+2*i, 9*repeat)
				d.Repeat = repeat
				drafts = append(drafts, d)
			}
		}
	}
	e := gather(t, drafts...)
	says(t, e, []string{"a: no method reached relative gap ≤ 0.001 in more than half of its runs.", "Over 2 problems m0 is ahead: it reached relative gap ≤ 0.1 in 4 of 4 runs"})
	if _, g, ok := e.Finest(); !ok || g.Target != 0.1 {
		t.Errorf("the finest goal is %v", g)
	}
}

// Of settings with the same median, the one that arrives more often is named: 4, 4, ∞ and 4, 4, 9.
func TestTiesGoBySuccesses(t *testing.T) {
	var drafts []synthetic.Draft
	for _, p := range []string{"p", "q"} {
		for repeat := range 3 {
			for i, m := range []string{"lucky", "sure"} {
				d := synthetic.Reaching(p, m, 4, 0)
				if repeat == 2 {
					d = synthetic.Reaching(p, m, 9*i, 0)
				}
				d.Repeat, d.Targets = repeat, []float64{0.1}
				drafts = append(drafts, d)
			}
		}
	}
	e := gather(t, drafts...)
	if e.Problems[0].Entries[0].Label != "lucky" {
		t.Fatal("the other one is first in the suite")
	}
	s := e.Problems[0].Standing(Goal{Target: 0.1}, Passes)
	if s.Cheapest[0].Label != "sure" || len(s.Cheapest) != 2 || s.Cost != 0.4 {
		t.Errorf("%s of %d, at %g", s.Cheapest[0].Label, len(s.Cheapest), s.Cost)
	}
}

func TestCountedSaysWhatWasSkipped(t *testing.T) {
	e := gather(t, draft("p", "m", 4), synthetic.Draft{Problem: "p", Method: "needy", Status: results.Skipped},
		synthetic.Draft{Problem: "p", Method: "wild", Status: results.Diverged, Gaps: []float64{1, 9}, Targets: []float64{0.5}})
	if got := e.Counted(); got != "2 runs: 1 converged, 1 diverged; 1 cell skipped, since the problem lacks what the method requires." {
		t.Errorf("%s", got)
	}
}

// A target is not measurable for the reason that there is: where the run starts at a minimum it is not
// how accurately f* is known. Only a gap relative to the start is lost there.
func TestWhyATargetIsNotMeasurable(t *testing.T) {
	type asked struct {
		kind   string
		target float64
	}
	for name, c := range map[string]struct {
		gap    float64 // of the start
		asked  []asked
		why    string
		advice string
	}{
		"at a minimum":          {1e-9, []asked{{"", 0.1}}, "the runs start at a minimum", "start them elsewhere"},
		"elsewhere":             {1, []asked{{"", 1e-12}}, "the target is finer than f* is known and f is computed", "ask for a coarser one"},
		"absolute, at one":      {1e-9, []asked{{results.AbsoluteTarget, 1e-12}}, "the target is finer than f* is known and f is computed", "ask for a coarser one"},
		"unknown":               {math.NaN(), []asked{{"", 0.1}}, "f* is unknown", "add targets that need no f*, such as `value` or `gradient`"},
		"below":                 {1, []asked{{results.ValueTarget, 4}}, "the value is below f*", "ask for values above f*"},
		"of another problem":    {1, []asked{{"accuracy", 0.9}}, "the problem has no such diagnostic", "ask for one that it has"},
		"several":               {1e-9, []asked{{"accuracy", 0.9}, {"", 0.1}}, "the runs start at a minimum or the problem has no such diagnostic", "start them elsewhere, or ask for one that it has"},
		"several with one cure": {1, []asked{{"accuracy", 0.9}, {"accuracy", 0.8}}, "the problem has no such diagnostic", "ask for one that it has"},
	} {
		d := draft("p", "m", 5)
		d.Mend = func(r *results.Record) {
			r.Start.Gap, r.Minimum.Accuracy, r.Targets = results.Number(c.gap), 1e-8, nil
			if math.IsNaN(c.gap) {
				r.Minimum = nil
			}
			for _, a := range c.asked {
				r.Targets = append(r.Targets, results.Target{Kind: a.kind, Target: results.Number(a.target), Message: "not measurable"})
			}
		}
		e := gather(t, d)
		if want := Warning("no target is measurable, since " + c.why + "; " + c.advice); !slices.Contains(e.Untrue(), want) {
			t.Errorf("%s: warnings %q; expected %q", name, e.Untrue(), want)
		}
		if got, want := e.Unmeasured(func(Goal) bool { return true }), "Not measurable: "+c.why+"; this is no miss."; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q; expected %q", name, got, want)
		}
		if got := e.Unmeasured(func(g Goal) bool { return g.Target == 77 }); got != nil {
			t.Errorf("%s: %q, of other goals", name, got)
		}
		if got, first := e.Problems[0].winner(e.Problems[0].AskedFor()[0], Passes), strings.Split(c.why, " or ")[0]; !strings.HasSuffix(got, "is not measurable, since "+first+".") {
			t.Errorf("%s: %q", name, got)
		}
	}
	says(t, gather(t, draft("p", "m", 5)), nil, "measurable")
}
