package tables

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// Ranking orders the methods by the shifted geometric mean, over the problems, of their
// median cost relative to the best method on each (the virtual best):
//
//	(Π_p (t_ps + 1)/(min_s t_ps + 1))^{1/P}.
//
// A miss counts as ten times the largest cost spent on that problem.
func Ranking(e *evidence.Evidence, c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *table.Table {
	t := &table.Table{Name: "ranking", Title: fmt.Sprintf("Ranking by %s to %s", cost.Name, g.Text()),
		Columns: columns("method", "problems", "reached", "fastest", "missed", "ratio to the virtual best", "ratio without misses", "mean rank", "uses"),
		Notes: append([]string{
			"Ratio: geometric mean over the problems of (cost + 1)/(best cost + 1); the cost of a problem is the median over its instances, and a miss counts as 10 × the largest cost spent there. 1 is the best method everywhere.",
			"Reached: runs, one for each problem and each repeat that competes.",
			"Problems: those on which two methods or more could be measured and some method reached the target in more than half of its runs. Missed: those on which the method did not; they weigh on the ratio, and not on that without misses.",
			"Uses: facts about the problem that the method was given (f*, L, μ). Compare like with like.",
		}, c.Notes...)}
	t.Notes = append(t.Notes, c.Checks(g).Notes()...)
	scores, comparable := c.Scores(g, cost), c.Comparable(g, cost)
	order := make([]int, len(c.Methods))
	for m := range order {
		order[m] = m
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a].Ratio, scores[b].Ratio) })
	t.Notes = append(t.Notes, comparable.Notes("problem")...)
	var alone []string
	for _, m := range order {
		s := scores[m]
		if comparable.Method(m) || c.Unranked(m) {
			continue
		}
		if s.Problems == 0 {
			alone = append(alone, c.Methods[m])
			continue
		}
		t.Rows = append(t.Rows, []table.Cell{table.Text(c.Methods[m]), table.Count(s.Problems), s.Reached, table.Count(s.Fastest), table.Count(s.Missed),
			table.Number(s.Ratio), table.Number(s.Clean), table.Number(s.Rank), table.Text(c.Uses(m))})
	}
	if len(alone) > 0 {
		t.Notes = append(t.Notes, "Left out, since they met no other method where one reached the target: "+text.Some(alone)+".")
	}
	return t
}
