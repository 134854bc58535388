package tables

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// Summary has one row for each problem and method: how the runs ended, and what the
// finest target that any method reached has cost.
func Summary(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "summary", Title: "Runs by problem and method", Columns: columns(
		"problem", "method", "runs", "converged", "target", "reached", "iterations", "evaluations", "epochs", "final gap", "ended", "at"),
		Notes: []string{
			"Cost to the target and final gap: median [quartiles] over the runs; a run that did not reach it counts as infinite (∞).",
			gapNote,
			"The target is the finest that at least half of the runs of some method reached on this problem; converged means that the stop was met, which a saddle meets too (at: the critical point where the runs ended).",
		}}
	byTheory := e.HeldAgainstTheory()
	if byTheory {
		t.Columns = append(t.Columns, columns("worst ratio", "theorem", "rate", "promised")...)
		t.Notes = append(t.Notes, "Worst ratio: the largest measured/bound over the theorems that apply, and that theorem: near 1 it is as slow as the theorem allows, above 1 refuted. Rate: how the gap falls at the end (‖∇f‖: the gradient norm, since f* is unknown), by a factor an iteration (×), as a power of the iteration number k, or with an order of convergence, and the same of what a theorem promises; –: the runs follow no such law.")
	}
	var checks evidence.Checks
	for _, p := range e.Problems {
		goal, known := p.FinestGoal()
		if known {
			checks.Add(p, goal)
		}
		for _, entry := range p.Entries {
			row := summaryRow(entry, goal, known)
			if byTheory {
				row = append(row, theoryCells(entry)...)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Notes = slices.Concat(t.Notes, checks.Notes(), e.Minima())
	return t
}

// gapNote says what a final gap is; e.Minima() names the problems whose f* is unknown.
const gapNote = "Final gap: f − f*, not divided by that of the start as relative targets are; where f* is unknown, above the best value seen."

// theoryCells are what theory says of the runs beside what was measured.
func theoryCells(e *evidence.Entry) []table.Cell {
	ratio, name := math.NaN(), "–"
	if worst := e.Worst(); worst != nil {
		ratio, name = worst.Ratio, worst.Name
	}
	rate, _ := e.Fitted()
	promised, _ := e.PromisedLaw()
	return []table.Cell{table.Number(ratio), table.Text(name), rate, promised}
}

func summaryRow(e *evidence.Entry, goal evidence.Goal, known bool) []table.Cell {
	ran := e.Ran()
	converged := 0
	for _, c := range ran {
		if c.Status == results.Converged {
			converged++
		}
	}
	row := []table.Cell{table.Text(e.Problem.Label), table.Text(e.Label), table.Count(len(ran)), table.Share{Part: converged, Of: len(ran)}}
	if known {
		row = append(row, table.Text(goal.Text()), e.Success(goal))
	} else {
		row = append(row, table.Text("–"), table.Share{})
	}
	for _, cost := range []evidence.Cost{evidence.Iterations, evidence.Evaluations, evidence.Epochs} {
		q := table.Quartiles{Median: math.NaN(), Q1: math.NaN(), Q3: math.NaN()}
		if known {
			q = evidence.Quartiles(e.ToReach(goal, cost))
		}
		row = append(row, q)
	}
	return append(row, evidence.Quartiles(e.FinalGaps()), table.Text(e.Ended()), table.Text(e.CriticalPoints()))
}
