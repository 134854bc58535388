package evidence

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Headline says in words which method won where, and by how much.
func (e *Evidence) Headline() []string {
	if e.Cells == 0 {
		return []string{"No run has finished; there is nothing to compare."}
	}
	c := e.NewContest(math.MaxInt)
	goal, ok := c.Finest()
	if !ok {
		return []string{fmt.Sprintf("Runs: %d; problems: %d. No method reached a target in half of its runs: see how the runs ended in the tables.", e.Cells, len(e.Problems))}
	}
	cost := e.Work()
	var out []string
	if len(e.Problems) > 1 {
		out = append(out, c.overall(len(e.Problems), goal, cost))
	}
	const most = 6
	for i, o := range c.Medians(goal, cost) {
		if i == most {
			out = append(out, more(len(e.Problems)-most))
			break
		}
		out = append(out, c.winner(o, goal, cost))
	}
	if c.Split {
		out = append(out, "These sentences compare the odd repeats, at the learning rates that are best on the even ones; the table of runs counts all repeats.")
	}
	return out
}

func more(problems int) string {
	return fmt.Sprintf("%d more %s %s in the tables.", problems, english.Noun(problems, "problem"), english.Verb(problems, "is", "are"))
}

// overall says who is best over all problems, and of the methods that use no facts about the problem
// where that is another.
func (c *Contest) overall(problems int, goal Goal, cost Cost) string {
	scores := c.Scores(goal, cost)
	best := leading(scores, func(int) bool { return true })
	s := scores[best]
	price := text.Short(s.Ratio) + " times the cost of"
	if price == "1 times the cost of" {
		price = "the same cost as"
	}
	over := english.Count(s.Problems, "problem")
	if s.Problems < problems {
		over = fmt.Sprintf("the %d of %d problems on which it ran and some method reached the target,", s.Problems, problems)
	}
	said := fmt.Sprintf("Over %s %s is ahead: it reached %s in %d of %s at %s the best method on each problem (geometric mean, in %s)",
		over, c.Methods[best], goal.Text(), s.Reached.Part, english.Count(s.Reached.Of, "run"), price, cost.Name)
	uses := c.Uses(best)
	if uses == "–" {
		return said + "."
	}
	said += ", using " + uses + "."
	like := leading(scores, func(m int) bool { return c.Uses(m) == "–" })
	if like < 0 {
		return said
	}
	return said + fmt.Sprintf(" Of the methods that use no such facts, %s is ahead, at %s times the cost of the best.", c.Methods[like], text.Short(scores[like].Ratio))
}

// winner says who won on one problem, by how much.
func (c *Contest) winner(o MedianCosts, goal Goal, cost Cost) string {
	best, next := math.Inf(1), math.Inf(1)
	for _, v := range o.Costs {
		switch {
		case v < best:
			best, next = v, best
		case v > best && v < next:
			next = v
		}
	}
	if math.IsInf(best, 1) {
		return fmt.Sprintf("%s: no method reached %s in half of the runs that are compared.", o.Problem.Label, goal.Text())
	}
	said := fmt.Sprintf("%s: %s reached %s first, with %s %s", o.Problem.Label, enumerate(c.with(o, best)), goal.Text(), text.Short(best), cost.Name)
	switch {
	case len(defined(o.Costs)) == 1:
		return said + "; no other method is in this comparison."
	case math.IsInf(next, 1):
		return said + "; no other method reached it."
	}
	runnersUp := c.with(o, next)
	return fmt.Sprintf("%s; next %s %s with %s, %s times as many.", said, english.Verb(len(runnersUp), "is", "are"), enumerate(runnersUp), text.Short(next), text.Short(next/best))
}

// with names the methods with that cost.
func (c *Contest) with(o MedianCosts, cost float64) []string {
	var names []string
	for m, v := range o.Costs {
		if v == cost {
			names = append(names, c.Methods[m])
		}
	}
	return names
}

// enumerate joins names: "A", "A and B", "A, B and C".
func enumerate(names []string) string {
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}
