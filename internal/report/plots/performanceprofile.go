package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// PerformanceProfile shows, for each method, the share of instances that it solved within
// a factor τ of the fastest method on that instance,
//
//	ρ_s(τ) = #{p : t_ps ≤ τ·min_s t_ps} / #{p},
//
// so that ρ_s(1) is how often it won and the right end how often it reached the target at all.
//
// Dolan & Moré 2002, doi:10.1007/s101070100263.
func PerformanceProfile(c *evidence.Contest, g evidence.Goal, cost evidence.Cost) *figure.Figure {
	ratios := make([]sample, len(c.Methods))
	certain := math.Inf(1)
	known, omitted := c.Known(g, cost)
	drawn, note := shown(c, g, cost)
	for _, i := range known {
		best := evidence.AtLeastOne(i.Best(g, cost))
		for m, cell := range i.Cells {
			t := evidence.AtLeastOne(i.Cost(m, g, cost))
			if math.IsNaN(t) || omitted.Method(m) || !drawn[m] {
				continue
			}
			if math.IsInf(t, 1) {
				certain = math.Min(certain, evidence.GaveUp(cell, cost)/best)
			} else {
				t /= best
			}
			ratios[m].add(t, cost.Total(cell, i.Problem)/best, cell)
		}
	}
	f := distribution(c, RolePerformanceProfile, cost, []evidence.Goal{g}, ratios, certain, note)
	f.Title = fmt.Sprintf("Performance profile, %s, %s", g.Text(), cost.Name)
	f.X.Label = fmt.Sprintf("τ: %s relative to the best of all %d methods on each instance", cost.Name, len(c.Methods))
	f.Y.Label = "share of instances solved within τ"
	f.Caption = "At τ = 1: how often a method was the fastest. At the right: how often it reached the target at all. The higher the better."
	f.Notes = append(f.Notes, omitted.Notes("instance")...)
	return f
}
