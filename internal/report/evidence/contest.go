package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
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

	Families   map[string]string // of each method: what it is a variant of
	Identities map[string]int    // of each method: what it looks like

	chosen bool            // some method had several settings to choose from
	wanted map[string]bool // methods that no limit drops
}

// Instance is one repeat of one problem, with the run of each method: nil where it did
// not take part.
type Instance struct {
	Problem *Problem
	Repeat  int
	Cells   []*Cell // as Contest.Methods
}

// Cost is what a method spent to reach a goal: infinite where it did not, NaN where it took no part
// or that could not be measured.
func (i *Instance) Cost(m int, g Goal, cost Cost) float64 {
	if i.Cells[m] == nil {
		return math.NaN()
	}
	return i.Cells[m].ToReach(g, cost)
}

// Best is the least cost of any method to reach a goal.
func (i *Instance) Best(g Goal, cost Cost) float64 {
	best := math.Inf(1)
	for m := range i.Cells {
		if t := i.Cost(m, g, cost); t < best {
			best = t
		}
	}
	return best
}

// Measuring is the number of instances on which one of some goals could be measured.
func (c *Contest) Measuring(goals []Goal) int {
	n := 0
	for _, i := range c.Instances {
		if slices.ContainsFunc(goals, func(g Goal) bool {
			return slices.ContainsFunc(i.Cells, func(cell *Cell) bool { return cell != nil && !math.IsNaN(cell.ToReach(g, Iterations)) })
		}) {
			n++
		}
	}
	return n
}

// NewContest enters each method with its best learning rate for each problem. Where there
// are repeats the rate is chosen on those with even numbers and the odd ones compete, so
// that no method is judged by the luck it was chosen for. Problems without a goal that can be
// measured are left out, then methods that took part in fewer than half of the others, and
// what exceeds room, the worst first, but neither the reference nor methods of the user. Notes
// name what is left out.
func (e *Evidence) NewContest(room int) *Contest {
	c := &Contest{Goals: e.sharedGoals(), Families: map[string]string{}, Identities: map[string]int{}, wanted: map[string]bool{}}
	var problems []*Problem
	var without []string
	for _, p := range e.Problems {
		if len(e.Problems) > 1 && len(c.Goals) > 0 && !slices.ContainsFunc(c.Goals, p.Measures) {
			without = append(without, p.Label)
			continue
		}
		problems = append(problems, p)
	}
	if len(without) > 0 {
		c.Notes = append(c.Notes, "Left out, since no target is measurable there: "+text.Some(without)+".")
	}
	chosen := c.choose(problems)
	c.enter(problems, chosen)
	switch {
	case c.Split:
		c.Notes = append(c.Notes, "Each method runs at the learning rate that is best for it on the even repeats of a problem; the odd repeats compete.")
	case c.chosen:
		c.Notes = append(c.Notes, "Each method runs at its best learning rate for each problem, chosen on the same runs: a little optimistic for methods with a fine grid.")
	}
	if c.copies() {
		c.Notes = append(c.Notes, "A run without random parts enters every instance of its problem; in numbers of runs it counts once.")
	}
	if e.some(func(entry *Entry) bool { return entry.Schema1 }) {
		c.Notes = append(c.Notes, "Files of schema 1 do not say which facts a method uses: for their runs only the constants in its settings are listed.")
	}
	c.keepBest(room)
	if note := AskedNote(c.entries()); note != "" {
		c.Notes = append(c.Notes, note)
	}
	return c
}

// entries are those that compete, as often as they do.
func (c *Contest) entries() []*Entry {
	var out []*Entry
	for _, i := range c.Instances {
		for _, cell := range i.Cells {
			if cell != nil {
				out = append(out, cell.Entry)
			}
		}
	}
	return out
}

// choose takes a setting of each method for each problem, and leaves out the methods that took
// part in fewer than half of them.
func (c *Contest) choose(problems []*Problem) []map[string]*Entry {
	entered := map[string]int{}
	chosen := make([]map[string]*Entry, len(problems))
	for i, p := range problems {
		chosen[i] = map[string]*Entry{}
		for _, entries := range p.ByGroup() {
			best, halved := p.BestOfHalf(entries)
			c.Split = c.Split || halved
			c.chosen = c.chosen || len(entries) > 1
			chosen[i][best.Group] = best
			if entered[best.Group] == 0 {
				c.Methods = append(c.Methods, best.Group)
				c.Families[best.Group], c.Identities[best.Group] = best.Family, best.Identity.Group
			}
			entered[best.Group]++
			c.wanted[best.Group] = c.wanted[best.Group] || best.wanted()
		}
	}
	var left []string
	c.Methods = slices.DeleteFunc(c.Methods, func(m string) bool {
		few := 2*entered[m] < len(problems)
		if few {
			left = append(left, m)
		}
		return few
	})
	if len(left) > 0 {
		c.Notes = append(c.Notes, "Left out, since they ran on fewer than half of the problems: "+text.Some(left)+".")
	}
	return chosen
}

// copies reports whether a run enters more than one instance.
func (c *Contest) copies() bool {
	seen := map[*Cell]bool{}
	for _, i := range c.Instances {
		for _, cell := range i.Cells {
			if cell != nil && seen[cell] {
				return true
			}
			seen[cell] = true
		}
	}
	return false
}

// some reports whether it is so of any entry.
func (e *Evidence) some(so func(*Entry) bool) bool {
	return slices.ContainsFunc(e.Problems, func(p *Problem) bool { return slices.ContainsFunc(p.Entries, so) })
}

// own reports whether runs of ours are on the problem.
func (p *Problem) own() bool {
	return slices.ContainsFunc(p.Entries, func(e *Entry) bool { return !e.Archived })
}

// enter makes the instances.
func (c *Contest) enter(problems []*Problem, chosen []map[string]*Entry) {
	for i, p := range problems {
		repeats, own := 1, p.own()
		for _, entry := range chosen[i] {
			if !entry.Archived || !own {
				repeats = max(repeats, len(entry.Cells))
			}
		}
		entered := 0
		for repeat := range repeats {
			if c.Split && repeats > 1 && repeat%2 == 0 {
				continue
			}
			instance := Instance{Problem: p, Repeat: repeat, Cells: make([]*Cell, len(c.Methods))}
			for m, name := range c.Methods {
				switch entry := chosen[i][name]; {
				case entry == nil:
				case entry.Archived:
					instance.Cells[m] = entry.turn(entered)
				default:
					instance.Cells[m] = entry.repeat(repeat)
				}
			}
			entered++
			c.Instances = append(c.Instances, instance)
		}
	}
}

// sharedGoals are the targets that all problems with targets were asked for, as far as some
// problem could measure them.
func (e *Evidence) sharedGoals() []Goal {
	var shared []Goal
	first := true
	for _, p := range e.Problems {
		goals := p.AskedFor()
		if len(goals) == 0 {
			continue
		}
		if first {
			shared, first = goals, false
			continue
		}
		shared = slices.DeleteFunc(shared, func(g Goal) bool { return !slices.Contains(goals, g) })
	}
	return slices.DeleteFunc(shared, func(g Goal) bool {
		return !slices.ContainsFunc(e.Problems, func(p *Problem) bool { return p.Measures(g) })
	})
}

// keepBest leaves the methods that reach most targets, in their order, and those that are
// wanted anyway. These leave room for at least half as many of the others, since they are to be
// compared with the best.
func (c *Contest) keepBest(room int) {
	if len(c.Methods) <= room {
		return
	}
	kept, left, why := c.best(room)
	if len(left) == 0 {
		return
	}
	c.Notes = append(c.Notes, fmt.Sprintf("Shown: %d of %d methods, %s. Not shown: %s.", len(kept), len(c.Methods), why, text.Some(left)))
	c.Methods = Pick(c.Methods, kept)
	for i := range c.Instances {
		c.Instances[i].Cells = Pick(c.Instances[i].Cells, kept)
	}
}

// best chooses the methods that a figure has room for, and says by which rule.
func (c *Contest) best(room int) (kept []int, left []string, why string) {
	reached, order := make([]int, len(c.Methods)), make([]int, len(c.Methods))
	free := room
	for m, name := range c.Methods {
		order[m] = m
		for _, g := range c.Goals {
			reached[m] += c.reached(m, g).Part
		}
		if c.wanted[name] {
			free--
		}
	}
	free = max(free, room/2)
	slices.SortStableFunc(order, func(a, b int) int { return reached[b] - reached[a] })
	why = "those that reach most targets"
	var dropped []int
	for _, m := range order {
		switch {
		case c.wanted[c.Methods[m]]:
			if kept = append(kept, m); len(dropped) > 0 {
				why = "the reference, those that do not come with gdbench, and of the others those that reach most targets"
			}
		case free > 0:
			kept, free = append(kept, m), free-1
		default:
			dropped = append(dropped, m)
		}
	}
	slices.Sort(kept)
	slices.Sort(dropped)
	return kept, Pick(c.Methods, dropped), why
}

func Pick[T any](from []T, at []int) []T {
	out := make([]T, len(at))
	for i, k := range at {
		out[i] = from[k]
	}
	return out
}

// Finest is the hardest goal that some method reached in more than half of its instances, so that
// somewhere its median cost is finite.
func (c *Contest) Finest() (Goal, bool) {
	for _, g := range slices.Backward(c.Goals) {
		for m := range c.Methods {
			costs := c.costs(m, g, Iterations)
			reached := len(slices.DeleteFunc(slices.Clone(costs), func(v float64) bool { return math.IsInf(v, 1) }))
			if len(costs) > 0 && 2*reached > len(costs) {
				return g, true
			}
		}
	}
	return Goal{}, false
}

// costs are those of a method over the instances in which it took part and the goal could be
// measured.
func (c *Contest) costs(m int, g Goal, cost Cost) []float64 {
	var out []float64
	for _, i := range c.Instances {
		if cell := i.Cells[m]; cell != nil {
			out = append(out, cell.ToReach(g, cost))
		}
	}
	return defined(out)
}

// reached is the share of a method's runs that reached a goal, of those in which that could be
// measured. A run that enters several instances is one.
func (c *Contest) reached(m int, g Goal) table.Share {
	share, seen := table.Share{}, map[*Cell]bool{}
	for _, i := range c.Instances {
		cell := i.Cells[m]
		if cell == nil || seen[cell] {
			continue
		}
		seen[cell] = true
		v := cell.ToReach(g, Iterations)
		if math.IsNaN(v) {
			continue
		}
		share.Of++
		if !math.IsInf(v, 1) {
			share.Part++
		}
	}
	return share
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
