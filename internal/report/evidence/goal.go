package evidence

import (
	"math"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Goal is a target: what had to be reached, and how it is measured.
type Goal struct {
	Target  float64
	Kind    string
	AtLeast bool // met at or above
}

// Goals are the targets of a problem, from the easiest to the hardest as written.
func (p *Problem) Goals() []Goal { return p.goals }

// ToReach is the cost of reaching a goal, infinite where the run did not.
func (c *Cell) ToReach(g Goal, cost Cost) float64 {
	p := c.Entry.Problem
	for i := range c.reached {
		if p.goals[c.reached[i].goal] == g {
			return cost.Of(c.reached[i].cost, p)
		}
	}
	return math.Inf(1)
}

// ToReach is the cost of reaching a goal in each run that began.
func (e *Entry) ToReach(g Goal, cost Cost) []float64 {
	return e.Each(func(c *Cell) float64 { return c.ToReach(g, cost) })
}

// Text is the goal in words.
func (g Goal) Text() string {
	what := g.Kind
	switch g.Kind {
	case results.RelativeTarget:
		what = "relative gap"
	case results.AbsoluteTarget:
		what = "gap"
	case results.GradientTarget:
		what = "relative gradient norm"
	case results.AbsoluteGradientTarget:
		what = "gradient norm"
	}
	if g.AtLeast {
		return what + " ≥ " + text.Short(g.Target)
	}
	return what + " ≤ " + text.Short(g.Target)
}

// FinestGoal is the last goal, as they are written from easy to hard, that at least half of
// the runs of some entry reached; the first goal if there is none such.
func (p *Problem) FinestGoal() (goal Goal, known bool) {
	goals := p.Goals()
	for _, g := range goals {
		for _, entry := range p.Entries {
			if s := entry.Success(g); s.Of > 0 && 2*s.Part >= s.Of {
				goal, known = g, true
				break
			}
		}
	}
	if !known && len(goals) > 0 {
		return goals[0], true
	}
	return goal, known
}
