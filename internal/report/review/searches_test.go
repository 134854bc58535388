package review

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/results"
)

// plan has two methods that are tuned alike.
func plan() *results.Tuning {
	space := func() []results.Coordinate {
		return []results.Coordinate{{Parameter: "lr", Form: "loguniform", Low: 1e-4, High: 1}}
	}
	return &results.Tuning{Trials: 5, Studies: 20, Sampler: "halton", Scope: "problem", After: []int{5}, Targets: []results.Number{0.1}, Cost: "evaluations",
		Methods: []results.TunedMethod{{Method: "a", Name: "one", Space: space()}, {Method: "b", Name: "two", Space: space()}}}
}

// tuned is a run of at most 100 evaluations with the settings of a study, that reaches the target after so many.
func tuned(problem, method string, study, evaluations int, lr float64) *results.Record {
	r := &results.Record{Status: results.Budget, Minimum: &results.Minimum{}, Final: &results.Final{Gap: 0.5},
		Method:  results.Component{Name: method, Parameters: []results.Parameter{{Name: "lr", Value: lr}}},
		Targets: []results.Target{{Target: 0.1, Iteration: &evaluations}},
		Tuned:   &results.Tuned{Method: method, Problem: problem, Study: study, Trial: 1, After: 5, Budget: 100}}
	r.Counts.Evaluations, r.Targets[0].Evaluations = 100, int64(evaluations)
	return r
}

// Each finding about tuning appears where its cause is, and only there: spaces that are not alike, choices at their edges, few
// studies, a leader that changes with 5% of the budget.
func TestSearches(t *testing.T) {
	names := []string{results.UnequalSpaces, results.EdgeOfSpace, results.FewStudies, results.ScoreFlips}
	lr := func(low, high results.Number, unit string) []results.Coordinate {
		return []results.Coordinate{{Parameter: "lr", Form: "loguniform", Low: low, High: high, Unit: unit}}
	}
	for name, c := range map[string]struct {
		change func(*results.Tuning)
		lr     float64
		slow   int // evaluations of b; a needs 40, and b is faster on one problem of two
		want   string
		major  bool
		words  string
	}{
		"fair":           {nil, 0.01, 60, "", false, ""},
		"a little wider": {func(p *results.Tuning) { p.Methods[1].Space = lr(1e-4, 4, "") }, 0.01, 60, "", false, ""},
		"twice as wide":  {func(p *results.Tuning) { p.Methods[1].Space = lr(1e-8, 1, "") }, 0.01, 60, results.UnequalSpaces, false, "learning rates were drawn from 8 decades for b and from 4 for a"},
		"one knows L":    {func(p *results.Tuning) { p.Methods[1].Space = lr(1e-4, 1, "1/L") }, 0.01, 60, results.UnequalSpaces, true, "the spaces of some methods only are written in facts about the problem, such as 1/L: b."},
		"both know L": {func(p *results.Tuning) {
			p.Methods[0].Space, p.Methods[1].Space = lr(1e-4, 1, "1/L"), lr(1e-4, 1, "1/L")
		}, 0.01, 60, "", false, ""},
		"one method, two":     {func(p *results.Tuning) { p.Methods[1].Name, p.Methods[1].Space = "one", lr(1e-3, 10, "") }, 0.01, 60, results.UnequalSpaces, true, "one method was tuned in different spaces: a and b."},
		"one method, alike":   {func(p *results.Tuning) { p.Methods[1].Name = "one" }, 0.01, 60, "", false, ""},
		"at the edge":         {nil, 0.9, 60, results.EdgeOfSpace, true, "what was chosen lies at the edge of the space: lr of a (p) in 20 of 20 studies"},
		"four studies":        {func(p *results.Tuning) { p.Studies = 4 }, 0.01, 60, results.FewStudies, true, "methods were tuned in 4 studies"},
		"nineteen studies":    {func(p *results.Tuning) { p.Studies = 19 }, 0.01, 60, results.FewStudies, false, "methods were tuned in 19 studies"},
		"in the last percent": {nil, 0.01, 97, results.ScoreFlips, true, "the leader of AlgoPerf's score depends on its τ, the budget or the problems: "},
	} {
		p := plan()
		if c.change != nil {
			c.change(p)
		}
		s := search.New(p)
		for study := 1; study <= p.Studies; study++ {
			for _, problem := range []string{"p", "q"} {
				a, b := 40, c.slow
				if c.slow == 97 { // b leads, by what it reaches last: a misses q
					a, b = map[string]int{"p": 90, "q": 100}[problem], map[string]int{"p": 97, "q": 97}[problem]
				}
				one, two := tuned(problem, "a", study, a, c.lr), tuned(problem, "b", study, b, c.lr)
				if a == 100 {
					one.Targets[0].Iteration = nil
				}
				for _, r := range []*results.Record{one, two} {
					s.Add(r)
					if study == 1 {
						written := *r
						written.Tuned = &results.Tuned{Method: r.Tuned.Method, Problem: problem, Budget: 100}
						s.Add(&written)
					}
				}
			}
		}
		r := &referee{}
		r.searched(s)
		var found []string
		for _, f := range r.findings {
			found = append(found, f.Name+": "+f.What)
			if f.Name == c.want && (f.Major != c.major || !strings.Contains(f.What, c.words)) {
				t.Errorf("%s: major %v: %s", name, f.Major, f.What)
			}
		}
		for _, finding := range names {
			if is := slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, finding+": ") }); is != (finding == c.want) {
				t.Errorf("%s: %s is found: %v: %q", name, finding, is, found)
			}
		}
	}
}
