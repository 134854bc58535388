package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
)

// GaveUp is what a run had spent when it stopped without the target: its total cost. A
// run that ended by itself (converged elsewhere, stalled, diverged) would never arrive.
func GaveUp(c *Cell, cost Cost) float64 {
	if c.Status != "budget" && c.Status != "timeout" {
		return math.Inf(1)
	}
	return cost.Total(c, c.Entry.Problem)
}

// AtLeastOne keeps ratios meaningful where a target is met before anything is spent.
func AtLeastOne(cost float64) float64 { return math.Max(cost, 1e-3) }

const (
	shift   = 1.0  // added to costs before ratios, so that 1 against 2 is not twice as good
	penalty = 10.0 // a miss counts as so many times what it spent
)

// Score is how a method did over the problems on which it had competitors and some method arrived.
type Score struct {
	Problems, Fastest  int
	Missed             int         // of the problems: it did not arrive in more than half of its runs
	Reached            table.Share // of its runs on all problems; a run that enters several instances counts once
	Ratio, Clean, Rank float64
}

// Unranked reports a method that ran on fewer than half of the problems. It is among those that
// others are compared with.
func (c *Contest) Unranked(m int) bool { return c.few[c.Methods[m]] }

// leading is the ranked method with the least ratio among some; −1 where none of them has one.
func (c *Contest) leading(scores []Score, among func(m int) bool) int {
	best := -1
	for m, s := range scores {
		if !math.IsNaN(s.Ratio) && !c.Unranked(m) && among(m) && (best < 0 || s.Ratio < scores[best].Ratio) {
			best = m
		}
	}
	return best
}

func (c *Contest) Scores(g Goal, cost Cost) []Score {
	scores := make([]Score, len(c.Methods))
	ratios, clean, ranks := make([][]float64, len(scores)), make([][]float64, len(scores)), make([][]float64, len(scores))
	for _, medians := range c.Comparable(g, cost).Medians {
		best := lowest(medians.Costs)
		for m, v := range medians.Costs {
			if math.IsNaN(v) {
				continue
			}
			scores[m].Problems++
			if v == best {
				scores[m].Fastest++
			}
			if !math.IsInf(v, 1) {
				clean[m] = append(clean[m], (v+shift)/(best+shift))
			} else {
				v = penalty * medians.Spent[m]
				scores[m].Missed++
			}
			ratios[m] = append(ratios[m], (v+shift)/(best+shift))
			ranks[m] = append(ranks[m], RankAmong(medians.Costs, m))
		}
	}
	for m := range scores {
		scores[m].Ratio, scores[m].Clean = statistics.GeometricMean(ratios[m]), statistics.GeometricMean(clean[m])
		scores[m].Rank = statistics.Mean(ranks[m])
		scores[m].Reached = c.reached(m, g)
	}
	return scores
}

// MedianCosts is the median cost of each method on one problem, NaN where it did not run or the
// goal could not be measured, and the largest cost that any method spent. An archived method that
// gave up before any method arrived is not defined either, but unknown: what it would have cost is in
// no file. Its costs do not enter what a miss of others counts.
type MedianCosts struct {
	Problem *Problem
	Costs   []float64
	Spent   []float64 // as Contest.Methods
	Unknown []bool
}

func (c *Contest) Medians(g Goal, cost Cost) []MedianCosts {
	var out []MedianCosts
	for start := 0; start < len(c.Instances); {
		p := c.Instances[start].Problem
		end := start
		for end < len(c.Instances) && c.Instances[end].Problem == p {
			end++
		}
		o := MedianCosts{Problem: p, Costs: make([]float64, len(c.Methods)), Spent: make([]float64, len(c.Methods)), Unknown: make([]bool, len(c.Methods))}
		archived, most := make([]bool, len(c.Methods)), 0.0
		for m := range c.Methods {
			var costs []float64
			for _, i := range c.Instances[start:end] {
				if cell := i.Cells[m]; cell != nil {
					costs = append(costs, defined([]float64{cell.ToReach(g, cost)})...)
					o.Spent[m] = math.Max(o.Spent[m], cost.Total(cell, p))
					archived[m] = cell.Entry.Archived
				}
			}
			o.Costs[m] = statistics.Median(costs)
			if !archived[m] {
				most = math.Max(most, o.Spent[m])
			}
		}
		o.settle(archived, most)
		out = append(out, o)
		start = end
	}
	return out
}

// settle gives all methods of ours the same largest cost, which is the least that a miss of an
// archived one counts, too. Archived ones that gave up before any method arrived are unknown.
func (o *MedianCosts) settle(archived []bool, most float64) {
	least := lowest(o.Costs)
	for m := range o.Costs {
		if archived[m] && math.IsInf(o.Costs[m], 1) && Finite(least) && o.Spent[m] < least {
			o.Costs[m], o.Unknown[m] = math.NaN(), true
		}
		if o.Spent[m] = math.Max(o.Spent[m], most); !archived[m] {
			o.Spent[m] = most
		}
	}
}

// lowest is the least of the costs that are defined, +Inf where none is finite.
func lowest(costs []float64) float64 {
	least := math.Inf(1)
	for _, v := range costs {
		if v < least {
			least = v
		}
	}
	return least
}

// RankAmong is the midrank of entry m, 1 for the smallest, among those that are defined.
func RankAmong(values []float64, m int) float64 {
	rank := 1.0
	for k, v := range values {
		switch {
		case k == m || math.IsNaN(v):
		case v < values[m]:
			rank++
		case v == values[m]:
			rank += 0.5
		}
	}
	return rank
}

// FewProblems is the number below which a rank diagram says little.
const FewProblems = 10

// Leader is the method with the least ratio to the virtual best; −1 where no method arrived
// where another competed.
func (c *Contest) Leader(goal Goal, cost Cost) int {
	return c.leading(c.Scores(goal, cost), func(int) bool { return true })
}

// Without is the contest without one of its problems.
func (c *Contest) Without(p *Problem) *Contest {
	rest := *c
	rest.Instances = slices.DeleteFunc(slices.Clone(c.Instances), func(i Instance) bool { return i.Problem == p })
	return &rest
}
