package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/results"
)

// spent is what a run had spent when it got somewhere: more than low, for the check before
// did not find it there yet, and at most high.
type spent struct{ low, high float64 }

func exactly(v float64) spent { return spent{v, v} }

// log is the middle of the logarithms. Nothing counts as one.
func (s spent) log() float64 {
	if s.high == 0 {
		return 0
	}
	return (elementary.Log(s.low) + elementary.Log(s.high)) / 2
}

// step is the width of the logarithms: how coarsely the run was looked at.
func (s spent) step() float64 {
	if s.high == 0 {
		return 0
	}
	return elementary.Log(s.high / s.low)
}

// work is what one repeat cost on both sides.
type work struct {
	base, new spent
	block     string // problem and repeat: what the settings of all methods share
}

// greatest is the largest factor between costs that are read between the points of a run.
const greatest = 10

// works are the costs of the repeats of a cell in one count, towards one goal for both sides:
//
//   - the target, where both met it;
//   - the larger of the two final gaps, where neither did and both came down evenly: what the
//     worse run reached at its end the better one reached sooner;
//   - where one did not come down evenly, but stayed about some gap perhaps, the finest target
//     that either met, unless it was met by accident;
//   - where a run ended by itself far above the other, the gap at which it gave up, at the cost of
//     all that it was allowed to spend: it would never have come lower;
//   - where one did, whichever says more: the target, of which a miss costs what the run was
//     allowed to spend, never infinity, or the final gap of the run that missed.
//
// A repeat that diverged or failed on a side has no cost, unless the other met the target: its
// loss is one of success. Counts that neither side has give nothing; one that only one side has
// is a cost like others.
func (c *cell) works(m Metric, s *Settings) []work {
	var out []work
	for i := range c.base {
		b, n, ok := c.workOf(m, c.base[i], c.new[i], s)
		if ok && (b.high > 0 || n.high > 0) {
			out = append(out, work{b, n, c.block(i)})
		}
	}
	return out
}

func (c *cell) workOf(m Metric, base, new *results.Summary, s *Settings) (b, n spent, ok bool) {
	switch before, after := c.goal.succeeded(base), c.goal.succeeded(new); {
	case before && after && !c.elsewhere(base, new):
		return c.goal.spent(m, base), c.goal.spent(m, new), true
	case before && after:
		return c.afterGivingUp(m, base, new, s)
	case after:
		n, b, ok = c.workOf(m, new, base, s)
		return b, n, ok
	case before:
		b = c.goal.spent(m, base)
		n = exactly(max(s.price(c, m), total(m, new), b.high))
		if standing(new) == lost {
			return b, n, true
		}
		at, then, known := toFinalGap(m, base, new)
		if known && then.low/at.high > n.high/b.low {
			return at, then, true
		}
		return b, n, true
	case standing(base) == lost || standing(new) == lost:
		return b, n, false
	case gaveUp(base, new) || gaveUp(new, base):
		if b, n, ok = c.afterGivingUp(m, base, new, s); ok {
			return b, n, true
		}
	case base.Status == results.Converged && new.Status == results.Converged:
		return exactly(total(m, base)), exactly(total(m, new)), true // the stop is a goal, too
	default:
		even := func(s spent) bool { return s.high <= evenly*s.low }
		if b, n, ok = toFinalGap(m, base, new); ok && even(b) && even(n) && !c.wander(base, new) {
			return b, n, true
		}
	}
	coarser := c.coarser(base, new)
	if coarser == nil {
		return b, n, false
	}
	return coarser.workOf(m, base, new, s)
}

// gaveUp reports whether a run ended by itself, with budget left, far above the end of another.
// Gradient norms at a stop that asks for small ones say nothing.
func gaveUp(o, other *results.Summary) bool {
	known := !math.IsNaN(o.Floor) && !math.IsNaN(other.Floor)
	return (o.Status == results.Stalled || o.Status == results.Converged && known) && finalGap(o) > greatest*finalGap(other)
}

// elsewhere reports whether of two runs that met the stop, where there is no target, one did so far
// from the end of the other, with much of its gap left: at a saddle, perhaps.
func (c *cell) elsewhere(base, new *results.Summary) bool {
	far := func(o, other *results.Summary) bool { return gaveUp(o, other) && finalGap(o) > 0.01*startGap(o) }
	return c.goal.stop && (far(base, new) || far(new, base))
}

// afterGivingUp is what two runs had spent at the end of the one that gave up, which has spent all
// that it was allowed.
func (c *cell) afterGivingUp(m Metric, base, new *results.Summary, s *Settings) (b, n spent, ok bool) {
	b, n, ok = toFinalGap(m, base, new)
	all := s.price(c, m)
	if gaveUp(new, base) {
		n = exactly(max(all, total(m, new), b.high))
	} else {
		b = exactly(max(all, total(m, base), n.high))
	}
	b, n = b.within(n), n.within(b)
	return b, n, ok
}

// within is a cost that is no smaller than the share of another that is believed.
func (s spent) within(other spent) spent {
	return spent{math.Max(s.low, other.high/greatest), math.Max(s.high, other.high/greatest)}
}

// evenly is how far two readings of a cost between known points may lie apart.
const evenly = 1.25

// toFinalGap is what two runs had spent when they came down to the larger of their final gaps.
func toFinalGap(m Metric, base, new *results.Summary) (b, n spent, known bool) {
	if math.IsNaN(base.Floor) != math.IsNaN(new.Floor) {
		return b, n, false // one has a gap, the other a gradient norm
	}
	level := math.Max(finalGap(base), finalGap(new))
	b, known = costOf(m, base, level)
	n, also := costOf(m, new, level)
	if !known || !also {
		return b, n, false
	}
	return b.within(n), n.within(b), true
}

// block names what the cells of a repeat share: the start and the samples.
func (c *cell) block(i int) string {
	return fmt.Sprintf("%s\x00%d", c.label().Problem, c.new[i].Repeat)
}

// spent is what a run that met the goal had spent by then. Between two checks a count grows
// about as the iterations do.
func (g goal) spent(m Metric, o *results.Summary) spent {
	high := g.cost(m, o)
	if g.stop {
		return exactly(high)
	}
	return spent{g.find(o).Least(high), high}
}

// costOf is what a run had spent when its gap, or its gradient norm where f* is unknown, came
// down to a level; known is false where the start was not kept, in files of older versions.
// Between the points that are known, the start, the targets and the end, there are two
// readings: the logarithm of the gap falls evenly with the cost, or as fast as it did between
// the two points before. Where a run converges linearly they agree; where it stays about some
// gap they do not.
func costOf(m Metric, o *results.Summary, level float64) (cost spent, known bool) {
	points := descent(m, o)
	at := slices.IndexFunc(points, func(p point) bool { return p.gap <= level })
	switch {
	case at < 0:
		return exactly(total(m, o)), len(points) > 0 // it went up
	case at == 0 && finalGap(o) >= level:
		return exactly(total(m, o)), true
	case at == 0:
		return exactly(0), true // it began there
	}
	before, after := points[at-1], points[at]
	share := elementary.Log(before.gap/level) / elementary.Log(before.gap/after.gap)
	even := before.cost + float64(share*(after.cost-before.cost))
	if at == 1 {
		return exactly(even), true
	}
	rate := elementary.Log(points[at-2].gap/before.gap) / (before.cost - points[at-2].cost)
	on := math.Min(before.cost+elementary.Log(before.gap/level)/rate, total(m, o))
	return spent{math.Min(even, on), math.Max(even, on)}, true
}

// point is a gap that a run had come down to, and what it had spent by then.
type point struct{ gap, cost float64 }

// descent is what is known of how the gap fell, from the start to the end; each point lies
// below the one before, at a higher cost. Gaps that a run left again do not count: it is judged by
// its end.
func descent(m Metric, o *results.Summary) []point {
	end := finalGap(o)
	all := []point{{startGap(o), 0}}
	for k := range o.Targets {
		t := &o.Targets[k]
		gap, known := gapOf(t, o)
		if t.Hit() && known && gap > end {
			all = append(all, point{gap, hitCost(m, t)})
		}
	}
	all = append(all, point{end, total(m, o)})
	if math.IsNaN(all[0].gap) {
		return nil
	}
	slices.SortStableFunc(all, func(a, b point) int { return cmp.Compare(a.cost, b.cost) })
	kept := all[:1]
	for _, p := range all[1:] {
		switch last := &kept[len(kept)-1]; {
		case p.gap < last.gap && p.cost == last.cost && len(kept) > 1: // two targets in one step have no rate between them
			last.gap = p.gap
		case p.gap < last.gap:
			kept = append(kept, p)
		}
	}
	return kept
}
