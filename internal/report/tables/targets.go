package tables

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// TargetTable has one row for each problem, method and target: the share of runs that
// reached it, and every cost of doing so.
func TargetTable(e *evidence.Evidence) *table.Table {
	costs := []evidence.Cost{evidence.Iterations, evidence.Evaluations, evidence.Gradients, evidence.Samples, evidence.Epochs}
	names := []string{"problem", "method", "target", "reached"}
	for _, cost := range costs {
		names = append(names, cost.Name)
	}
	t := &table.Table{Name: "targets", Title: "Cost to each target", Columns: columns(names...),
		Notes: []string{"Median [quartiles] over the runs; a run that did not reach the target counts as infinite (∞)."}}
	var checks evidence.Checks
	for _, p := range e.Problems {
		checks.Add(p, p.Goals()...)
		for _, goal := range p.Goals() {
			for _, entry := range p.Entries {
				row := []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Text(goal.Text()), entry.Success(goal)}
				for _, cost := range costs {
					row = append(row, evidence.Quartiles(entry.ToReach(goal, cost)))
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	t.Notes = append(t.Notes, checks.Notes()...)
	return t
}
