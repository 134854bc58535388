package search_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/results"
)

func plan(studies int) *results.Tuning {
	return &results.Tuning{Trials: 5, Studies: studies, Sampler: "halton", Scope: "suite", After: []int{1, 5}, Targets: []results.Number{0.1}, Cost: "evaluations",
		Methods:  []results.TunedMethod{{Method: "a", Name: "a", Space: []results.Coordinate{{Parameter: "lr", Form: "loguniform", Low: 1e-4, High: 1}}}},
		Problems: []results.TunedProblem{{Problem: "p", InSample: true}, {Problem: "h", HeldOut: true}}}
}

// run is a run of at most 100 evaluations that reaches the target after so many; 0: never.
func run(problem, method string, study, trial, after, evaluations int) *results.Record {
	r := &results.Record{Status: results.Budget, Minimum: &results.Minimum{}, Final: &results.Final{Gap: 0.5},
		Method:  results.Component{Name: "a", Parameters: []results.Parameter{{Name: "lr", Value: 0.01}}},
		Targets: []results.Target{{Target: 0.1}}, Tuned: &results.Tuned{Method: method, Problem: problem, Study: study, Trial: trial, After: after, Budget: 100}}
	r.Counts.Evaluations = 100
	if evaluations > 0 {
		at := evaluations
		r.Targets[0].Iteration, r.Targets[0].Evaluations = &at, int64(evaluations)
	}
	return r
}

// What is a result and what is a step towards one; the numbers of three studies by hand.
func TestSearch(t *testing.T) {
	s := search.New(plan(3))
	for study := 1; study <= 3; study++ {
		for trial := 1; trial <= 5; trial++ {
			cost := 0
			if trial >= 2+study { // the first success at trial 3, 4, 5
				cost = 40
			}
			if s.Add(run("p", "a", study, trial, 0, cost)) {
				t.Fatal("a trial is reported")
			}
		}
		if s.Add(run("p", "a", study, 1, 1, 0)) {
			t.Error("what one trial of five chooses is reported")
		}
		if !s.Add(run("p", "a", study, 3, 5, 10*study)) {
			t.Error("what all trials choose is not reported")
		}
	}
	if !s.Add(run("p", "a", 0, 0, 0, 50)) || !s.Add(run("p", "b", 0, 0, 0, 20)) || !s.Add(&results.Record{}) {
		t.Error("a run as written is not reported")
	}
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-9*want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	near("work as written", s.Work("p", "a", 0).Value, 50)
	near("work after a trial", s.Work("p", "a", 1).Value, 100)
	near("work after all", s.Work("p", "a", 5).Value, math.Cbrt(10*20*30))
	near("work of what is not tuned", s.Work("p", "b", 5).Value, 20)
	near("attempts", s.Attempts("p", "a"), 4)
	near("search", s.SearchCost("p", "a"), 500)
	near("flatness", s.Flatness("p", "a"), 2.0/5) // 3, 2, 1 of 5 trials at 40
	near("ratio", s.Ratio("p", "a", "b", 5, 5).Value, math.Cbrt(6000)/20)
	if part, of := s.Solved("p", "a", 1); part != 0 || of != 3 {
		t.Errorf("%d of %d solved after a trial", part, of)
	}
	if !math.IsNaN(s.Work("p", "a", 5).Low) {
		t.Error("three studies have a band")
	}
}

// Twenty studies have a band that holds the estimate, fewer have none.
func TestBands(t *testing.T) {
	for _, studies := range []int{19, 20} {
		s := search.New(plan(studies))
		for study := 1; study <= studies; study++ {
			s.Add(run("p", "a", study, 1, 5, 10+study))
		}
		work := s.Work("p", "a", 5)
		if has := work.Low < work.Value && work.Value < work.High; has != (studies == 20) {
			t.Errorf("%d studies: %+v", studies, work)
		}
	}
}

// The score of a worked table, against the integral of the performance profile by the midpoint
// rule: of three problems a is first on two and 3 times as slow on the third; b misses one.
func TestAlgoPerfsScore(t *testing.T) {
	inf := math.Inf(1)
	times := [][]float64{{10, 15, 50}, {20, inf, 20}, {30, 10, inf}, {inf, inf, inf}}
	for _, factor := range []float64{2, 4, 8} {
		got := search.Score(times, factor)
		for m := range got {
			const steps = 30_000
			area := 0.0
			for k := range steps {
				tau := 1 + (factor-1)*(float64(k)+0.5)/steps
				for _, row := range times {
					fastest := min(row[0], row[1], row[2])
					if row[m] <= tau*fastest && !math.IsInf(row[m], 1) {
						area += 1.0 / steps / float64(len(times))
					}
				}
			}
			if math.Abs(got[m]-area) > 1e-4 {
				t.Errorf("τ = %v, method %d: score %v, by integration %v", factor, m, got[m], area)
			}
		}
	}
	// By hand for τ = 4: a (1 + 1 + 1/3)/4, b ((4 − 1.5)/3 + 1)/4.
	if got := search.Score(times, 4); math.Abs(got[0]-7.0/12) > 1e-12 || math.Abs(got[1]-11.0/24) > 1e-12 || math.Abs(got[2]-0.25) > 1e-12 {
		t.Errorf("scores %v", got)
	}
}

// A budget 5% smaller takes away what was reached in its last 5%, and the leader with it.
func TestScoreFlips(t *testing.T) {
	for _, at := range []int{60, 97} {
		s := search.New(plan(1))
		for i := range 2 {
			p := fmt.Sprint("p", i)
			s.Add(run(p, "a", 0, 0, 0, at))
			s.Add(run(p, "b", 0, 0, 0, 99*i))
		}
		score := s.Sensitive()
		flips := 0
		for _, v := range score.Variants {
			if v.Budget && v.Score[0] == 0 {
				flips++
			}
		}
		if (flips > 0) != (at == 97) {
			t.Errorf("reached at %d: %+v", at, score.Variants)
		}
	}
}

// Where two methods share the largest score neither leads, and none takes the lead elsewhere.
func TestSharedScoresHaveNoLeader(t *testing.T) {
	for _, shared := range []bool{true, false} {
		s := search.New(plan(1))
		for i := range 3 {
			p := fmt.Sprint("p", i)
			s.Add(run(p, "a", 0, 0, 0, []int{60, 0, 50}[i]))
			s.Add(run(p, "b", 0, 0, 0, []int{0, 60, map[bool]int{true: 50, false: 60}[shared]}[i]))
		}
		score := s.Sensitive()
		if changed := score.Changed(); (len(changed) == 0) != shared || !shared && (changed[0].Name != "without p0" || changed[0].Leader != "b" || score.Leader != "a") {
			t.Errorf("shared %v: %s leads, changed %+v", shared, score.Leader, changed)
		}
	}
}

// Notes say what was tuned in-sample and which spaces use facts, where that is so, and not elsewhere.
func TestNotes(t *testing.T) {
	s := search.New(plan(20))
	notes := strings.Join(s.Notes(), "\n")
	for text, want := range map[string]bool{"Tuned in-sample, as far as methods are not random, since neither start nor data vary: p.": true, "one setting for all problems": true,
		"bootstrap": true, "Privileged": false, "other seeds": false, "other divisions": false} {
		if strings.Contains(notes, text) != want {
			t.Errorf("%q: %v, want %v in\n%s", text, !want, want, notes)
		}
	}
	s = search.New(plan(3))
	s.Plan.Problems[0] = results.TunedProblem{Problem: "p", SameData: true}
	s.Plan.Methods[0].Space[0].Unit = "1/L"
	notes = strings.Join(s.Notes(), "\n")
	for text, want := range map[string]bool{"in-sample": false, "other seeds, but on the same data or function: p.": true, "bootstrap": false, "No intervals: 3 studies are too few": true, "Privileged, since the space is written in facts about the problem: a (1/L).": true} {
		if strings.Contains(notes, text) != want {
			t.Errorf("%q: %v, want %v in\n%s", text, !want, want, notes)
		}
	}
}

// What was tuned on other divisions of the data is said so, and not that the data are the same.
func TestNotesOnDivisions(t *testing.T) {
	s := search.New(plan(20))
	s.Plan.Problems[0] = results.TunedProblem{Problem: "p", OtherSplit: true}
	notes := strings.Join(s.Notes(), "\n")
	if !strings.Contains(notes, "Tuned on other divisions of the same samples into training and held-out ones: p.") || strings.Contains(notes, "in-sample") || strings.Contains(notes, "other seeds") {
		t.Error(notes)
	}
}

// Values in the outer 5% of the space, on its own scale, are at its edge.
func TestEdges(t *testing.T) {
	for lr, want := range map[float64]int{0.01: 0, 1.4e-4: 1, 0.9: 1, 0.5: 0} {
		s := search.New(plan(1))
		r := run("p", "a", 1, 1, 5, 10)
		r.Method.Parameters[0].Value = lr
		s.Add(r)
		if got := s.Settings(); len(got) != 1 || got[0].AtEdge != want || got[0].Median != lr {
			t.Errorf("lr %v: %+v", lr, got)
		}
	}
}

// A conditional parameter counts only where its condition holds: with nesterov in two of three studies, momentum is what these
// two drew. Without a condition all three count.
func TestConditionalSettings(t *testing.T) {
	for _, conditions := range [][]results.Condition{{{Parameter: "nesterov", Values: []string{"true"}}}, {{Parameter: "rule", Values: []string{"2", "{name: fast, c: 1}"}}}, nil} {
		s := search.New(plan(3))
		s.Plan.Methods[0].Space = []results.Coordinate{{Parameter: "momentum", Form: "uniform", Low: 0, High: 1, Conditions: conditions}}
		for study := 1; study <= 3; study++ {
			r := run("p", "a", study, 1, 5, 10)
			rule := []any{2.0, results.Component{Name: "fast"}, "slow"}[study-1]
			r.Method.Parameters = []results.Parameter{{Name: "momentum", Value: []float64{0.2, 0.4, 0.99}[study-1]}, {Name: "nesterov", Value: study < 3}, {Name: "rule", Value: rule}}
			s.Add(r)
		}
		want, median, edge := 2, 0.3, 0
		if conditions == nil {
			want, median, edge = 3, 0.4, 1
		}
		if got := s.Settings(); len(got) != 1 || got[0].Studies != want || math.Abs(got[0].Median-median) > 1e-12 || got[0].AtEdge != edge {
			t.Errorf("%v: %+v", conditions, got)
		}
	}
}

// A condition may be written as an expression: a number whose value it has, or a rate in units of a fact, whose value is
// another on each problem.
func TestConditionsWithExpressions(t *testing.T) {
	for _, c := range []struct {
		values []string
		want   int // of three studies, with lr = 0.01 as 1/100, 0.5 as 1/L, and 0.5 as a number
	}{
		{[]string{"1/100"}, 1}, {[]string{"1 / 100"}, 1}, {[]string{"1/L"}, 1}, {[]string{"1 / L"}, 1}, {[]string{"2/L"}, 0},
		{[]string{"1/2"}, 1}, {[]string{"0.5"}, 1}, {[]string{"1/100", "1/L", "2/4"}, 3}, {[]string{"1/0"}, 0}, {[]string{"fast"}, 0},
	} {
		s := search.New(plan(3))
		s.Plan.Methods[0].Space = []results.Coordinate{{Parameter: "momentum", Form: "uniform", Low: 0, High: 1, Conditions: []results.Condition{{Parameter: "lr", Values: c.values}}}}
		for study := 1; study <= 3; study++ {
			r := run("p", "a", study, 1, 5, 10)
			r.Method.Parameters = []results.Parameter{{Name: "momentum", Value: 0.5}, {Name: "lr", Value: []float64{0.01, 0.5, 0.5}[study-1]}}
			r.Written.Method = []map[string]string{{"lr": "1/100"}, {"lr": "1/L"}, nil}[study-1]
			s.Add(r)
		}
		if got := s.Settings(); len(got) != 1 || got[0].Studies != c.want {
			t.Errorf("when lr is %v: %+v; want %d studies", c.values, got, c.want)
		}
	}
}

// A space is described with its unit and its condition, whatever its form.
func TestDescribe(t *testing.T) {
	for want, c := range map[string]results.Coordinate{
		"loguniform 1e-4 to 1":                        {Form: "loguniform", Low: 1e-4, High: 1},
		"uniform 0 to 0.9 × 1/L, when nesterov: true": {Form: "uniform", High: 0.9, Unit: "1/L", When: "nesterov: true"},
		"choice of 8, 32":                             {Form: "choice", Choices: []string{"8", "32"}},
		"choice of 8, 32, when nesterov: true":        {Form: "choice", Choices: []string{"8", "32"}, When: "nesterov: true"},
	} {
		if got := search.Describe(&c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The slowdown is the work on the harder problem over that on its base, at every dose; a method
// that reached nothing on the base has none, one that reached nothing on the harder problem has a
// lower bound.
func TestMap(t *testing.T) {
	s := search.New(plan(1))
	s.Plan.Problems = []results.TunedProblem{{Problem: "p"}, {Problem: "q", Mode: "noise", Dose: 2, Base: "p"}, {Problem: "r", Mode: "noise", Dose: 1, Base: "p"}}
	for problem, works := range map[string][3]int{"p": {10, 20, 0}, "q": {40, 0, 50}, "r": {20, 20, 50}} {
		for i, evaluations := range works {
			s.Add(run(problem, string("abc"[i]), 0, 0, 0, evaluations))
		}
	}
	modes := s.Modes()
	if len(modes) != 1 || len(modes[0].Doses) != 2 || modes[0].Doses[0].Problem != "r" {
		t.Fatalf("modes %+v", modes)
	}
	for _, c := range []struct {
		method string
		dose   int
		want   float64
		lost   bool
	}{{"a", 0, 2, false}, {"a", 1, 4, false}, {"b", 0, 1, false}, {"b", 1, 5, true}, {"c", 0, math.NaN(), false}} {
		p := &modes[0].Doses[c.dose]
		got := s.Slowdown(c.method, p).Value
		if math.Abs(got-c.want) > 1e-9 || math.IsNaN(got) != math.IsNaN(c.want) || s.Lost(c.method, p) != c.lost {
			t.Errorf("%s at %v: %v, lost %v; want %v, %v", c.method, p.Dose, got, s.Lost(c.method, p), c.want, c.lost)
		}
	}
	if len(search.New(plan(1)).Modes()) != 0 {
		t.Error("a run that is no map has modes")
	}
}
