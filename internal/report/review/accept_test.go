package review

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// accepting lets the suite accept a finding.
func accepting(finding string) func(*results.Manifest) {
	return func(m *results.Manifest) {
		m.Accept = []results.Acceptance{{Finding: finding, Because: "that is what it shows."}}
	}
}

func TestAcceptedFindings(t *testing.T) {
	text := review(t, accepting(results.RankByTarget), fair(twoAccuracies(false))...)
	for _, want := range []string{"stated ranking: to relative gap ≤ 0.1 ma is first, to relative gap ≤ 0.01 it is mb.", "The suite says: that is what it shows."} {
		if !strings.Contains(text, want) {
			t.Errorf("expected %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "MAJOR  ranking: to") || strings.Contains(text, "accept: [") {
		t.Errorf("an accepted finding is major, or is to be accepted once more:\n%s", text)
	}
	if text := review(t, nil, fair(twoAccuracies(false))...); strings.Contains(text, "stated") || !strings.Contains(text, "`accept: [{finding: rank-by-target, because: …}]`") {
		t.Errorf("nothing is accepted, and how to do so is not said:\n%s", text)
	}
	if text := review(t, accepting(results.OneStart), fair(twoAccuracies(false))...); !strings.Contains(text, "MAJOR  ranking: to") {
		t.Errorf("one acceptance excuses another finding:\n%s", text)
	}
}

func TestAcceptedButNotShown(t *testing.T) {
	outlived := "minor  suite: the suite accepts one-start, which this run does not show."
	if text := review(t, accepting(results.OneStart), fair(nil)...); !strings.Contains(text, outlived) {
		t.Errorf("expected %q in\n%s", outlived, text)
	}
	for name, mend := range map[string]func(*results.Manifest){
		"a part":   func(m *results.Manifest) { m.Only = []string{"lr=1"} },
		"a shard":  func(m *results.Manifest) { m.Shard = &results.Shard{Index: 1, Of: 4} },
		"a change": func(m *results.Manifest) { m.Overrides = []string{"repeats=3"} },
	} {
		both := func(m *results.Manifest) { accepting(results.OneStart)(m); mend(m) }
		if text := review(t, both, fair(nil)...); strings.Contains(text, "suite:") {
			t.Errorf("%s of a suite need not show all of it:\n%s", name, text)
		}
	}
}

// Where each target is met within what every run was allowed, unequal budgets decide nothing.
func TestUnequalBudgetThatDecidesNothing(t *testing.T) {
	early := func(d *synthetic.Draft) {
		d.Status = results.Budget
		n := 10
		if d.Method == "ma" {
			n = 100
		}
		d.Gaps = append(synthetic.Halving(0.3, 5), make([]float64, n)...) // 0.1 after 2 iterations
		for k := 5; k < len(d.Gaps); k++ {
			d.Gaps[k] = d.Gaps[k-1]
		}
		d.Targets = []float64{0.1, 1e-9} // no run meets the second
	}
	text := review(t, nil, fair(early)...)
	if !strings.Contains(text, "minor  budget: the budget stops methods at different amounts") || strings.Contains(text, "MAJOR  budget") {
		t.Errorf("expected a minor finding in\n%s", text)
	}
	if text := review(t, nil, fair(func(d *synthetic.Draft) { early(d); d.Targets = nil })...); !strings.Contains(text, "MAJOR  budget") {
		t.Errorf("without targets final values are all there is:\n%s", text)
	}
}
