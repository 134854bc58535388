package tables

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// room is the number of methods for which a table across problems has room.
const room = evidence.CurveRoom

// Comparison is the table that a paper prints: what each method costs on each problem at the
// setting that is the cheapest for the goal, median and quartiles, with the best of all that ran
// marked and those that do not differ from it significantly.
func Comparison(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "comparison", Title: fmt.Sprintf("Cost in %s to %s", cost.Name, g.Text()), Columns: columns("problem"), Wide: true}
	shown, note := c.Shown(room, g, cost, true)
	for _, k := range shown {
		t.Columns = append(t.Columns, table.Column{Name: c.Methods[k]})
	}
	var untested, exact, asGood []string
	for _, m := range c.Matches(g, cost) {
		winners, tested := m.Winners(len(c.Methods))
		if len(winners) == 0 {
			continue // no method arrives
		}
		row, runs := []table.Cell{table.Text(e.ShortProblem(m.Problem))}, 0
		for k, name := range c.Methods {
			costs := m.Costs(k)
			runs = max(runs, len(costs))
			if slices.Contains(shown, k) {
				q1, median, q3 := statistics.Quartiles(costs)
				row = append(row, table.Marked{Quartiles: table.Quartiles{Median: median, Q1: q1, Q3: q3}, Best: winners[k]})
			} else if winners[k] && !slices.Contains(asGood, name) {
				asGood = append(asGood, name)
			}
		}
		switch {
		case runs == 1 && m.Deterministic():
			exact = append(exact, e.ShortProblem(m.Problem))
		case !tested:
			untested = append(untested, e.ShortProblem(m.Problem))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []string{"Median [quartiles] over the runs; ∞: half of the runs or more missed the target. Bold (*): the least median of all methods that ran, and those that do not differ from it significantly (signed-rank tests of paired runs with Holm's correction on each problem, level 5%)."}
	if len(exact) > 0 {
		t.Notes = append(t.Notes, "One run, as nothing is random, and so no test: "+text.Some(exact)+".")
	}
	if len(untested) > 0 {
		t.Notes = append(t.Notes, "Too few paired runs for these tests, so that the least median alone is marked: "+text.Some(untested)+"."+heldBack(c))
	}
	if note != "" {
		t.Notes = append(t.Notes, note)
	}
	t.Notes = slices.Concat(t.Notes, c.Checks(g).Notes(), e.SharedByProblems())
	if len(asGood) > 0 {
		t.Notes = append(t.Notes, "Not shown, though not significantly dearer than the best on some problem: "+text.Some(asGood)+".")
	}
	t.Notes = append(t.Notes, c.Notes...)
	return t
}

// heldBack says where half of the repeats serve the choice of settings, and are not compared.
func heldBack(c *evidence.Contest) string {
	if !c.Split {
		return ""
	}
	return " Half of the repeats are held back for the choice of learning rates; raise `repeats`."
}

// Settings are those with which methods take part in a comparison, where there are several to
// choose from.
func Settings(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "settings", Title: fmt.Sprintf("Settings in the comparison to %s", g.Text()), Columns: columns("problem", "method", "setting", "tried"),
		Notes: append([]string{"Tried: settings of the method on the problem, of which this one is the cheapest for the target; where half of the runs of each or more miss it, the best over all targets."}, append(e.SharedByProblems(), c.Notes...)...)}
	shown, _ := c.Shown(room, g, cost, true)
	for _, m := range c.Matches(g, cost) {
		for _, k := range shown {
			if entry := m.Entry(k); entry != nil {
				if tried := entry.Rivals(); tried > 1 {
					t.Rows = append(t.Rows, []table.Cell{table.Text(e.ShortProblem(m.Problem)), table.Text(c.Methods[k]), table.Text(entry.Label), table.Count(tried)})
				}
			}
		}
	}
	return t
}

// Paired compares each method with the baseline, problem by problem.
func Paired(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "paired", Columns: columns("method", "problem", "pairs", "ratio", "p", "adjusted p", "verdict")}
	if c.Baseline() < 0 {
		return t
	}
	t.Title = fmt.Sprintf("Cost in %s to %s, relative to %s", cost.Name, g.Text(), c.Methods[c.Baseline()])
	few := false
	for _, s := range standings(c, g, cost) {
		for k, m := range s.matches {
			d := s.duels[k]
			t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[s.method]), table.Text(e.ShortProblem(m.Problem)), table.Count(d.Pairs),
				ratio(d, s.verdicts[k]), table.Number(d.P), table.Number(s.adjusted[k]), table.Text(s.verdicts[k])})
			few = few || s.verdicts[k] == untested
		}
	}
	t.Notes = []string{pairedNote}
	if few {
		t.Notes = append(t.Notes, "Too few pairs: so few that no difference can be significant in as many tests; the ratio is without an interval."+heldBack(c))
	}
	_, note := c.Shown(room, g, cost, true)
	if note != "" {
		t.Notes = append(t.Notes, note)
	}
	t.Notes = slices.Concat(t.Notes, c.Checks(g).Notes(), e.SharedByProblems(), c.Notes)
	return t
}

const pairedNote = "Ratio: the cost in units of the baseline's, Hodges–Lehmann estimate over the pairs of runs with its interval of 95%; –: a run of the median pair missed the target. p: signed-rank test against both sides; adjusted by Holm for the problems of a method. A verdict needs 5%, or one run each, where nothing is random and costs are exact."

// ratio is the estimate of a duel as far as the pairs carry one.
func ratio(d evidence.Duel, verdict string) table.Interval {
	switch nan := math.NaN(); {
	case d.Ratio <= 0 || !evidence.Finite(d.Ratio) || d.Missed == d.Pairs:
		return table.Interval{Estimate: nan, Low: nan, High: nan}
	case d.Exact || verdict == untested:
		return table.Interval{Estimate: d.Ratio, Low: nan, High: nan}
	}
	return table.Interval{Estimate: d.Ratio, Low: d.Low, High: d.High}
}

// Standings count on how many problems each method beats the baseline.
func Standings(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "standings", Columns: columns("method", "rank", "won", "tied", "lost", "untested")}
	base := c.Baseline()
	rivals := standings(c, g, cost)
	if base < 0 || len(rivals) == 0 {
		return t
	}
	t.Title = fmt.Sprintf("Problems won and lost against %s, %s to %s", c.Methods[base], cost.Name, g.Text())
	scores := c.Scores(g, cost)
	t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[base]), table.Number(scores[base].Rank), table.Count(0), table.Count(0), table.Count(0), table.Count(0)})
	for _, s := range rivals {
		count := map[string]int{}
		for _, v := range s.verdicts {
			count[sideOf(v)]++
		}
		t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[s.method]), table.Number(scores[s.method].Rank),
			table.Count(count[won]), table.Count(count[tied]), table.Count(count[lost]), table.Count(count[untested])})
	}
	t.Notes = []string{"Won and lost: significantly cheaper or dearer on the problem (signed-rank tests of paired runs with Holm's correction over the problems of a method, level 5%), or where nothing is random simply so. Tied: no significant difference. Untested: both missed the target in all pairs, which compares nothing, or there are too few pairs for a difference to be significant. Rank: the mean, over the problems on which the method ran and some method arrived, of its rank by median cost among all methods that ran, as in the table ranking."}
	if _, note := c.Shown(room, g, cost, true); note != "" {
		t.Notes = append(t.Notes, note)
	}
	t.Notes = append(t.Notes, c.Notes...)
	return t
}

// The verdicts on a method beside the baseline.
const (
	won        = "cheaper"
	lost       = "dearer"
	wonAlone   = "cheaper: the baseline missed the target"
	lostAlone  = "dearer: it missed the target"
	tied       = "no significant difference"
	same       = "the same cost"
	bothMissed = "both missed the target"
	untested   = "too few pairs"
)

// sideOf is the verdict as it is counted.
func sideOf(verdict string) string {
	switch verdict {
	case wonAlone:
		return won
	case lostAlone:
		return lost
	case same:
		return tied
	case bothMissed: // which compares nothing
		return untested
	}
	return verdict
}

// standing is how a method does beside the baseline on the problems that both ran on.
type standing struct {
	method   int
	matches  []*evidence.Match
	duels    []evidence.Duel
	adjusted []float64
	verdicts []string
}

// standings are those of all methods that are shown but the baseline.
func standings(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) []standing {
	base := c.Baseline()
	if base < 0 {
		return nil
	}
	shown, _ := c.Shown(room, g, cost, true)
	return standingsTo(base, shown, c.Matches(g, cost))
}

// standingsTo are those of some methods beside one of them.
func standingsTo(base int, shown []int, matches []*evidence.Match) []standing {
	var out []standing
	for _, k := range shown {
		if k == base {
			continue
		}
		s := standing{method: k}
		tests := 0
		for _, m := range matches {
			d := m.Duel(k, base)
			if d.Pairs == 0 {
				continue
			}
			if !d.Exact && d.Missed < d.Pairs {
				tests++
			}
			s.matches, s.duels = append(s.matches, m), append(s.duels, d)
		}
		var p []float64
		for i := range s.duels {
			if d := &s.duels[i]; d.Exact || d.Missed == d.Pairs || !d.Tested(tests) {
				d.P = math.NaN() // exact, or nothing can be tested
			}
			p = append(p, s.duels[i].P)
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
	case d.Missed == d.Pairs:
		return bothMissed
	case d.Exact && d.Ratio == 1:
		return same
	case d.Exact && d.Ratio == 0:
		return wonAlone
	case d.Exact && math.IsInf(d.Ratio, 1):
		return lostAlone
	case d.Exact, adjusted <= evidence.Significance:
		return side
	case !d.Tested(tests):
		return untested
	}
	return tied
}
