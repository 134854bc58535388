package evidence

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/results"
)

// tunedEvidence is that of two methods with one study, whose work as written and after tuning is
// given by problem: {a, b} before and after.
func tunedEvidence(heldOut bool, works ...[4]int) *Evidence {
	s := search.New(&results.Tuning{Trials: 5, Studies: 1, Sampler: "random", Scope: "leave-one-out", After: []int{5}, Targets: []results.Number{0.1}, Cost: "evaluations"})
	for i, w := range works {
		p := fmt.Sprint("p", i)
		s.Plan.Problems = append(s.Plan.Problems, results.TunedProblem{Problem: p, HeldOut: heldOut && i == len(works)-1})
		for k, evaluations := range w {
			r := &results.Record{Status: results.Budget, Minimum: &results.Minimum{}, Targets: []results.Target{{Target: 0.1}},
				Tuned: &results.Tuned{Method: string("ab"[k%2]), Problem: p, Budget: 100}}
			if k >= 2 {
				r.Tuned.Study, r.Tuned.Trial, r.Tuned.After = 1, 2, 5
			}
			r.Targets[0].Iteration, r.Targets[0].Evaluations = &evaluations, int64(evaluations)
			r.Counts.Evaluations = 100
			s.Add(r)
		}
	}
	return &Evidence{Runs: []*results.Run{{}}, Searches: []*search.Search{s}}
}

func TestTunedSentences(t *testing.T) {
	for _, c := range []struct {
		name      string
		of        *Evidence
		has, lack []string
	}{
		{"nothing is tuned", &Evidence{Runs: []*results.Run{{}}}, nil, []string{"Tun"}},
		{"the leader changes", tunedEvidence(false, [4]int{10, 20, 10, 5}, [4]int{10, 20, 10, 5}),
			[]string{"Tuned in 1 study of 5 trials each (independent draws), which choose settings for each problem by the trials on all others.", "Tuning changes the method with the best mean rank over 2 problems: a as written (1), b after 5 trials (1)."}, []string{"does not change", "held out", "depends"}},
		{"the leader stays", tunedEvidence(false, [4]int{10, 20, 5, 20}, [4]int{10, 20, 5, 20}), []string{"Tuning does not change the method with the best mean rank over 2 problems: a"}, []string{"Tuning changes"}},
		{"two leaders", tunedEvidence(false, [4]int{10, 20, 5, 20}, [4]int{20, 10, 20, 5}), nil, []string{"best mean rank"}},
		{"one problem", tunedEvidence(false, [4]int{10, 20, 10, 5}), nil, []string{"best mean rank"}},
		{"held out", tunedEvidence(true, [4]int{80, 80, 20, 20}, [4]int{80, 80, 20, 20}, [4]int{40, 40, 20, 20}),
			[]string{"Tuning divides the work by 4 on the problems that it was done on, and by 2 on those that were held out"}, nil},
		{"a score that depends on the budget", tunedEvidence(false, [4]int{9, 9, 50, 65}, [4]int{9, 9, 98, 80}),
			[]string{"AlgoPerf's score depends on its settings: a leads, and b at 95% of the budget."}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			said := strings.Join(c.of.Tuned(), "\n")
			for _, text := range c.has {
				if !strings.Contains(said, text) {
					t.Errorf("not said: %s\nsaid: %s", text, said)
				}
			}
			for _, text := range c.lack {
				if strings.Contains(said, text) {
					t.Errorf("said, and should not be: %s\nsaid: %s", text, said)
				}
			}
		})
	}
}
