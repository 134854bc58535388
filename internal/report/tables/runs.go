package tables

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// RunTable has one row a run.
func RunTable(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "runs", Title: "Every run", Columns: columns("problem", "method", "repeat", "ended", "iterations", "evaluations", "final gap", "message"),
		Notes: append([]string{gapNote}, e.Minima()...)}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, c := range entry.Cells {
				t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Count(c.Repeat), table.Text(string(c.Status)),
					table.Count(c.Iterations), table.Count(int(c.Counts.Evaluations)), table.Number(c.Gap(p)), table.Text(c.Message)})
			}
		}
	}
	return t
}
