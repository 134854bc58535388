package evidence

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Shown are the methods that a figure or a table has room for, in their order, and a note on the
// others. Only what is shown is limited: best costs, ranks and tests are among all methods of the
// contest. Always shown are the methods that reach the goal at the least cost on some problem, and
// those that are wanted anyway. These leave room for at least half as many of the others, which are
// those that reach most targets. A method that ran on fewer than half of the problems is shown
// where it is the cheapest, if alone is set, and else not.
func (c *Contest) Shown(room int, g Goal, cost Cost, alone bool) (shown []int, note string) {
	won := c.cheapest(g, cost)
	var order, left []int
	free, hidden := room, 0
	for m, name := range c.Methods {
		switch {
		case c.few[name] && !(alone && won[m]):
			hidden++
			continue
		case c.wanted[name]:
			free--
		}
		order = append(order, m)
	}
	if len(order) <= room {
		free = len(order)
	}
	free = max(free, room/2)
	rank := func(m int) int { // the first of the order are taken first
		if won[m] || c.wanted[c.Methods[m]] {
			return 0
		}
		return 1
	}
	reached := c.reachedTargets()
	slices.SortStableFunc(order, func(a, b int) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return reached[b] - reached[a]
	})
	for _, m := range order {
		wanted := c.wanted[c.Methods[m]]
		if !wanted && !won[m] && free <= 0 {
			left = append(left, m)
			continue
		}
		shown = append(shown, m)
		if !wanted {
			free--
		}
	}
	slices.Sort(shown)
	slices.Sort(left)
	if len(left) > 0 {
		note = fmt.Sprintf("Shown: %d of %s: those that are the cheapest on some problem, the reference, those that do not come with gdbench, and of the others those that reach most targets. Not shown: %s. All numbers are among all %d.",
			len(shown), english.Count(len(c.Methods)-hidden, "method"), text.Some(Pick(c.Methods, left)), len(c.Methods))
	}
	return shown, note
}

// cheapest are the methods that reach a goal at the least median cost on some problem.
func (c *Contest) cheapest(g Goal, cost Cost) map[int]bool {
	won := map[int]bool{}
	for _, medians := range c.Medians(g, cost) {
		best := lowest(medians.Costs)
		for m, v := range medians.Costs {
			won[m] = won[m] || v == best && Finite(v)
		}
	}
	return won
}

// reachedTargets is how many targets the runs of each method reached.
func (c *Contest) reachedTargets() []int {
	out := make([]int, len(c.Methods))
	for m := range c.Methods {
		for _, g := range c.Goals {
			out[m] += c.reached(m, g).Part
		}
	}
	return out
}
