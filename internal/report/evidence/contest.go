package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Contest is what methods are compared in across problems: each method (a family of
// settings that differ in the learning rate) enters each problem with one setting, and
// every pair of problem and repeat is an instance.
type Contest struct {
	Methods   []string
	Instances []Instance
	Goals     []Goal // that every problem of the contest has, in the order they are written
	Notes     []string
	Split     bool // the rates were chosen on the even repeats, and the odd ones are compared

	Families map[string]string // of each method: what it is a variant of
}

// Instance is one repeat of one problem, with the run of each method: nil where it did
// not take part.
type Instance struct {
	Problem *Problem
	Repeat  int
	Cells   []*Cell // as Contest.Methods
}

// NewContest enters each method with its best learning rate for each problem. Where there
// are repeats the rate is chosen on those with even numbers and the odd ones compete, so
// that no method is judged by the luck it was chosen for. Methods that took part in fewer
// than half of the problems are left out, and so is what exceeds room, the worst first.
func (e *Evidence) NewContest(room int) *Contest {
	c := &Contest{Goals: e.sharedGoals(), Families: map[string]string{}}
	entered := map[string]int{}
	chosen := make([]map[string]*Entry, len(e.Problems))
	split := false
	for i, p := range e.Problems {
		chosen[i] = map[string]*Entry{}
		for _, entries := range p.ByGroup() {
			best, halved := p.BestOfHalf(entries)
			split = split || halved
			chosen[i][best.Group] = best
			if entered[best.Group] == 0 {
				c.Methods = append(c.Methods, best.Group)
				c.Families[best.Group] = best.Family
			}
			entered[best.Group]++
		}
	}
	all := len(c.Methods)
	c.Methods = slices.DeleteFunc(c.Methods, func(m string) bool { return 2*entered[m] < len(e.Problems) })
	if left := all - len(c.Methods); left > 0 {
		c.Notes = append(c.Notes, fmt.Sprintf("%d methods that ran on fewer than half of the problems are left out.", left))
	}
	c.Split = split
	c.enter(e.Problems, chosen, split)
	if split {
		c.Notes = append(c.Notes, "Each method runs at the learning rate that is best for it on the even repeats of a problem; the odd repeats compete.")
	} else {
		c.Notes = append(c.Notes, "Each method runs at its best learning rate for each problem, chosen on the same runs: a little optimistic for methods with a fine grid.")
	}
	if e.some(func(entry *Entry) bool { return entry.Schema1 }) {
		c.Notes = append(c.Notes, "Files of schema 1 do not say which facts a method uses: for their runs only the constants in its settings are listed.")
	}
	c.keepBest(room)
	return c
}

// some reports whether it is so of any entry.
func (e *Evidence) some(so func(*Entry) bool) bool {
	return slices.ContainsFunc(e.Problems, func(p *Problem) bool { return slices.ContainsFunc(p.Entries, so) })
}

// enter makes the instances.
func (c *Contest) enter(problems []*Problem, chosen []map[string]*Entry, split bool) {
	for i, p := range problems {
		repeats := 1
		for _, entry := range chosen[i] {
			repeats = max(repeats, len(entry.Cells))
		}
		for repeat := range repeats {
			if split && repeats > 1 && repeat%2 == 0 {
				continue
			}
			instance := Instance{Problem: p, Repeat: repeat, Cells: make([]*Cell, len(c.Methods))}
			for m, name := range c.Methods {
				if entry := chosen[i][name]; entry != nil {
					instance.Cells[m] = entry.repeat(repeat)
				}
			}
			c.Instances = append(c.Instances, instance)
		}
	}
}

// sharedGoals are the targets that all problems with targets have in common.
func (e *Evidence) sharedGoals() []Goal {
	var shared []Goal
	first := true
	for _, p := range e.Problems {
		goals := p.Goals()
		if len(goals) == 0 {
			continue
		}
		if first {
			shared, first = goals, false
			continue
		}
		shared = slices.DeleteFunc(shared, func(g Goal) bool { return !slices.Contains(goals, g) })
	}
	return shared
}

// keepBest leaves the methods that reach most targets, in their order.
func (c *Contest) keepBest(room int) {
	if len(c.Methods) <= room {
		return
	}
	reached := make([]int, len(c.Methods))
	for _, i := range c.Instances {
		for m, cell := range i.Cells {
			for _, g := range c.Goals {
				if cell != nil && !math.IsInf(cell.ToReach(g, Iterations), 1) {
					reached[m]++
				}
			}
		}
	}
	order := make([]int, len(c.Methods))
	for m := range order {
		order[m] = m
	}
	slices.SortStableFunc(order, func(a, b int) int { return reached[b] - reached[a] })
	kept := slices.Sorted(slices.Values(order[:room]))
	c.Notes = append(c.Notes, fmt.Sprintf("Shown: the %d of %d methods that reach most targets.", room, len(c.Methods)))
	c.Methods = Pick(c.Methods, kept)
	for i := range c.Instances {
		c.Instances[i].Cells = Pick(c.Instances[i].Cells, kept)
	}
}

func Pick[T any](from []T, at []int) []T {
	out := make([]T, len(at))
	for i, k := range at {
		out[i] = from[k]
	}
	return out
}

// Finest is the last goal that some method reached in at least half of its instances.
func (c *Contest) Finest() (Goal, bool) {
	for _, g := range slices.Backward(c.Goals) {
		for m := range c.Methods {
			costs := c.costs(m, g, Iterations)
			reached := len(slices.DeleteFunc(slices.Clone(costs), func(v float64) bool { return math.IsInf(v, 1) }))
			if len(costs) > 0 && 2*reached >= len(costs) {
				return g, true
			}
		}
	}
	return Goal{}, false
}

// costs are those of a method over the instances it took part in.
func (c *Contest) costs(m int, g Goal, cost Cost) []float64 {
	var out []float64
	for _, i := range c.Instances {
		if cell := i.Cells[m]; cell != nil {
			out = append(out, cell.ToReach(g, cost))
		}
	}
	return out
}

// Uses lists the facts that a method of the contest used on any problem; "–" for none.
func (c *Contest) Uses(m int) string {
	var all []string
	for _, i := range c.Instances {
		if cell := i.Cells[m]; cell != nil {
			all = append(all, cell.Entry.Uses...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return "–"
	}
	return strings.ReplaceAll(strings.Join(all, ", "), "mu", "μ")
}
