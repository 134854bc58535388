package tables

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Orders is the table of how fast the runs fell: the law that they follow at their end, over
// which iterations, and the law of the least bound that a theorem promises for the same.
func Orders(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "orders", Title: "Fitted rates and orders of convergence",
		Columns: columns("problem", "method", "runs", "measured", "iterations", "promised", "by"),
		Notes: []string{"Measured: the gap falls by this factor an iteration (×), as this power of the iteration number k, or superlinearly with this order: the next gap goes like that power of the last. ‖∇f‖: of the gradient norm, since f* is unknown. It is fitted to what the run showed while it went on, whatever the trace, and claimed where the local rate is the same all over those iterations; a run without a claim is not listed.",
			"Of one run the number has an interval of 95 %, wider by how far it may change over the iterations, and an order the range over the last steps; of several, the numbers are medians [quartiles] over those that follow the same law, which at least half of the runs do.",
			"Promised: the law of the bound that a theorem has from the start alone, on the gap or else on the squared distance, which bounds a smooth gap, up to the same iteration. The bound limits how large the gap is and not how fast it falls: a run far below its bound may fall more slowly."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			fitted, runs := entry.Fitted()
			if runs == 0 {
				continue
			}
			promised, by := entry.PromisedLaw()
			t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Share{Part: runs, Of: len(entry.Ran())},
				table.Text(fitted.Text(evidence.IntervalText)), table.Text(fmt.Sprintf("%d–%d", fitted.From, fitted.To)), table.Text(promised.Text(evidence.IntervalText)), table.Text(by)})
		}
	}
	return t
}
