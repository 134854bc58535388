package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/report/figure"
	"github.com/gdbench/gdbench/results"
)

// Two runs of one method: the bound holds in one, with ratio 0.5, and fails in the other,
// with ratio 3.
func TestTheory(t *testing.T) {
	e := gather(t,
		draft{problem: "p", method: "m", repeat: 0, status: results.Budget, gaps: []float64{4, 2, 1}},
		draft{problem: "p", method: "m", repeat: 1, status: results.Budget, gaps: []float64{4, 2, 1}})
	cells := e.Problems[0].Entries[0].Cells
	theorem := results.Theorem{Name: "halving", Source: "a book", Tight: true, Outcome: "holds", Ratio: 0.5, Compared: 3, Quantity: "gap",
		Iteration: []int64{0, 1, 2}, Bound: results.Series{8, 4, 2}}
	expected := theorem
	expected.Name, expected.InExpectation = "on average", true
	cells[0].Theorems = []results.Theorem{theorem, expected}
	theorem.Outcome, theorem.Ratio = "violated", 3
	cells[1].Theorems = []results.Theorem{theorem}

	f := e.Problems[0].Theory()
	if len(f.Series) < 2 || f.Series[1].Kind != figure.Line || f.Series[1].Dash == 0 || !slices.Equal(f.Series[1].Y, []float64{8, 4, 2}) {
		t.Errorf("the bound is not drawn: %v", f.Series)
	}
	if ratio := e.Problems[0].TheoryRatio(); !slices.Equal(ratio.Series[0].Y, []float64{0.5, 0.5, 0.5}) || ratio.Rules[0].At != 1 {
		t.Errorf("measured over promised: %v; expected 4/8, 2/4, 1/2 and a line at 1", ratio.Series)
	}
	table := e.Theorems()
	if len(table.Rows) != 1 {
		t.Fatalf("%d rows; a theorem in expectation is not judged by runs", len(table.Rows))
	}
	for column, want := range map[string]string{"theorem": "halving", "held": "1/2", "worst measured/bound": "3", "tight": "yes"} {
		if got := cell(t, table, 0, column); got != want {
			t.Errorf("%s is %s; expected %s", column, got, want)
		}
	}
	e.refuted()
	if last := string(e.Warnings[len(e.Warnings)-1]); !strings.Contains(last, "a theorem did not hold: halving") {
		t.Errorf("the last warning is %q", last)
	}
}
