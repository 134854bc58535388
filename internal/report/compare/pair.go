package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// cell is one cell of the grid in both runs, entry i of each side being the same repeat.
type cell struct {
	base, new []*results.Summary
	goal      goal
}

// label names the cell as NEW does, or as BASE where NEW has not got it.
func (c *cell) label() results.Labels {
	if len(c.new) > 0 {
		return c.new[0].Labels
	}
	return c.base[0].Labels
}

func (c *cell) first() *results.Summary {
	if len(c.new) > 0 {
		return c.new[0]
	}
	return c.base[0]
}

func (c *cell) deterministic() bool { return c.base[0].Deterministic && c.new[0].Deterministic }

// row begins the verdict on one metric of the cell.
func (c *cell) row(m Metric, class Class) Row {
	o := c.first()
	nan := results.Number(math.NaN())
	return Row{
		Problem: o.Labels.Problem, Method: o.Labels.Method, ID: o.ID, Metric: m, Class: class, Verdict: Same,
		Base: nan, New: nan, Effect: nan, P: nan, HolmP: nan, pBetter: math.NaN(),
	}
}

// whole is the one row of a cell that cannot be judged metric by metric.
func (c *cell) whole(v Verdict, format string, args ...any) Row {
	r := c.row(WholeCell, None)
	r.Verdict, r.Note = v, fmt.Sprintf(format, args...)
	r.N = max(len(c.base), len(c.new))
	r.Gated = v == Missing || v == Incomparable
	return r
}

// cluster is what problems share whose results are no independent evidence: the family
// that the files of either side name, or the name of the problem where neither does.
func (c *cell) cluster() string {
	for _, side := range [][]*results.Summary{c.new, c.base} {
		if len(side) > 0 && side[0].Families != nil {
			return side[0].Families.Problem
		}
	}
	return c.first().Problem
}

// group collects the repeats of each cell, in the order of the baseline.
func group(b *results.Baseline) [][]*results.Summary {
	var groups [][]*results.Summary
	for i := range b.Summaries {
		o := &b.Summaries[i]
		last := len(groups) - 1
		if last < 0 || groups[last][0].Labels != o.Labels {
			groups = append(groups, nil)
			last++
		}
		groups[last] = append(groups[last], o)
	}
	return groups
}

// pair matches the cells of both sides by id, so that a new label is no new cell. Cells of
// one side only have nothing on the other.
func pair(base, new *results.Baseline) []*cell {
	baseGroups := group(base)
	at := make(map[string]int, len(base.Summaries)) // id → group
	for i, g := range baseGroups {
		for _, o := range g {
			at[o.ID] = i
		}
	}
	var cells []*cell
	taken := make([]bool, len(baseGroups))
	for _, g := range group(new) {
		c := &cell{new: g}
		for _, o := range g {
			if i, ok := at[o.ID]; ok && !taken[i] {
				taken[i], c.base = true, baseGroups[i]
				break
			}
		}
		cells = append(cells, c)
	}
	for i, g := range baseGroups {
		if !taken[i] {
			cells = append(cells, &cell{base: g})
		}
	}
	return cells
}

// aligned reports whether both sides have the same repeats; the groups are sorted by them.
func (c *cell) aligned() bool {
	return slices.EqualFunc(c.base, c.new, func(x, y *results.Summary) bool { return x.ID == y.ID })
}
