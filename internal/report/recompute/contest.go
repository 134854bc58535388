package recompute

import (
	"math"
	"slices"
)

// contest is the methods across problems for one goal: of each method its setting that reaches the
// goal at the least cost, chosen by the even repeats where there are several settings and odd ones.
type contest struct {
	goal    goal
	methods []string // grids, in the order in which they ran
	few     map[string]bool
	split   bool
	of      []*match
}

// match is what the methods cost on a problem, in the repeats that are compared.
type match struct {
	problem *problem
	chosen  map[string]*setting
	costs   map[string][]float64 // NaN: not measurable, or no such run
	spent   map[string]float64   // the most that one of these runs cost
	exact   map[string]bool      // one run, whatever the repeat
}

// contests is the one for the hardest goal that all problems were asked for and that a method
// reaches in more than half of its runs, of those that ran on half of the problems or more.
func (d *data) contests() *contest {
	for _, g := range slices.Backward(d.shared()) {
		c := d.contest(g)
		for _, m := range c.methods {
			reached, of := 0, 0
			for _, on := range c.of {
				for _, v := range on.costs[m] {
					if !math.IsNaN(v) {
						of++
					}
					if !math.IsNaN(v) && !math.IsInf(v, 1) {
						reached++
					}
				}
			}
			if of > 0 && 2*reached > of && !c.few[m] {
				return c
			}
		}
	}
	return nil
}

// shared are the goals of all problems that have any, the easiest of each kind first.
func (d *data) shared() []goal {
	var out []goal
	for _, g := range d.goals {
		everywhere, anywhere := true, false
		for _, p := range d.problems {
			asked, any := p.asked(g)
			everywhere = everywhere && (asked || !any)
			anywhere = anywhere || p.measurable(g)
		}
		if everywhere && anywhere {
			out = append(out, g)
		}
	}
	kinds := []string{"", "absolute", "gradient", "gradient-absolute", "value"}
	for _, g := range out {
		if !slices.Contains(kinds, g.kind) {
			kinds = append(kinds, g.kind)
			slices.Sort(kinds[5:])
		}
	}
	slices.SortStableFunc(out, func(a, b goal) int {
		switch {
		case a.kind != b.kind:
			return slices.Index(kinds, a.kind) - slices.Index(kinds, b.kind)
		case (a.value > b.value) != a.least:
			return -1
		}
		return 1
	})
	return out
}

// asked is whether a run on the problem has a goal, and whether one has any.
func (p *problem) asked(g goal) (this, any bool) {
	for _, s := range p.settings {
		for _, r := range s.runs {
			for _, t := range r.Targets {
				this, any = this || t.goal() == g, true
			}
		}
	}
	return this, any
}

func (d *data) contest(g goal) *contest {
	c := &contest{goal: g, few: map[string]bool{}}
	ran := map[string]int{}
	for _, p := range d.problems {
		if len(d.problems) > 1 && !slices.ContainsFunc(d.shared(), p.measurable) {
			continue
		}
		on := &match{problem: p, chosen: map[string]*setting{}, costs: map[string][]float64{}, spent: map[string]float64{}, exact: map[string]bool{}}
		c.of = append(c.of, on)
		grids := map[string][]*setting{}
		for _, s := range p.settings {
			if s.skipped() {
				continue
			}
			if grids[s.grid] == nil && ran[s.grid] == 0 {
				c.methods = append(c.methods, s.grid)
			}
			if grids[s.grid] == nil {
				ran[s.grid]++
			}
			grids[s.grid] = append(grids[s.grid], s)
		}
		for m, settings := range grids {
			odd := slices.ContainsFunc(settings, func(s *setting) bool {
				return slices.ContainsFunc(s.runs, func(r *record) bool { return r.Repeat%2 == 1 })
			})
			c.split = c.split || odd && len(settings) > 1
			on.chosen[m] = p.choice(d.goals, g, settings)
		}
	}
	for _, m := range c.methods {
		c.few[m] = 2*ran[m] < len(c.of)
	}
	for _, on := range c.of {
		on.run(c)
	}
	return c
}

// choice is the cheapest of some settings to a goal in the even repeats: of those that cost the same
// the one that arrives most often, and then the first. Where none arrives it is the best by all goals.
func (p *problem) choice(goals []goal, g goal, settings []*setting) *setting {
	if len(settings) == 1 {
		return settings[0]
	}
	most := p.most()
	half := func(s *setting) *setting {
		even := *s
		even.runs = slices.DeleteFunc(slices.Clone(s.runs), func(r *record) bool { return r.Repeat%2 == 1 })
		return &even
	}
	best, cost := -1, math.Inf(1)
	for i, s := range settings {
		v := half(s).median(g, false)
		if v < cost || v == cost && best >= 0 && half(s).arrives(g) > half(settings[best]).arrives(g) {
			best, cost = i, v
		}
	}
	if best >= 0 {
		return settings[best]
	}
	first := settings[0]
	for _, s := range settings {
		if p.better(goals, half(s), half(first), most) {
			first = s
		}
	}
	return first
}

// run fills in what the chosen settings cost, in the odd repeats where the even ones have chosen.
func (on *match) run(c *contest) {
	repeats := 1
	for _, s := range on.chosen {
		repeats = max(repeats, len(s.runs))
	}
	for m, s := range on.chosen {
		on.exact[m] = s.runs[0].Deterministic
		for repeat := range repeats {
			if c.split && repeats > 1 && repeat%2 == 0 {
				continue
			}
			cost := math.NaN()
			for _, r := range s.runs {
				if r.Status == "skipped" || r.Repeat != repeat && !r.Deterministic {
					continue
				}
				on.spent[m] = math.Max(on.spent[m], r.passes(r.Counts, float64(r.Variables)))
				if v, measurable := r.cost(c.goal, false); measurable {
					cost = v
				}
			}
			on.costs[m] = append(on.costs[m], cost)
		}
	}
}

// median of what is known of a method on the problem; NaN: nothing is.
func (on *match) median(m string) float64 {
	return middle(slices.DeleteFunc(slices.Clone(on.costs[m]), math.IsNaN))
}

// least is the least median on the problem, and how many methods there are.
func (on *match) least(methods []string) (least float64, known int) {
	least = math.Inf(1)
	for _, m := range methods {
		if v := on.median(m); !math.IsNaN(v) {
			least, known = math.Min(least, v), known+1
		}
	}
	return least, known
}

// pairs are the logarithms of the ratios of two methods in the repeats that both have; of runs
// without random parts one. Two misses are equal.
func (on *match) pairs(a, b string) (logs []float64, missed int) {
	for i, x := range on.costs[a] {
		y := on.costs[b][i]
		switch {
		case math.IsNaN(x) || math.IsNaN(y):
			continue
		case x == y:
			logs = append(logs, 0)
			if math.IsInf(x, 1) {
				missed++
			}
		case math.IsInf(x, 1):
			logs = append(logs, math.Inf(1))
		case math.IsInf(y, 1):
			logs = append(logs, math.Inf(-1))
		default:
			logs = append(logs, logarithm(math.Max(x, 1e-3))-logarithm(math.Max(y, 1e-3)))
		}
	}
	if on.exact[a] && on.exact[b] && len(logs) > 1 {
		logs, missed = logs[:1], min(missed, 1)
	}
	return logs, missed
}
