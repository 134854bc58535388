package tables

import (
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
	if c, goal, ok := e.Finest(); ok && len(e.Problems) > 1 {
		tables = append(tables, Ranking(e, c, goal, e.Work()), Comparison(e, c, goal, e.Work()), Settings(e, c, goal, e.Work()), Standings(c, goal, e.Work()), Paired(e, c, goal, e.Work()))
	}
	tables = append(tables, OfTuning(e)...)
	return slices.DeleteFunc(tables, func(t *table.Table) bool { return len(t.Rows) == 0 && t.Name != "summary" })
}
