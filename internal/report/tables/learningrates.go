package tables

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// BestRates is the table of the best learning rate of each method on each problem: chosen
// on the even repeats, reported on the odd ones, with the width of the range in which the
// final gap is within a factor two of the best.
func BestRates(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "learning-rates", Title: "Best learning rate of each method",
		Columns: columns("problem", "method", "best rate", "as written", "final gap", "tried", "good range", "edge"),
		Notes: []string{
			"The rate is chosen on the even repeats (least mean log work over all targets) and the gap reported on the odd ones; where there is one run, on that.",
			"Good range: decades of learning rate around the best within which the median final gap is at most twice the best. Edge: the best is the first or last that was tried.",
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
			edge := "no"
			switch best {
			case entries[0]:
				edge = "lowest"
			case entries[len(entries)-1]:
				edge = "highest"
			}
			t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(best.Group), table.Number(best.Rate), table.Text(best.Written),
				evidence.Quartiles(shown.FinalGaps()), table.Count(len(entries)), table.Number(goodRange(entries)), table.Text(edge)})
		}
	}
	return t
}

// goodRange is the width, in decades, of the run of neighbouring rates around the best
// whose median final gap is at most twice the best; 0 where only the best is that good.
func goodRange(entries []*evidence.Entry) float64 {
	gaps := make([]float64, len(entries))
	best := 0
	for i, entry := range entries {
		gaps[i] = evidence.Median(entry.FinalGaps())
		if gaps[i] < gaps[best] {
			best = i
		}
	}
	limit := 2 * math.Max(gaps[best], entries[0].Problem.Axis(evidence.Gap).Floor)
	low, high := best, best
	for low > 0 && gaps[low-1] <= limit {
		low--
	}
	for high+1 < len(gaps) && gaps[high+1] <= limit {
		high++
	}
	return elementary.Log10(entries[high].Rate / entries[low].Rate)
}
