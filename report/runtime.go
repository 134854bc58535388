package report

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
)

// RunningTimes is the table of expected running times: for each problem, method and
// target the share of successes first, then what it costs to restart until success, with
// a 95% bootstrap interval. It has the entries whose runs differ by chance only:
// restarting a deterministic run means nothing.
func (e *Evidence) RunningTimes() *table.Table {
	t := &table.Table{Name: "running-times", Title: "Expected running time",
		Columns: columns("problem", "method", "target", "reached", "ERT in evaluations", "ERT in epochs"),
		Notes: []string{
			"ERT: evaluations of all runs, up to the target or the end, over the number of successes; what restarting until success costs on average.",
			"In brackets: 95% percentile bootstrap interval over the repeats (2000 resamples). Deterministic cells are left out.",
		}}
	room := math.MaxInt
	if e.entries() > fullEntries {
		room = curveRoom
		t.Notes = append(t.Notes, "A large run: only the best settings of each problem are listed.")
	}
	for _, p := range e.Problems {
		entries, _ := p.Leaders(room)
		for _, g := range p.Goals() {
			for _, entry := range entries {
				if ran := entry.Ran(); len(ran) < 2 || ran[0].Deterministic {
					continue
				}
				if entry.success(g).Part == 0 {
					continue
				}
				t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Text(g.Text()), entry.success(g),
					entry.ert(g, Evaluations), entry.ert(g, Epochs)})
			}
		}
	}
	return t
}

func (e *Entry) ert(g Goal, cost Cost) table.Interval {
	var costs []float64
	var success []bool
	for _, c := range e.Ran() {
		spent := c.ToReach(g, cost)
		hit := !math.IsInf(spent, 1)
		if !hit {
			spent = cost.total(c, e.Problem)
		}
		costs, success = append(costs, spent), append(success, hit)
	}
	i := statistics.Bootstrap{}.ERT(costs, success)
	return table.Interval{Estimate: statistics.ERT(costs, success), Low: i.Low, High: i.High}
}

// BestRates is the table of the best learning rate of each method on each problem: chosen
// on the even repeats, reported on the odd ones, with the width of the range in which the
// final gap is within a factor two of the best.
func (e *Evidence) BestRates() *table.Table {
	t := &table.Table{Name: "learning-rates", Title: "Best learning rate of each method",
		Columns: columns("problem", "method", "best rate", "as written", "final gap", "tried", "good range", "edge"),
		Notes: []string{
			"The rate is chosen on the even repeats (least mean log work over all targets) and the gap reported on the odd ones; where there is one run, on that.",
			"Good range: decades of learning rate around the best within which the median final gap is at most twice the best. Edge: the best is the first or last that was tried.",
		}}
	for _, p := range e.Problems {
		for _, entries := range p.RateGrids(2) {
			best, halved := p.chooseRate(entries)
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
				quartiles(shown.FinalGaps()), table.Count(len(entries)), table.Number(goodRange(entries)), table.Text(edge)})
		}
	}
	return t
}

// goodRange is the width, in decades, of the run of neighbouring rates around the best
// whose median final gap is at most twice the best; 0 where the best stands alone.
func goodRange(entries []*Entry) float64 {
	gaps := make([]float64, len(entries))
	best := 0
	for i, entry := range entries {
		gaps[i] = median(entry.FinalGaps())
		if gaps[i] < gaps[best] {
			best = i
		}
	}
	limit := 2 * math.Max(gaps[best], entries[0].Problem.quantityAxis(Gap).Floor)
	low, high := best, best
	for low > 0 && gaps[low-1] <= limit {
		low--
	}
	for high+1 < len(gaps) && gaps[high+1] <= limit {
		high++
	}
	return math.Log10(entries[high].Rate / entries[low].Rate)
}
