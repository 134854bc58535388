package compare

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// Runs that stay about some gap go up and down by more than their methods differ. Over repeats that
// evens out; a cell without randomness has one run, and starts moved by a few units in the last place
// often wander with it. There a gap within a factor of `greatest` is an accident: which is the last,
// and which the least that was met for a moment.

// wander reports whether two runs without randomness end about the same gap, and one of them above a
// target that it had met.
func (c *cell) wander(base, new *results.Summary) bool {
	b, n := finalGap(base), finalGap(new)
	return c.deterministic() && math.Max(b, n) <= greatest*math.Min(b, n) && (rose(base) || rose(new))
}

// rose reports whether a run ended above a target that it had met, though not far.
func rose(o *results.Summary) bool {
	end := finalGap(o)
	return slices.ContainsFunc(o.Targets, func(t results.Target) bool {
		gap, known := gapOf(&t, o)
		return t.Hit() && known && gap < end && end <= greatest*gap
	})
}

// coarser is the cell with the finest target that either run met for its goal, not by accident; nil
// where they met none.
func (c *cell) coarser(base, new *results.Summary) *cell {
	var met []goal
	for _, o := range []*results.Summary{base, new} {
		for k := range o.Targets {
			t := &o.Targets[k]
			if t.Hit() && t.Message == "" && t.Kind == c.goal.kind && !c.goal.stop {
				met = append(met, goalOf(t))
			}
		}
	}
	slices.SortFunc(met, func(a, b goal) int {
		if a.atLeast {
			a, b = b, a
		}
		return cmp.Compare(a.target, b.target)
	})
	for _, g := range met {
		if !c.deterministic() || !g.byAccident(base, new) && !g.byAccident(new, base) {
			return &cell{base: c.base, new: c.new, goal: g}
		}
	}
	return nil
}

// byAccident reports whether a run met a goal and left it again, of which another run came within
// a factor.
func (g goal) byAccident(o, other *results.Summary) bool {
	if !g.succeeded(o) || g.succeeded(other) {
		return false
	}
	level, known := gapOf(g.find(o), o)
	if !known || finalGap(o) <= level {
		return false
	}
	least := finalGap(other)
	for k := range other.Targets {
		if gap, known := gapOf(&other.Targets[k], other); known && other.Targets[k].Hit() {
			least = math.Min(least, gap)
		}
	}
	return least <= greatest*level*(1+1e-12) // a target of a tenth is one within rounding
}
