package tables

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

func columns(names ...string) []table.Column {
	out := make([]table.Column, len(names))
	for i, name := range names {
		out[i].Name = name
	}
	return out
}

// Of are all tables that have rows.
func Of(e *evidence.Evidence) []*table.Table {
	tables := []*table.Table{Cheapest(e), Summary(e), TargetTable(e), RunningTimes(e), BestRates(e), Theorems(e), Orders(e)}
	if c := e.NewContest(math.MaxInt); len(e.Problems) > 1 {
		if goal, ok := c.Finest(); ok {
			tables = append(tables, Ranking(c, goal, e.Work()))
			of := e.NewContest(evidence.CurveRoom)
			tables = append(tables, Comparison(e, of, goal, e.Work()), Standings(of, goal, e.Work()), Paired(e, of, goal, e.Work()))
		}
	}
	tables = append(tables, OfTuning(e)...)
	return slices.DeleteFunc(tables, func(t *table.Table) bool { return len(t.Rows) == 0 && t.Name != "summary" })
}
