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
		goals, times := p.Goals(), map[*evidence.Entry][]runningTime{}
		for _, entry := range entries {
			if ran := entry.Ran(); len(ran) > 1 && !ran[0].Deterministic {
				times[entry] = runningTimes(entry, goals)
			}
		}
		for k, g := range goals {
			for _, entry := range entries {
				if times[entry] == nil || entry.Success(g).Of == 0 {
					continue // not measurable
				}
				t.Rows = append(t.Rows, append([]table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Text(g.Text()), entry.Success(g)},
					times[entry][k][:]...))
			}
		}
	}
	return t
}

// runningTime is the ERT to one goal, in evaluations and in epochs.
type runningTime [2]table.Cell

// runningTimes are those of an entry to each goal.
func runningTimes(e *evidence.Entry, goals []evidence.Goal) []runningTime {
	costs := [...]evidence.Cost{evidence.Evaluations, evidence.Epochs}
	var samples []statistics.Runs
	for _, g := range goals {
		for _, cost := range costs {
			samples = append(samples, runs(e, g, cost))
		}
	}
	times := make([]runningTime, len(goals))
	for k, i := range (statistics.Bootstrap{}).ERTs(samples) {
		r := samples[k]
		times[k/len(costs)][k%len(costs)] = table.Interval{Estimate: statistics.ERT(r.Costs, r.Success), Low: i.Low, High: i.High}
	}
	return times
}

// runs are those of an entry whose way to a goal can be measured.
func runs(e *evidence.Entry, g evidence.Goal, cost evidence.Cost) (r statistics.Runs) {
	for _, c := range e.Ran() {
		spent := c.ToReach(g, cost)
		if math.IsNaN(spent) {
			continue // not measurable
		}
		hit := !math.IsInf(spent, 1)
		if !hit {
			spent = cost.Total(c, e.Problem)
		}
		r.Costs, r.Success = append(r.Costs, spent), append(r.Success, hit)
	}
	return r
}
