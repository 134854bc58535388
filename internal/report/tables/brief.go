package tables

import (
	"bytes"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// terminalRows bounds the table that is printed at the end of a run.
const terminalRows = 40

// Brief is the summary for the terminal, narrow: medians only, the problem and its
// target as headings; of a large run only the best settings of each method, with a note of
// what was left out. The files have everything.
func Brief(e *evidence.Evidence) string {
	byTheory := e.HeldAgainstTheory()
	brief := &table.Table{Title: "Runs by problem and method", Grouped: true,
		Columns: columns("problem", "method", "reached", "iter.", "evals", "gap", "ended"),
		Notes: []string{"Medians over the runs: iterations and evaluations to the target of the heading, the finest that at least half",
			"of the runs of some method reached, and the final gap. Quartiles are in summary.csv of the report."}}
	if byTheory {
		brief.Columns = append(brief.Columns, columns("ratio", "rate", "promised")...)
		brief.Notes = append(brief.Notes, "Ratio: the largest measured/bound over the theorems that apply. Rate: how the gap falls over its tail, and",
			"what a theorem promises.")
	}
	shown := shown(e)
	rows := 0
	for _, p := range e.Problems {
		goal, known := p.FinestGoal()
		for _, entry := range p.Entries {
			rows++
			if shown[entry] {
				brief.Rows = append(brief.Rows, briefRow(entry, goal, known, byTheory))
			}
		}
		if p.BestSeen {
			brief.Notes = append(brief.Notes, p.Label+": "+p.Minimum()+".")
		}
	}
	if left := rows - len(brief.Rows); left > 0 {
		brief.Notes = append([]string{fmt.Sprintf("%d more rows (other learning rates and settings) are in summary.csv of the report.", left)}, brief.Notes...)
	}
	var b bytes.Buffer
	if err := table.Write(&b, table.TextFormat, brief); err != nil {
		return err.Error() // a buffer does not fail
	}
	b.WriteByte('\n')
	for _, sentence := range e.Headline() {
		b.WriteString(text.Terminal(sentence) + "\n")
	}
	for _, w := range e.Warnings {
		b.WriteString("warning: " + text.Terminal(string(w)) + "\n")
	}
	return b.String()
}

// briefRow is the row of the terminal.
func briefRow(e *evidence.Entry, goal evidence.Goal, known, byTheory bool) []table.Cell {
	heading, reached, iterations, evaluations := e.Problem.Label, table.Share{}, math.NaN(), math.NaN()
	if known {
		heading += ", " + goal.Text()
		reached, iterations, evaluations = e.Success(goal), evidence.Median(e.ToReach(goal, evidence.Iterations)), evidence.Median(e.ToReach(goal, evidence.Evaluations))
	}
	ended := e.Ended()
	if at := e.CriticalPoints(evidence.GlobalMinimum); at != "" {
		ended += " at " + at
	}
	row := []table.Cell{table.Text(heading), table.Text(e.Label), reached, table.Number(iterations), table.Number(evaluations),
		table.Number(evidence.Median(e.FinalGaps())), table.Text(ended)}
	if byTheory {
		held := theoryCells(e)
		row = append(row, held[0], held[2], held[3])
	}
	return row
}

// shown are the entries that fit on a terminal: all, or the best of each family on the
// first problems.
func shown(e *evidence.Evidence) map[*evidence.Entry]bool {
	shown := map[*evidence.Entry]bool{}
	total := e.Size()
	for _, p := range e.Problems {
		entries := p.Entries
		if total > terminalRows {
			room := max(3, terminalRows/len(e.Problems))
			entries, _ = p.Leaders(room)
			if len(shown)+len(entries) > terminalRows {
				break
			}
		}
		for _, entry := range entries {
			shown[entry] = true
		}
	}
	return shown
}
