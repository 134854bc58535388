package tables

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Theorems is the table of runs compared with theory: for each problem, method and
// theorem the verdict, and the worst ratio of measured to promised.
func Theorems(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "theorems", Title: "Runs compared with theorems",
		Columns: columns("problem", "method", "theorem", "verdict", "held", "worst measured/bound", "±", "iteration", "tight", "source"),
		Notes: []string{"Held: runs in which no trace point lay above the bound, of those where the theorem could be measured. A ratio near 1 where the bound is tight is what theory predicts.",
			"A theorem in expectation speaks of the mean over repeats: refuted where that lies above the bound by more than its interval (±, four standard errors), not refuted elsewhere, which proves nothing."}}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, j := range entry.Judgements() {
				t.Rows = append(t.Rows, append([]table.Cell{table.Text(p.Label), table.Text(entry.Label)}, row(&j)...))
			}
		}
	}
	return t
}

func row(j *evidence.Judgement) []table.Cell {
	width := math.NaN()
	if j.InExpectation {
		width = j.Interval
	}
	tight := "no"
	if j.Tight {
		tight = "yes"
	}
	return []table.Cell{table.Text(j.Name), table.Text(string(j.Outcome)), j.Held, table.Number(j.Ratio), table.Number(width),
		table.Count(j.Iteration), table.Text(tight), table.Text(j.Source)}
}
