package tables

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Orders is the table of how fast the gaps fell: the law fitted to the tail of the runs,
// the local order of convergence, and the same law fitted to the least bound that a
// theorem promises for them.
func Orders(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "orders", Title: "Fitted rates and orders of convergence",
		Columns: columns("problem", "method", "runs", "measured", "order", "promised", "by"),
		Notes: []string{"Measured: the gap falls by this factor an iteration (×), or as this power of the iteration number k, over its tail. Order: q where the next gap goes like the q-th power of the last.",
			"Of one run the factor has an interval of 95 %, and the order its range over the last steps; of several, the numbers are medians [quartiles] over those that follow the same law, which is that of the most runs.",
			"Promised: the same fit to the bound that a theorem has from the start alone, on the gap or else on the squared distance, which a smooth gap follows. On a given problem a method may be faster than promised, never slower."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			fitted, runs := entry.Fitted()
			if runs == 0 {
				continue
			}
			promised, by := entry.PromisedLaw()
			t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Share{Part: runs, Of: len(entry.Ran())},
				table.Text(fitted.Text(evidence.IntervalText)), table.Text(evidence.IntervalText(fitted.Order)), table.Text(promised.Text(evidence.IntervalText)), table.Text(by)})
		}
	}
	return t
}
