package tables

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// Comparison is the table that a paper prints: what each method costs on each problem at its tuned
// setting, median and quartiles, with the best marked and those that do not differ from it
// significantly.
func Comparison(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "comparison", Title: fmt.Sprintf("Cost in %s to %s", cost.Name, g.Text()), Columns: columns("problem"), Wide: true}
	for _, name := range c.Methods {
		t.Columns = append(t.Columns, table.Column{Name: name})
	}
	var untested, exact []string
	for _, m := range c.Matches(g, cost) {
		winners, tested := m.Winners(len(c.Methods))
		row, finite, runs := []table.Cell{table.Text(e.ShortProblem(m.Problem))}, false, 0
		for k := range c.Methods {
			costs := m.Costs(k)
			q1, median, q3 := statistics.Quartiles(costs)
			finite, runs = finite || evidence.Finite(median), max(runs, len(costs))
			row = append(row, table.Marked{Quartiles: table.Quartiles{Median: median, Q1: q1, Q3: q3}, Best: winners[k]})
		}
		if !finite {
			continue
		}
		switch {
		case runs == 1:
			exact = append(exact, e.ShortProblem(m.Problem))
		case !tested:
			untested = append(untested, e.ShortProblem(m.Problem))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []string{"Median [quartiles] over the runs; ∞: half of the runs or more missed the target. Bold (*): the least median, and those that do not differ from it significantly (signed-rank tests of paired runs with Holm's correction on each problem, level 5%)."}
	if len(exact) > 0 {
		t.Notes = append(t.Notes, "One run, as nothing is random, and so no test: "+text.Some(exact)+".")
	}
	if len(untested) > 0 {
		t.Notes = append(t.Notes, "Too few paired runs for these tests, so that the least median alone is marked: "+text.Some(untested)+".")
	}
	t.Notes = append(t.Notes, c.Notes...)
	return t
}

// Paired compares each method with the baseline, problem by problem.
func Paired(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "paired", Columns: columns("method", "problem", "pairs", "ratio", "p", "adjusted p", "verdict")}
	if c.Baseline() < 0 {
		return t
	}
	t.Title = fmt.Sprintf("Cost in %s to %s, relative to %s", cost.Name, g.Text(), c.Methods[c.Baseline()])
	for _, s := range standings(c, g, cost) {
		for k, m := range s.matches {
			d := s.duels[k]
			t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[s.method]), table.Text(e.ShortProblem(m.Problem)), table.Count(d.Pairs),
				table.Interval{Estimate: d.Ratio, Low: d.Low, High: d.High}, table.Number(d.P), table.Number(s.adjusted[k]), table.Text(s.verdicts[k])})
		}
	}
	t.Notes = append([]string{"Ratio: the cost in units of the baseline's, Hodges–Lehmann estimate over the pairs of runs with its interval of 95%, unbounded where there are fewer than 6 pairs. p: signed-rank test against both sides; adjusted by Holm for the problems of a method. A verdict needs 5%, or one run each, where nothing is random and costs are exact."}, c.Notes...)
	return t
}

// Standings count on how many problems each method beats the baseline.
func Standings(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "standings", Columns: columns("method", "rank", "won", "tied", "lost", "untested")}
	base := c.Baseline()
	if base < 0 {
		return t
	}
	t.Title = fmt.Sprintf("Problems won and lost against %s, %s to %s", c.Methods[base], cost.Name, g.Text())
	scores := c.Scores(g, cost)
	t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[base]), table.Number(scores[base].Rank), table.Count(0), table.Count(0), table.Count(0), table.Count(0)})
	for _, s := range standings(c, g, cost) {
		count := map[string]int{}
		for _, v := range s.verdicts {
			count[v]++
		}
		t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[s.method]), table.Number(scores[s.method].Rank),
			table.Count(count[won]), table.Count(count[tied]), table.Count(count[lost]), table.Count(count[untested])})
	}
	t.Notes = append([]string{"Won and lost: significantly cheaper or dearer on the problem (signed-rank tests of paired runs with Holm's correction over the problems of a method, level 5%), or where nothing is random simply so. Untested: with too few pairs a difference cannot be significant. Rank: the mean over the problems, of medians, among all methods of the table."}, c.Notes...)
	return t
}

// The verdicts on a method beside the baseline.
const (
	won      = "cheaper"
	lost     = "dearer"
	tied     = "no significant difference"
	untested = "too few pairs"
)

// standing is how a method does beside the baseline on the problems that both ran on.
type standing struct {
	method   int
	matches  []*evidence.Match
	duels    []evidence.Duel
	adjusted []float64
	verdicts []string
}

// standings are those of all methods but the baseline.
func standings(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) []standing {
	var out []standing
	base, matches := c.Baseline(), c.Matches(g, cost)
	for k := range c.Methods {
		if k == base {
			continue
		}
		s := standing{method: k}
		var p []float64
		tests := 0
		for _, m := range matches {
			d := m.Duel(k, base)
			if d.Pairs == 0 {
				continue
			}
			if d.Pairs == 1 {
				d.P = math.NaN() // exact
			} else {
				tests++
			}
			s.matches, s.duels, p = append(s.matches, m), append(s.duels, d), append(p, d.P)
		}
		s.adjusted = statistics.Holm(p)
		for i, d := range s.duels {
			s.verdicts = append(s.verdicts, verdictOf(d, s.adjusted[i], tests))
		}
		if len(s.duels) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// verdictOf is what the pairs of a duel allow to say.
func verdictOf(d evidence.Duel, adjusted float64, tests int) string {
	side := map[bool]string{true: lost, false: won}[d.Dearer]
	switch {
	case d.Pairs == 1 && d.Ratio != 1:
		return side
	case d.Pairs == 1:
		return tied
	case adjusted <= evidence.Significance:
		return side
	case !d.Tested(tests):
		return untested
	}
	return tied
}
