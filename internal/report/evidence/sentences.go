package evidence

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Headline says in words which method won where and by how much, and what else the runs show.
// run is how the command line calls the run.
func (e *Evidence) Headline(run string) []string {
	if e.Cells == 0 {
		return []string{"No run has finished; there is nothing to compare."}
	}
	out, checks := []string{e.Counted()}, Checks{}
	if said := e.overall(&checks); said != "" {
		out = append(out, said)
	}
	out = append(out, e.Conclusions(run)...)
	coarse, fine, ok := e.Aims()
	if !ok {
		return append(out, "No target was measurable, so that the cost of reaching one is unknown: see how the runs ended in the tables.")
	}
	for _, p := range e.Problems {
		checks.Add(p, coarse, fine)
	}
	const most = 6
	for i, p := range e.Problems {
		if i == most {
			out = append(out, more(len(e.Problems)-most))
			break
		}
		out = append(out, p.winner(fine, e.Work()))
	}
	return append(out, checks.Notes()...)
}

// Counted counts the runs by how they ended: "514 runs: 143 converged, 371 stopped at the budget".
func (e *Evidence) Counted() string {
	runs, skipped, archived, by := e.Endings()
	var parts []string
	for _, status := range results.Statuses {
		if n := by[status]; n > 0 && status != results.Skipped {
			parts = append(parts, fmt.Sprintf("%d %s", n, ended[status]))
		}
	}
	said := english.Count(runs, "run")
	if len(parts) > 0 {
		said += ": " + strings.Join(parts, ", ")
	}
	if skipped > 0 {
		said += fmt.Sprintf("; %s skipped, since the problem lacks what the method requires", english.Count(skipped, "cell"))
	}
	switch {
	case archived > 0 && runs+skipped == 0:
		said = english.Count(archived, e.elsewhere())
	case archived > 0:
		said += "; beside them " + english.Count(archived, e.elsewhere())
	}
	return said + "."
}

// elsewhere is what runs are called that gdbench has not made.
func (e *Evidence) elsewhere() string {
	archived := e.some(func(entry *Entry) bool { return entry.Archived && !entry.Imported })
	imported := e.some(func(entry *Entry) bool { return entry.Imported })
	switch {
	case archived && imported:
		return "archived or imported run"
	case imported:
		return "imported run"
	}
	return "archived run"
}

// ended says in words how runs ended.
var ended = map[results.Status]string{
	results.Converged: "converged", results.Budget: "stopped at the budget", results.Timeout: "stopped at the time limit",
	results.Stalled: "stalled", results.Diverged: "diverged", results.Failed: "failed with an error",
}

func more(problems int) string {
	return fmt.Sprintf("%d more %s %s in the tables.", problems, english.Noun(problems, "problem"), english.Verb(problems, "is", "are"))
}

// overall says who is ahead over all problems, and of the methods that use no facts about the
// problem where that is another; nothing where no two methods competed on two problems. A lead
// that hangs on one problem is none. The goal that it speaks of is added to the checks.
func (e *Evidence) overall(checks *Checks) string {
	c, goal, ok := e.Finest()
	if !ok || len(e.Problems) < 2 {
		return ""
	}
	cost := e.Work()
	scores := c.Scores(goal, cost)
	best := c.leading(scores, func(int) bool { return true })
	if best < 0 || scores[best].Problems < 2 {
		return ""
	}
	for _, p := range e.Problems {
		checks.Add(p, goal)
	}
	s := scores[best]
	over := english.Count(s.Problems, "problem")
	if s.Problems < len(e.Problems) {
		over = fmt.Sprintf("the %d of %d problems on which it had competitors and some method reached the target", s.Problems, len(e.Problems))
		if comparable := c.Comparable(goal, cost); comparable.Some() {
			over += " while all archived runs went on"
		}
		over += ","
	}
	for _, p := range e.Problems {
		if other := c.Without(p).Leader(goal, cost); other != best && other >= 0 {
			return fmt.Sprintf("No method is clearly ahead over %s the cost of reaching %s, as a geometric mean in %s, is least for %s, but without the problem %s it is least for %s.",
				strings.TrimSuffix(strings.Replace(over, "it had", "methods had", 1), ",")+":", goal.Text(), cost.Name, c.Methods[best], p.Label, c.Methods[other])
		}
	}
	if level := c.level(scores, best); len(level) > 1 {
		return fmt.Sprintf("Over %s %s are level and ahead of the others to %s (geometric mean of costs, in %s).", strings.Replace(over, "it had", "methods had", 1), enumerate(level), goal.Text(), cost.Name)
	}
	said := fmt.Sprintf("Over %s %s is ahead: it reached %s in %d of %s at %s the best method on each problem (geometric mean, in %s%s)",
		over, c.Methods[best], goal.Text(), s.Reached.Part, english.Count(s.Reached.Of, "run"), times(s.Ratio), cost.Name, missed(s.Missed))
	if c.Split {
		said += ", in the odd repeats, at the learning rates that are cheapest for this target in the even ones"
	}
	uses := c.Uses(best)
	if uses == "–" {
		return said + "."
	}
	said += ", using " + uses + "."
	like := c.leading(scores, func(m int) bool { return c.Uses(m) == "–" })
	if like < 0 {
		return said
	}
	return said + fmt.Sprintf(" Of the methods that use no such facts, %s is ahead, at %s the best%s.", c.Methods[like], times(scores[like].Ratio), missed(scores[like].Missed))
}

// level are the methods with the ratio of the best one.
func (c *Contest) level(scores []Score, best int) []string {
	var out []string
	for m, s := range scores {
		if settled(s.Ratio) == settled(scores[best].Ratio) && !c.Unranked(m) {
			out = append(out, c.Methods[m])
		}
	}
	return out
}

func times(ratio float64) string {
	if text.Short(ratio) == "1" {
		return "the same cost as"
	}
	return text.Short(ratio) + " times the cost of"
}

// missed says how many misses a geometric mean holds.
func missed(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; %s counted as %g times the largest cost", english.Count(n, "miss"), penalty)
}

// winner says which method needs least on the problem, at its cheapest setting, and by how much.
func (p *Problem) winner(goal Goal, cost Cost) string {
	s := p.Standing(goal, cost)
	switch {
	case !s.Asked:
		return fmt.Sprintf("%s: no run was asked for %s.", p.Label, goal.Text())
	case !s.Measurable:
		return fmt.Sprintf("%s: %s is not measurable, since %s.", p.Label, goal.Text(), p.unmeasured(goal).why)
	case !s.Reached():
		return fmt.Sprintf("%s: no method reached %s in more than half of its runs.", p.Label, goal.Text())
	}
	said := fmt.Sprintf("%s: %s reached %s at the least cost, %s %s", p.Label, enumerate(labelsOf(s.Cheapest)), goal.Text(), text.Short(s.Cost), cost.unit(s.Cost))
	if s.Methods == 1 {
		return said + "; no other method ran."
	}
	names := s.names()
	others := slices.DeleteFunc(slices.Clone(p.Entries), func(e *Entry) bool { return slices.Contains(names, e.Name()) })
	next, needs := p.Cheapest(others, goal, cost)
	switch {
	case len(names) == s.Methods:
		return said + "; no other method ran."
	case len(next) == 0:
		return said + "; no other method reached it in more than half of its runs."
	}
	return fmt.Sprintf("%s; next %s %s with %s %s, %s times as many.", said, english.Verb(len(next), "is", "are"), enumerate(labelsOf(next)), text.Short(needs), cost.unit(needs), text.Short(needs/s.Cost))
}

func labelsOf(entries []*Entry) []string {
	var out []string
	for _, entry := range entries {
		out = append(out, entry.Label)
	}
	return out
}

// enumerate joins names, a few and then their number: "A", "A and B", "A, B, C and 2 more".
func enumerate(names []string) string {
	const few = 3
	if last := len(names) - 1; last > 0 && len(names) <= few {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return text.Few(names, few)
}
