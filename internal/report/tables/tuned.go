package tables

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/internal/report/table"
)

// OfTuning are the tables about tuning; none where nothing was tuned.
func OfTuning(e *evidence.Evidence) []*table.Table {
	s := e.Search()
	if s == nil {
		return nil
	}
	return []*table.Table{Tuned(s), TuningRanks(s), TuningCost(s), TunedSettings(s), TunedPairs(s), TuningScore(s), HeldOut(s), Map(s)}
}

// stages are the names of columns for what was chosen after so many trials.
func stages(s *search.Search) []string {
	out := []string{"as written"}
	for _, after := range s.Plan.After {
		out = append(out, "after "+english.Count(after, "trial"))
	}
	return out
}

// banded is an estimate with its band, whose ends are NaN where there is none: all rows of a table have the same parts.
func banded(e search.Estimate) table.Cell {
	return table.Interval{Estimate: e.Value, Low: e.Low, High: e.High}
}

// Tuned is the work of each method on each problem as written, and with the settings that more
// and more trials choose.
func Tuned(s *search.Search) *table.Table {
	t := &table.Table{Name: "tuned", Title: "Work by number of trials, in " + s.Plan.Cost,
		Columns: columns(append(append([]string{"problem", "method"}, stages(s)...), "solved as written", "solved after all trials")...),
		Notes:   append([]string{"Work: geometric mean over targets, runs and studies. Solved: runs that reached the finest target."}, s.Notes()...)}
	for _, p := range s.Problems {
		for _, m := range s.Methods {
			if len(s.Works(p, m, 0)) == 0 {
				continue
			}
			row := []table.Cell{table.Text(p), table.Text(m)}
			for _, after := range s.Stages() {
				row = append(row, banded(s.Work(p, m, after)))
			}
			for _, after := range []int{0, s.Plan.Trials} {
				part, of := s.Solved(p, m, after)
				row = append(row, table.Share{Part: part, Of: of})
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// TuningRanks is the mean rank of each method by the number of trials.
func TuningRanks(s *search.Search) *table.Table {
	methods := s.Everywhere()
	problems := s.Compared(methods)
	t := &table.Table{Name: "tuning-ranks", Title: fmt.Sprintf("Mean rank over %s by number of trials", english.Count(len(problems), "problem")),
		Columns: columns(append([]string{"method"}, stages(s)...)...),
		Notes:   append([]string{"Ranks of the mean log work among the methods that were measured on all of these problems; 1 is the best. Methods that are not tuned keep their settings."}, s.Notes()...)}
	if len(methods) < 2 || len(problems) == 0 {
		return t
	}
	var ranks [][]search.Estimate
	for _, after := range s.Stages() {
		ranks = append(ranks, s.Ranks(methods, problems, after))
	}
	for i, m := range methods {
		row := []table.Cell{table.Text(m)}
		for _, r := range ranks {
			row = append(row, banded(r[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// TuningCost is what a search costs beside what it saves.
func TuningCost(s *search.Search) *table.Table {
	t := &table.Table{Name: "tuning-cost", Title: "What tuning costs, in " + s.Plan.Cost,
		Columns: columns("problem", "method", "trials to the first success", "search", "run as written", "run after tuning", "search and run", "runs until it pays"),
		Notes: append([]string{
			"Trials to the first success: until one reached the finest target, in the median study; ∞: half of the studies have none. Search: all trials of a study on the problem, in the median.",
			"Runs: geometric means of the work. Runs until it pays: the search over what each run saves; ∞: it saves nothing.",
		}, s.Notes()...)}
	for _, p := range s.Problems {
		for _, m := range s.Methods {
			cost := s.SearchCost(p, m)
			if math.IsNaN(cost) || !s.Tuned(p, m) {
				continue
			}
			before, after := s.Work(p, m, 0).Value, s.Work(p, m, s.Plan.Trials).Value
			pays := math.Inf(1)
			if after < before*(1-1e-9) { // less is rounding
				pays = math.Ceil(cost / (before - after))
			}
			t.Rows = append(t.Rows, []table.Cell{table.Text(p), table.Text(m), table.Number(s.Attempts(p, m)), table.Number(cost),
				table.Number(before), table.Number(after), table.Number(cost + after), table.Number(pays)})
		}
	}
	return t
}

// TunedSettings are the settings that all trials of the studies choose.
func TunedSettings(s *search.Search) *table.Table {
	t := &table.Table{Name: "tuned-settings", Title: fmt.Sprintf("Settings chosen after %s", english.Count(s.Plan.Trials, "trial")),
		Columns: columns("problem", "method", "parameter", "chosen", "most frequent", "space", "at the edge", "good trials"),
		Notes: append([]string{
			"Chosen: median and quartiles over the studies. At the edge: studies that chose a value in the outer 5% at either end of the space.",
			"Good trials: share of the trials of a study with at most twice the work of its best, in the median study. A large share means a flat optimum: hardly any tuning is needed.",
		}, s.Notes()...)}
	for _, c := range s.Settings() {
		frequent := ""
		if c.Choice != "" {
			frequent = fmt.Sprintf("%s (%d of %d)", c.Choice, c.Chosen, c.Studies)
		}
		t.Rows = append(t.Rows, []table.Cell{table.Text(c.Problem), table.Text(c.Method), table.Text(c.Coordinate.Parameter),
			table.Quartiles{Median: c.Median, Q1: c.Q1, Q3: c.Q3}, table.Text(frequent), table.Text(search.Describe(c.Coordinate)),
			table.Share{Part: c.AtEdge, Of: c.Studies}, table.Number(c.Flatness)})
	}
	return t
}

// TunedPairs compares tuned methods two by two on each problem.
func TunedPairs(s *search.Search) *table.Table {
	t := &table.Table{Name: "tuned-pairs", Title: "Tuned methods compared two by two",
		Columns: columns("problem", "method", "other", "ratio of work"),
		Notes:   append([]string{"Ratio: work of the method over that of the other, both after all trials; below 1 the method is the cheaper. A method that is not tuned is compared as written."}, s.Notes()...)}
	for _, p := range s.Problems {
		for i, a := range s.Methods {
			for _, b := range s.Methods[i+1:] {
				ratio := s.Ratio(p, a, b, s.Plan.Trials, s.Plan.Trials)
				if !math.IsNaN(ratio.Value) {
					t.Rows = append(t.Rows, []table.Cell{table.Text(p), table.Text(a), table.Text(b), banded(ratio)})
				}
			}
		}
	}
	return t
}

// TuningScore is the score of AlgoPerf with what it depends on.
func TuningScore(s *search.Search) *table.Table {
	t := &table.Table{Name: "tuning-score", Title: fmt.Sprintf("AlgoPerf's score, τ = %d", search.Factor)}
	score := s.Sensitive()
	if score == nil {
		return t
	}
	names := []string{"method", "score"}
	for _, v := range score.Variants {
		names = append(names, v.Name)
	}
	t.Columns = columns(names...)
	t.Notes = append([]string{
		fmt.Sprintf("Area under the performance profile of the work to the finest target up to a ratio of %d to the fastest, over %s; 1 is the fastest everywhere (Dahl et al. 2023, doi:10.48550/arXiv.2306.07179). Medians over all runs after all trials.", search.Factor, english.Count(len(score.Problems), "problem")),
		"The other columns change one choice: τ, the budget of the runs, or the problems.",
	}, s.Notes()...)
	for i, m := range score.Methods {
		row := []table.Cell{table.Text(m), table.Number(score.Score[i])}
		for _, v := range score.Variants {
			row = append(row, table.Number(v.Score[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// HeldOut is what tuning gains on problems that it was done on and on those that were held out.
func HeldOut(s *search.Search) *table.Table {
	t := &table.Table{Name: "held-out", Title: "What tuning gains on held-out problems",
		Columns: columns("method", "problem", "held out", "gain"),
		Notes:   append([]string{"Gain: by what tuning divides the work, compared with the settings as written. Below 1 it does harm."}, s.Notes()...)}
	any := false
	for _, m := range s.Methods {
		for _, p := range s.Problems {
			if !s.Tuned(p, m) {
				continue
			}
			held := map[bool]string{true: "yes", false: "no"}[s.HeldOut(p)]
			any = any || s.HeldOut(p)
			gain := s.Ratio(p, m, m, 0, s.Plan.Trials)
			if !math.IsNaN(gain.Value) {
				t.Rows = append(t.Rows, []table.Cell{table.Text(m), table.Text(p), table.Text(held), banded(gain)})
			}
		}
	}
	if !any {
		t.Rows = nil
	}
	return t
}
