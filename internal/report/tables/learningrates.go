package tables

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// BestRates is the table of the best learning rate of each method on each problem: chosen
// on the even repeats, reported on the odd ones, with the width of the range in which the
// work is within a factor two of the best.
func BestRates(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "learning-rates", Title: "Best learning rate of each method",
		Columns: columns("problem", "method", "best rate", "as written", "final gap", "tried", "good range", "edge"),
		Notes: []string{
			"The rate is chosen on the even repeats (least mean log work over all targets) and the gap reported on the odd ones; where there is one run, on that. The best rate of all repeats, from which the range and the edge are found, can be another.",
			"Good range: decades of learning rate around the best of all repeats within which the mean log work is at most that of twice its work (without targets: twice its median final gap). Edge: by all repeats, the smallest or largest rate that was tried is better than all others; –: of fewer than three rates the best always is.",
			gapNote,
		}}
	for _, p := range e.Problems {
		for _, entries := range p.RateGrids(2) {
			best, halved := p.BestOfHalf(entries)
			shown := *best
			if halved {
				shown.Cells = nil
				for _, c := range best.Cells {
					if c.Repeat%2 == 1 || c.Deterministic {
						shown.Cells = append(shown.Cells, c)
					}
				}
			}
			edge := "–"
			if len(entries) >= evidence.FewestRates {
				edge = edges[p.AtEdge(entries)]
			}
			t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(best.Group), table.Number(best.Rate), table.Text(best.Written),
				evidence.Quartiles(shown.FinalGaps()), table.Count(len(entries)), table.Number(goodRange(p, entries)), table.Text(edge)})
		}
	}
	t.Notes = append(t.Notes, e.Minima()...)
	return t
}

// edges are the words for where the best rate lies.
var edges = map[int]string{-1: "lowest", 0: "no", 1: "highest"}

// goodRange is the width, in decades, of the run of neighbouring rates around the best that are
// within a factor two of it; 0 where only the best is that good, NaN where nothing distinguishes
// the rates.
func goodRange(p *evidence.Problem, entries []*evidence.Entry) float64 {
	first, last, ok := p.WithinTwice(entries)
	if !ok {
		return math.NaN()
	}
	return elementary.Log10(entries[last].Rate / entries[first].Rate)
}
