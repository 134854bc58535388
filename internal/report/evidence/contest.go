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

	chosen map[string]bool // methods that had several settings to choose from
	wanted map[string]bool // methods that no limit drops
	few    map[string]bool // methods that ran on fewer than half of the problems
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

// NewContest enters each method with its best learning rate for each problem, over all targets.
// Where there are repeats the rate is chosen on those with even numbers and the odd ones compete,
// so that no method is judged by the luck it was chosen for. Problems without a goal that can be
// measured are left out. Methods that took part in fewer than half of the others enter, since they
// may be the best where they ran, and are not ranked. Notes say both.
func (e *Evidence) NewContest() *Contest {
	return e.newContest("best for it", (*Problem).Best)
}

// ContestTo is a contest for one goal: each method enters with the setting that reaches it at the
// least cost, and where none reaches it with the best over all targets.
func (e *Evidence) ContestTo(g Goal, cost Cost) *Contest {
	return e.newContest("cheapest for it to "+g.Text(), func(p *Problem, entries []*Entry, counts func(*Cell) bool) *Entry {
		if cheapest, _ := p.cheapest(entries, g, cost, counts); len(cheapest) > 0 {
			return cheapest[0]
		}
		return p.Best(entries, counts)
	})
}

// Finest is the contest for the hardest goal that some method reaches in more than half of its
// instances, so that somewhere its median cost is finite.
func (e *Evidence) Finest() (*Contest, Goal, bool) {
	for _, g := range slices.Backward(e.sharedGoals()) {
		if !slices.ContainsFunc(e.Problems, func(p *Problem) bool { return p.someMet(g) }) {
			continue // a contest of many runs takes long
		}
		if c := e.ContestTo(g, e.Work()); c.arrives(g) {
			return c, g, true
		}
	}
	return nil, Goal{}, false
}

// chooser takes one of the settings of a method, judged by the runs that count.
type chooser func(p *Problem, entries []*Entry, counts func(*Cell) bool) *Entry

// newContest enters what a rule chooses; how says what that is.
func (e *Evidence) newContest(how string, choose chooser) *Contest {
	c := &Contest{Goals: e.sharedGoals(), Families: map[string]string{}, Identities: map[string]int{},
		chosen: map[string]bool{}, wanted: map[string]bool{}, few: map[string]bool{}}
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
		c.Notes = append(c.Notes, "Left out, since no target of the comparison is measurable there: "+text.Some(without)+".")
	}
	c.enter(problems, c.choose(problems, choose))
	if note := c.choiceNote(how); note != "" {
		c.Notes = append(c.Notes, note)
	}
	if c.copies() {
		c.Notes = append(c.Notes, "A run without random parts enters every instance of its problem; in numbers of runs it counts once.")
	}
	if e.some(func(entry *Entry) bool { return entry.Schema1 }) {
		c.Notes = append(c.Notes, "Files of schema 1 do not say which facts a method uses: for their runs only the constants in its settings are listed.")
	}
	if note := AskedNote(c.entries()); note != "" {
		c.Notes = append(c.Notes, note)
	}
	return c
}

// choiceNote says how settings were chosen; "": none was.
func (c *Contest) choiceNote(how string) string {
	var names []string
	for _, m := range c.Methods {
		if c.chosen[m] {
			names = append(names, m)
		}
	}
	if len(names) == 0 {
		return ""
	}
	who := "Each method"
	if len(names) < len(c.Methods) {
		who = "Of the methods with several learning rates each"
	}
	if c.Split {
		return fmt.Sprintf("%s runs at the learning rate that is %s on the even repeats of a problem; the odd repeats compete.", who, how)
	}
	return fmt.Sprintf("%s runs at the learning rate that is %s on each problem, chosen on the same runs: a little optimistic for a fine grid.", who, how)
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

// choose takes a setting of each method for each problem.
func (c *Contest) choose(problems []*Problem, choose chooser) []map[string]*Entry {
	entered := map[string]int{}
	chosen := make([]map[string]*Entry, len(problems))
	for i, p := range problems {
		chosen[i] = map[string]*Entry{}
		for _, entries := range p.ByGroup() {
			best, halved := p.ofHalf(entries, choose)
			c.Split = c.Split || halved
			c.chosen[best.Group] = c.chosen[best.Group] || len(entries) > 1
			chosen[i][best.Group] = best
			if entered[best.Group] == 0 {
				c.Methods = append(c.Methods, best.Group)
				c.Families[best.Group], c.Identities[best.Group] = best.Family, best.Identity.Group
			}
			entered[best.Group]++
			c.wanted[best.Group] = c.wanted[best.Group] || best.wanted()
		}
	}
	var few []string
	for _, m := range c.Methods {
		if 2*entered[m] < len(problems) {
			c.few[m] = true
			few = append(few, m)
		}
	}
	if len(few) > 0 {
		c.Notes = append(c.Notes, "Not ranked and not drawn, since they ran on fewer than half of the problems: "+text.Some(few)+". Where they ran, the others are compared with them, too.")
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

func Pick[T any](from []T, at []int) []T {
	out := make([]T, len(at))
	for i, k := range at {
		out[i] = from[k]
	}
	return out
}

// arrives reports whether some method that is ranked reaches a goal in more than half of its
// instances.
func (c *Contest) arrives(g Goal) bool {
	for m, name := range c.Methods {
		costs := c.costs(m, g, Iterations)
		reached := len(slices.DeleteFunc(slices.Clone(costs), func(v float64) bool { return math.IsInf(v, 1) }))
		if len(costs) > 0 && 2*reached > len(costs) && !c.few[name] {
			return true
		}
	}
	return false
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
