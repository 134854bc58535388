// Package evidencetest makes evidence with a known content, for tests of figures, tables and
// pages.
package evidencetest

import (
	"fmt"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// Gather is the evidence of drafts.
func Gather(t testing.TB, drafts ...synthetic.Draft) *evidence.Evidence {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{synthetic.Write(t, drafts, "")})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Race is a contest of methods whose costs to the one target are given: rows are
// problems, columns methods, 0 a run that gave up after `budget` evaluations.
func Race(t testing.TB, budget int, costs ...[]int) *evidence.Contest {
	t.Helper()
	var drafts []synthetic.Draft
	for p, row := range costs {
		for m, cost := range row {
			d := synthetic.Draft{Problem: fmt.Sprint("p", p), Method: fmt.Sprint("m", m), Targets: []float64{0.5}, Status: results.Converged}
			for range cost - 1 {
				d.Gaps = append(d.Gaps, 1)
			}
			d.Gaps = append(d.Gaps, 0.1)
			if cost == 0 {
				d.Gaps, d.Status = nil, results.Budget
				for range budget {
					d.Gaps = append(d.Gaps, 1)
				}
			}
			if cost == 1 {
				t.Fatal("one evaluation is the start")
			}
			drafts = append(drafts, d)
		}
	}
	return Gather(t, drafts...).NewContest()
}

// Held are two runs of one method: the bound holds in one, with ratio 0.5, and fails in the
// other, with ratio 3.
func Held(t testing.TB) *evidence.Evidence {
	e := Gather(t,
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 0, Status: results.Budget, Gaps: []float64{4, 2, 1}},
		synthetic.Draft{Problem: "p", Method: "m", Repeat: 1, Status: results.Budget, Gaps: []float64{4, 2, 1}})
	cells := e.Problems[0].Entries[0].Cells
	theorem := results.Theorem{Name: "halving", Source: "a book", Tight: true, Outcome: "holds", Ratio: 0.5, Compared: 2, Quantity: "gap",
		Iteration: []int64{1, 2}, Bound: results.Series{4, 2}, Ratios: results.Series{0.5, 0.5}}
	weaker := theorem
	weaker.Name, weaker.Ratio, weaker.Bound = "weaker", 0.1, results.Series{40, 20}
	cells[0].Theorems = []results.Theorem{weaker, theorem}
	theorem.Outcome, theorem.Ratio, theorem.At = "violated", 3, 2
	theorem.Bound, theorem.Ratios = results.Series{8, 6}, results.Series{synthetic.NaN, 3}
	cells[1].Theorems = []results.Theorem{theorem}
	return e
}

// Bowl is ½‖x‖² in n variables.
func Bowl(n int) *evidence.Landscape {
	return &evidence.Landscape{Dim: n, Evaluate: func(x, gradient []float64) float64 {
		var f float64
		for i, v := range x {
			f += 0.5 * v * v
			if gradient != nil {
				gradient[i] = v
			}
		}
		return f
	}}
}

// Cell is the text of a cell of a table.
func Cell(t testing.TB, tab *table.Table, row int, column string) string {
	t.Helper()
	for i, c := range tab.Columns {
		if c.Name == column {
			return tab.Rows[row][i].Read()
		}
	}
	t.Fatalf("no column %q", column)
	return ""
}
