package tables

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
)

// RunningTimes is the table of expected running times: for each problem, method and
// target the share of successes first, then what it costs to restart until success, with
// a 95% bootstrap interval. It has the entries whose runs differ by chance only:
// restarting a deterministic run means nothing.
func RunningTimes(e *evidence.Evidence) *table.Table {
	t := &table.Table{Name: "running-times", Title: "Expected running time",
		Columns: columns("problem", "method", "target", "reached", "ERT in evaluations", "ERT in epochs"),
		Notes: []string{
			"ERT: evaluations of all runs, up to the target or the end, over the number of successes; what restarting until success costs on average.",
			"In brackets: 95% percentile bootstrap interval over the repeats (2000 resamples). Deterministic cells are left out.",
			"∞: no run reached the target.",
		}}
	t.Notes = append(t.Notes, e.Checked()...)
	room := math.MaxInt
	if e.Size() > evidence.FullEntries {
		room = evidence.CurveRoom
		t.Notes = append(t.Notes, "A large run: only the best settings of each problem are listed.")
	}
	for _, p := range e.Problems {
		entries, left := p.Leaders(room)
		if left != "" {
			t.Notes = append(t.Notes, p.Label+": "+left)
		}
		for _, g := range p.Goals() {
			for _, entry := range entries {
				if ran := entry.Ran(); len(ran) < 2 || ran[0].Deterministic {
					continue
				}
				if entry.Success(g).Of == 0 {
					continue // not measurable
				}
				t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Text(g.Text()), entry.Success(g),
					ert(entry, g, evidence.Evaluations), ert(entry, g, evidence.Epochs)})
			}
		}
	}
	return t
}

func ert(e *evidence.Entry, g evidence.Goal, cost evidence.Cost) table.Interval {
	var costs []float64
	var success []bool
	for _, c := range e.Ran() {
		spent := c.ToReach(g, cost)
		if math.IsNaN(spent) {
			continue // not measurable
		}
		hit := !math.IsInf(spent, 1)
		if !hit {
			spent = cost.Total(c, e.Problem)
		}
		costs, success = append(costs, spent), append(success, hit)
	}
	i := statistics.Bootstrap{}.ERT(costs, success)
	return table.Interval{Estimate: statistics.ERT(costs, success), Low: i.Low, High: i.High}
}
