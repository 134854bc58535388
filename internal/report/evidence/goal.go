package evidence

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Goal is a target: what had to be reached, and how it is measured.
type Goal struct {
	Target  float64
	Kind    string
	AtLeast bool // met at or above
}

// Goals are the targets of a problem that could be measured in some run, from the easiest to
// the hardest of each kind. A target that could not, because f* is unknown or not known well
// enough, is none that was missed.
func (p *Problem) Goals() []Goal {
	if p.settled == nil {
		for i, g := range p.goals {
			if p.measured[i] {
				p.settled = append(p.settled, g)
			}
		}
		slices.SortStableFunc(p.settled, easierFirst)
	}
	return p.settled
}

// AskedFor are all targets of a problem, measurable or not, in the order of Goals.
func (p *Problem) AskedFor() []Goal {
	return slices.SortedStableFunc(slices.Values(p.goals), easierFirst)
}

// Directed is a goal with its direction, also on a problem where no run could measure it: whether an
// accuracy is met at or above a target only problems know that have one.
func (e *Evidence) Directed(g Goal) Goal {
	upward := Goal{g.Target, g.Kind, true}
	if slices.ContainsFunc(e.Problems, func(p *Problem) bool { return p.Measures(upward) }) {
		return upward
	}
	return g
}

// Measures reports whether the goal could be measured in some run on the problem.
func (p *Problem) Measures(g Goal) bool { return slices.Contains(p.Goals(), g) }

// someMet reports whether some run on the problem has met a goal.
func (p *Problem) someMet(g Goal) bool {
	at := slices.Index(p.goals, g)
	return at >= 0 && p.met[at]
}

// easierFirst orders goals: kind by kind, and of one kind the easier before the harder.
func easierFirst(a, b Goal) int {
	switch {
	case a.Kind != b.Kind:
		return cmp.Or(a.preference()-b.preference(), cmp.Compare(a.Kind, b.Kind))
	case a.AtLeast:
		return cmp.Compare(a.Target, b.Target)
	}
	return cmp.Compare(b.Target, a.Target)
}

// preference is the place of a goal's kind in the order in which reports prefer them;
// diagnostics come last.
func (g Goal) preference() int {
	kinds := []string{results.RelativeTarget, results.AbsoluteTarget, results.GradientTarget, results.AbsoluteGradientTarget, results.ValueTarget}
	if at := slices.Index(kinds, g.Kind); at >= 0 {
		return at
	}
	return len(kinds)
}

// isDiagnostic reports whether a goal is about something that only some problems have.
func (g Goal) isDiagnostic() bool {
	return g.preference() > Goal{Kind: results.ValueTarget}.preference()
}

// needsMinimum reports whether a goal is measured from f*.
func (g Goal) needsMinimum() bool {
	return g.Kind == results.RelativeTarget || g.Kind == results.AbsoluteTarget
}

// ToReach is the cost of reaching a goal: infinite where the run did not, NaN where that could
// not be measured. A run that broke before it looked at any goal has reached none.
func (c *Cell) ToReach(g Goal, cost Cost) float64 {
	p := c.Entry.Problem
	for i := range c.met.reached {
		if r := &c.met.reached[i]; p.goals[r.goal] == g {
			return cost.Of(r.cost, p)
		}
	}
	at := slices.Index(p.goals, g)
	if at >= 0 && (slices.Contains(c.met.open, at) || !c.met.asked && p.measured[at]) {
		return math.Inf(1)
	}
	return math.NaN()
}

// ToReach is the cost of reaching a goal in each run in which that could be measured.
func (e *Entry) ToReach(g Goal, cost Cost) []float64 {
	return slices.DeleteFunc(e.Each(func(c *Cell) float64 { return c.ToReach(g, cost) }), math.IsNaN)
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

// FinestGoal is the hardest goal, in the order of Goals, that at least half of
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
