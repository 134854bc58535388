package report

import (
	"math"

	"github.com/gdbench/gdbench/results"
)

// Cost is a way to count what a run has cost.
type Cost struct {
	Name  string // of columns: "evaluations"
	Label string // of axes
	// total is the cost of a whole run, target that of reaching a target, at that of
	// getting to the k-th point of the trace; all on a problem with so many samples.
	total  func(c *Cell, samples int) float64
	target func(t *results.Target, samples int) float64
	at     func(t *results.Trace, k, samples int) float64
}

// Costs that every run file can tell.
var (
	Iterations = Cost{"iterations", "iterations",
		func(c *Cell, _ int) float64 { return float64(c.Iterations) },
		func(t *results.Target, _ int) float64 { return float64(*t.Iteration) },
		func(t *results.Trace, k, _ int) float64 { return float64(t.Iteration[k]) }}
	Evaluations = Cost{"evaluations", "evaluations (value, gradient or both)",
		func(c *Cell, _ int) float64 { return float64(c.Counts.Evaluations) },
		func(t *results.Target, _ int) float64 { return float64(t.Evaluations) },
		func(t *results.Trace, k, _ int) float64 { return float64(t.Evaluations[k]) }}
	Gradients = Cost{"gradients", "gradients",
		func(c *Cell, _ int) float64 { return float64(c.Counts.Gradients) },
		func(t *results.Target, _ int) float64 { return float64(t.Gradients) },
		func(t *results.Trace, k, _ int) float64 {
			if k >= len(t.Gradients) {
				return math.NaN()
			}
			return float64(t.Gradients[k])
		}}
	// Epochs are as many samples as the data set has; on a problem that is no sum, one
	// evaluation.
	Epochs = Cost{"epochs", "epochs",
		func(c *Cell, samples int) float64 {
			return epochs(c.Counts.Samples, c.Counts.Evaluations, samples)
		},
		func(t *results.Target, samples int) float64 { return epochs(t.Samples, t.Evaluations, samples) },
		func(t *results.Trace, k, samples int) float64 {
			return epochs(t.Samples[k], t.Evaluations[k], samples)
		}}
	Samples = Cost{"samples", "samples",
		func(c *Cell, _ int) float64 { return float64(c.Counts.Samples) },
		func(t *results.Target, _ int) float64 { return float64(t.Samples) },
		func(t *results.Trace, k, _ int) float64 { return float64(t.Samples[k]) }}
)

func epochs(visited, evaluations int64, samples int) float64 {
	if samples == 0 {
		return float64(evaluations)
	}
	return float64(visited) / float64(samples)
}

// Work is the cost by which methods on a problem are compared when nothing else is said:
// epochs where it is a sum over samples, evaluations otherwise.
func (p *Problem) Work() Cost {
	if p.Samples > 0 {
		return Epochs
	}
	return Evaluations
}

// Goal is a target: what had to be reached, and how it is measured.
type Goal struct {
	Target float64
	Kind   string
}

// Goals are the targets of a problem, from the easiest to the hardest as written.
func (p *Problem) Goals() []Goal {
	var goals []Goal
	seen := map[Goal]bool{}
	for _, entry := range p.Entries {
		for _, c := range entry.Cells {
			for i := range c.Targets {
				goal := Goal{float64(c.Targets[i].Target), c.Targets[i].Kind}
				if !seen[goal] {
					seen[goal] = true
					goals = append(goals, goal)
				}
			}
		}
	}
	return goals
}

// ToReach is the cost of reaching a goal, infinite where the run did not.
func (c *Cell) ToReach(g Goal, cost Cost, samples int) float64 {
	for i := range c.Targets {
		t := &c.Targets[i]
		if float64(t.Target) == g.Target && t.Kind == g.Kind && t.Hit() {
			return cost.target(t, samples)
		}
	}
	return math.Inf(1)
}

// ToReach is the cost of reaching a goal in each run that began.
func (e *Entry) ToReach(g Goal, cost Cost) []float64 {
	return e.Each(func(c *Cell) float64 { return c.ToReach(g, cost, e.Problem.Samples) })
}

// Text is the goal in words.
func (g Goal) Text() string {
	switch g.Kind {
	case results.AbsoluteTarget:
		return "gap ≤ " + short(g.Target)
	case results.GradientTarget:
		return "gradient norm ≤ " + short(g.Target)
	}
	return "relative gap ≤ " + short(g.Target)
}
