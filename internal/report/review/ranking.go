package review

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/results"
)

// ranking: does the winner stay the winner?
func (r *referee) ranking() {
	all := r.NewContest()
	if len(all.Methods) < 2 {
		return
	}
	c, goal, ok := r.Finest()
	switch {
	case len(all.Goals) == 0:
		r.find(true, "ranking", results.NoRanking, "no target is common to all problems, so that nothing can be ranked.",
			"Ask for `targets` in the suite; where f* is unknown `value:`, `gradient:` or a diagnostic can be measured.")
		return
	case !ok:
		r.find(true, "ranking", results.NoRanking, "no method reached a target in more than half of its runs.", "Raise the budget or add easier targets.")
		return
	}
	usual := r.Work()
	winner := c.Leader(goal, usual)
	if winner < 0 {
		return // no two methods competed anywhere
	}
	r.costs(c, goal, usual, winner)
	r.accuracies(c, goal, usual, winner)
	r.shorterBudget(c, goal, usual, winner)
	for _, p := range r.Problems {
		if other := c.Without(p).Leader(goal, usual); len(r.Problems) > 2 && other >= 0 && other != winner {
			r.find(true, "ranking", results.RankByProblem, fmt.Sprintf("without %s the first is %s, not %s.", p.Label, c.Methods[other], c.Methods[winner]),
				"The conclusion depends on one problem: add similar ones, or say so.")
		}
	}
	r.knowledge(c, winner)
}

// knowledge: does the winner know what others do not?
func (r *referee) knowledge(c *evidence.Contest, winner int) {
	uses := c.Uses(winner)
	if uses == "–" {
		return
	}
	for m := range c.Methods {
		if c.Uses(m) == "–" {
			r.find(true, "knowledge", results.MoreKnowledge, fmt.Sprintf("%s, which comes first, uses %s; %s does not.", c.Methods[winner], uses, c.Methods[m]),
				"Compare it with methods that use as much, or estimate these facts and count the cost.")
			return
		}
	}
}

// costs: is the winner first by any way of counting? Of the other prices for the same work
// one that makes another first is enough.
func (r *referee) costs(c *evidence.Contest, goal evidence.Goal, usual evidence.Cost, winner int) {
	differs := func(cost evidence.Cost) bool {
		other := r.ContestTo(goal, cost).Leader(goal, cost)
		if other == winner || other < 0 || r.claimed(c, goal, cost.Name, other, winner) {
			return false
		}
		r.find(true, "ranking", results.RankByCost, fmt.Sprintf("by %s %s is first, by %s it is %s.", usual.Name, c.Methods[winner], cost.Name, c.Methods[other]),
			"Say which cost the conclusion is about, and why it is the right one.")
		return true
	}
	costs := []evidence.Cost{evidence.Iterations, evidence.Evaluations}
	if slices.ContainsFunc(r.Problems, func(p *evidence.Problem) bool { return p.Samples > 0 }) {
		costs = append(costs, evidence.Epochs) // elsewhere they are evaluations
	}
	for _, cost := range costs {
		differs(cost)
	}
	if usual.Name == evidence.Epochs.Name {
		return // n is unknown
	}
	for _, cost := range evidence.Reweighed {
		if differs(cost) {
			return
		}
	}
}

// accuracies: is the winner first at each target?
func (r *referee) accuracies(c *evidence.Contest, finest evidence.Goal, usual evidence.Cost, winner int) {
	for _, g := range c.Goals {
		other := r.ContestTo(g, usual).Leader(g, usual)
		if g == finest || other < 0 || other == winner || r.claimed(c, g, "", other, winner) || r.claimed(c, finest, "", winner, other) {
			continue
		}
		r.find(true, "ranking", results.RankByTarget, fmt.Sprintf("to %s %s is first, to %s it is %s.", g.Text(), c.Methods[other], finest.Text(), c.Methods[winner]),
			fmt.Sprintf("Say which accuracy the conclusion is about. In the suite a claim does, with `beats:` the other method and `at: %s`.", at(g)))
		return
	}
}

// at is a goal as a claim names it.
func at(g evidence.Goal) string {
	number := fmt.Sprintf("%g", g.Target)
	if g.Kind == results.RelativeTarget {
		return number
	}
	return "{" + g.Kind + ": " + number + "}"
}

// cut is the part of the budget by which a ranking had better not change.
const cut = 0.95

// shorterBudget: would a slightly smaller budget make another method first? What a larger one
// would do the runs cannot say.
func (r *referee) shorterBudget(c *evidence.Contest, goal evidence.Goal, usual evidence.Cost, winner int) {
	shorter, ok := c.Shortened(cut, usual)
	if !ok {
		return
	}
	other := shorter.Leader(goal, usual)
	if other == winner {
		return
	}
	then := "no method would arrive"
	if other >= 0 {
		then = "it would be " + c.Methods[other]
	}
	r.find(true, "ranking", results.RankByBudget, fmt.Sprintf("to %s %s is first, but with a budget smaller by 5%% %s.", goal.Text(), c.Methods[winner], then),
		"Raise the budget until runs end well before it; what a larger one would change these runs cannot say.")
}

// claimed reports whether the suite says itself that one method beats another to a goal in a
// cost, "" for any: a change of ranks that a suite states is no finding.
func (r *referee) claimed(c *evidence.Contest, goal evidence.Goal, cost string, first, second int) bool {
	labels := func(m int) map[string]bool {
		out := map[string]bool{}
		for _, p := range r.Problems {
			for _, entry := range p.Entries {
				out[entry.Label] = out[entry.Label] || entry.Group == c.Methods[m]
			}
		}
		return out
	}
	names := func(cells []results.CellsOn, of map[string]bool) bool {
		return slices.ContainsFunc(cells, func(on results.CellsOn) bool {
			return slices.ContainsFunc(on.Methods, func(label string) bool { return of[label] })
		})
	}
	for _, run := range r.Runs {
		for _, claim := range run.Manifest.Claims {
			if claim.Holds && claim.By != 0 && claim.At == goal.Target && claim.Kind == goal.Kind && (cost == "" || claim.In == cost) &&
				names(claim.About, labels(first)) && names(claim.Rivals, labels(second)) {
				return true
			}
		}
	}
	return false
}
