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
	var checks evidence.Checks
	room := math.MaxInt
	if e.Size() > evidence.FullEntries {
		room = evidence.CurveRoom
		t.Notes = append(t.Notes, "A large run: only the best settings of each problem are listed.")
	}
	var listed []arrival
	for _, p := range e.Problems {
		entries, left := p.Leaders(room)
		if left != "" {
			t.Notes = append(t.Notes, p.Label+": "+left)
		}
		for _, g := range p.Goals() {
			for _, entry := range entries {
				if ran := entry.Ran(); len(ran) > 1 && !ran[0].Deterministic && entry.Success(g).Of > 0 {
					listed = append(listed, arrival{entry, g})
					checks.Add(p, g)
				}
			}
		}
	}
	t.Notes = append(t.Notes, checks.Notes()...)
	times := runningTimes(listed)
	for i, a := range listed {
		t.Rows = append(t.Rows, append([]table.Cell{table.Text(a.Problem.Label), table.Text(a.Label), table.Text(a.goal.Text()), a.Success(a.goal)}, times[i][:]...))
	}
	return t
}

// arrival is that of an entry at a goal.
type arrival struct {
	*evidence.Entry
	goal evidence.Goal
}

// runningTime is the ERT of one, in evaluations and in epochs.
type runningTime [2]table.Cell

// runningTimes are those of some arrivals, which are resampled together.
func runningTimes(arrivals []arrival) []runningTime {
	costs := [...]evidence.Cost{evidence.Evaluations, evidence.Epochs}
	var estimates []float64
	intervals := statistics.Bootstrap{}.ERTs(func(yield func(statistics.Runs) bool) {
		for _, a := range arrivals {
			for _, cost := range costs {
				r := runs(a.Entry, a.goal, cost)
				estimates = append(estimates, statistics.ERT(r.Costs, r.Success))
				if !yield(r) {
					return
				}
			}
		}
	})
	times := make([]runningTime, len(arrivals))
	for k, i := range intervals {
		times[k/len(costs)][k%len(costs)] = table.Interval{Estimate: estimates[k], Low: i.Low, High: i.High}
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
