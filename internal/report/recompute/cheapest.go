package recompute

import (
	"math"
	"slices"
)

// place is who is first on a problem at a goal.
type place struct {
	first   *setting // of those that cost the same, the one that arrives most often, and then the first of the suite; nil: none reaches the goal
	cost    float64
	equal   int             // how many others cost the same
	methods map[string]bool // that share the first place
	compete bool            // at least two methods ran, and one arrives
}

func (p *problem) cheapest(g goal, cheap bool) place {
	found := place{cost: math.Inf(1), methods: map[string]bool{}}
	ran := map[string]bool{}
	for _, s := range p.settings {
		if s.skipped() {
			continue
		}
		ran[s.method] = true
		switch m := s.median(g, cheap); {
		case m < found.cost:
			found.first, found.cost, found.equal = s, m, 0
			found.methods = map[string]bool{s.method: true}
		case m == found.cost && found.first != nil:
			found.equal++
			found.methods[s.method] = true
			if s.arrives(g) > found.first.arrives(g) {
				found.first = s
			}
		}
	}
	found.compete = found.first != nil && len(ran) > 1
	return found
}

// best is the least cost of some settings on a problem: NaN where none of them ran.
func (p *problem) best(of map[string]bool, g goal) float64 {
	least, ran := math.Inf(1), false
	for _, s := range p.settings {
		if of[s.label] && !s.skipped() {
			least, ran = math.Min(least, s.median(g, false)), true
		}
	}
	if !ran {
		return math.NaN()
	}
	return least
}

// change is a problem on which two conditions have no cheapest method in common.
type change struct {
	problem       *problem
	at            goal // of both, where only the price differs
	before, after place
	behind        float64 // by how much the later winner had been behind
}

func (p *problem) change(before, after goal, cheap bool) (change, bool) {
	c := change{problem: p, at: before, before: p.cheapest(before, false), after: p.cheapest(after, cheap)}
	for m := range c.after.methods {
		if c.before.methods[m] {
			return c, false
		}
	}
	winner := map[string]bool{}
	for _, s := range p.grids[c.after.first.method] {
		winner[s.label] = true
	}
	if c.before.cost > 0 {
		c.behind = p.best(winner, before) / c.before.cost
	}
	return c, true
}

// changes are those between accuracies, and of how many problems.
func (d *data) changes() (found []change, of int) {
	coarse, fine, ok := d.ends()
	for _, p := range d.problems {
		if !ok || coarse == fine || !p.cheapest(coarse, false).compete || !p.cheapest(fine, false).compete {
			continue
		}
		of++
		if c, ok := p.change(coarse, fine, false); ok {
			found = append(found, c)
		}
	}
	return found, of
}

// repriced are the changes where a Hessian costs one pass, those at the fine target if there are any
// and else those at the coarse one, on how many problems there is one, and on how many there can be.
func (d *data) repriced() (found []change, on, of int) {
	coarse, fine, ok := d.ends()
	if !ok {
		return nil, 0, 0
	}
	at := map[goal][]change{}
	for _, p := range d.problems {
		competes, changed := false, false
		for _, g := range slices.Compact([]goal{fine, coarse}) {
			if !p.cheapest(g, false).compete {
				continue
			}
			competes = true
			if c, ok := p.change(g, g, true); ok {
				at[g], changed = append(at[g], c), true
			}
		}
		if competes {
			of++
		}
		if changed {
			on++
		}
	}
	if len(at[fine]) > 0 {
		return at[fine], on, of
	}
	return at[coarse], on, of
}

// largest is the change in which the later winner had been behind by the largest factor.
func largest(found []change) change {
	return slices.MaxFunc(found, func(a, b change) int {
		switch {
		case a.behind > b.behind:
			return 1
		case a.behind < b.behind:
			return -1
		}
		return 0
	})
}

// ends are the coarse and the fine target, of the kind that most problems can measure: of relative
// gaps the nearest to 0.01 and the finest that some problem can measure, of other kinds the easiest
// and the hardest. There are none where none can be measured.
func (d *data) ends() (coarse, fine goal, ok bool) {
	kinds := []string{"", "absolute", "gradient", "gradient-absolute", "value"} // preferred in this order where as many problems can
	for _, g := range d.goals {
		if !slices.Contains(kinds, g.kind) {
			kinds = append(kinds, g.kind)
			slices.Sort(kinds[5:])
		}
	}
	most, best := 0, ""
	for _, kind := range kinds {
		problems := 0
		for _, p := range d.problems {
			if slices.ContainsFunc(d.goals, func(g goal) bool { return g.kind == kind && p.measurable(g) }) {
				problems++
			}
		}
		if problems > most {
			most, best = problems, kind
		}
	}
	if most == 0 {
		return goal{}, goal{}, false
	}
	var gaps []goal
	for _, g := range d.goals {
		if g.kind == best && slices.ContainsFunc(d.problems, func(p *problem) bool { return p.measurable(g) }) {
			gaps = append(gaps, g)
		}
	}
	harder := func(a, b goal) int {
		if (a.value < b.value) == a.least {
			return -1
		}
		if a.value == b.value {
			return 0
		}
		return 1
	}
	coarse, fine = slices.MinFunc(gaps, harder), slices.MaxFunc(gaps, harder)
	if fine.kind == "" {
		coarse = slices.MinFunc(gaps, func(a, b goal) int {
			return sign(math.Abs(logarithm(a.value/0.01)) - math.Abs(logarithm(b.value/0.01)))
		})
	}
	return coarse, fine, true
}

func sign(x float64) int {
	switch {
	case x < -1e-9: // what rounding leaves of two logarithms that are equal
		return -1
	case x > 1e-9:
		return 1
	}
	return 0
}
