package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// Shortened is the contest under a part of the budget: what a run reached beyond that part of the
// most that a run on the problem spent when its budget ended it counts as missed. A part above 1
// cannot be asked for, since the runs do not say what they would have reached. Not ok: no budget
// ended a run.
func (c *Contest) Shortened(part float64, cost Cost) (shorter *Contest, ok bool) {
	limits := map[*Problem]float64{}
	for _, i := range c.Instances {
		for _, e := range i.Problem.Entries {
			for _, cell := range e.Cells {
				if cell.Status == results.Budget && !e.Archived { // an archive has its own budgets
					limits[i.Problem] = math.Max(limits[i.Problem], part*cost.Total(cell, i.Problem))
				}
			}
		}
	}
	if len(limits) == 0 {
		return nil, false
	}
	out := *c
	out.Instances = slices.Clone(c.Instances)
	for k := range out.Instances {
		i := &out.Instances[k]
		limit, limited := limits[i.Problem]
		if !limited {
			continue
		}
		i.Cells = slices.Clone(i.Cells)
		for m, cell := range i.Cells {
			if cell == nil {
				continue
			}
			cut, met := *cell, *cell.met
			met.reached = slices.DeleteFunc(slices.Clone(met.reached), func(r reached) bool { return cost.Of(r.cost, i.Problem) > limit })
			cut.met = &met
			i.Cells[m] = &cut
		}
	}
	return &out, true
}
