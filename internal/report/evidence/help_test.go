package evidence

import (
	"fmt"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// timed is a run of three iterations that took 1, 2 and 4 seconds and used two gradients
// in each.
func timed(t *testing.T) *Problem {
	return gather(t, synthetic.Draft{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{4, 2, 1}, Mend: func(r *results.Record) {
		r.Trace.Seconds, r.Trace.Gradients = results.Series{1, 2, 4}, []int64{2, 4, 6}
		r.Trace.Distance, r.Counts.Gradients, r.Seconds, r.Samples = results.Series{3, 2, 1}, 6, 5, 0
	}}).Problems[0]
}

var evaluations = Cost{Name: "evaluations", Label: "evaluations", Of: Evaluations.Of}

// race is a contest of methods whose costs to the one target are given: rows are
// problems, columns methods, 0 a run that gave up after `budget` evaluations.
func race(t *testing.T, budget int, costs ...[]int) *Contest {
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
	return gather(t, drafts...).NewContest()
}

func gather(t testing.TB, drafts ...synthetic.Draft) *Evidence {
	t.Helper()
	e, err := Gather([]*results.Run{synthetic.Write(t, drafts, "")})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// held are two runs of one method: the bound holds in one, with ratio 0.5, and fails in the
// other, with ratio 3.
func held(t *testing.T) *Evidence {
	e := gather(t,
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
