package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// DataProfile shows the share of instances solved within κ groups of n+1 evaluations,
// what a simplex gradient in n variables costs. It is nil where n is unknown.
//
// Moré & Wild 2009, doi:10.1137/080724083.
func DataProfile(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *figure.Figure {
	groups := make([]sample, len(c.Methods))
	certain := math.Inf(1)
	drawn, note := shown(c, g, cost)
	for _, i := range c.Instances {
		if i.Problem.Dim == 0 {
			return nil
		}
		group := float64(i.Problem.Dim + 1)
		for m, cell := range i.Cells {
			t := i.Cost(m, g, cost) / group
			if math.IsNaN(t) || !drawn[m] {
				continue
			}
			if math.IsInf(t, 1) {
				certain = math.Min(certain, evidence.GaveUp(cell, cost)/group)
			}
			groups[m].add(t, cost.Total(cell, i.Problem)/group, cell)
		}
	}
	f := distribution(c, RoleDataProfile, cost, []evidence.Goal{g}, groups, certain, note)
	f.Title = fmt.Sprintf("Data profile, %s", g.Text())
	f.X.Label = fmt.Sprintf("κ: %s in groups of n + 1", cost.Name)
	f.Y.Label = "share of instances solved within κ groups"
	f.Caption = "What share of the instances a method solves with a given budget, measured in simplex gradients. Unlike a performance profile, it does not depend on the other methods."
	return f
}
