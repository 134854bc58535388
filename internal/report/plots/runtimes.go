package plots

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Runtimes shows the distribution of the cost over all targets and instances together, as
// COCO does: the share of (instance, target) pairs that were reached.
//
// Hansen et al. 2021, doi:10.1080/10556788.2020.1808977.
func Runtimes(c *evidence.Contest, cost evidence.Cost) *figure.Figure {
	return runtimes(c, RoleRuntimes, cost)
}

// GroupRuntimes are such distributions for each group of problems of a published suite, over the
// evaluations per variable, as COCO has them: once with a gradient for one evaluation, and once for
// as many as differences would take.
func GroupRuntimes(c *evidence.Contest) []*figure.Figure {
	var out []*figure.Figure
	for _, group := range c.Groups() {
		for _, price := range counts.Prices {
			f := runtimes(group.Contest, RoleGroupRuntimes, evidence.PerVariable(price))
			f.Name = FileName(string(RoleGroupRuntimes), group.Label, price.String())
			f.Title = group.Label + ": " + strings.ToLower(f.Title[:1]) + f.Title[1:]
			out = append(out, f)
		}
	}
	return out
}

func runtimes(c *evidence.Contest, role figure.Role, cost evidence.Cost) *figure.Figure {
	costs := make([]sample, len(c.Methods))
	certain := math.Inf(1)
	drawn, note := shown(c, hardest(c), cost)
	for _, i := range c.Instances {
		for m, cell := range i.Cells {
			for _, g := range c.Goals {
				t := i.Cost(m, g, cost)
				if math.IsNaN(t) || !drawn[m] {
					continue
				}
				if math.IsInf(t, 1) {
					certain = math.Min(certain, evidence.GaveUp(cell, cost))
				}
				costs[m].add(t, cost.Total(cell, i.Problem), cell)
			}
		}
	}
	f := distribution(c, role, cost, c.Goals, costs, certain, note)
	f.Title = fmt.Sprintf("Runtime distribution over %d targets", len(c.Goals))
	f.X.Label = cost.Label
	f.Y.Label = "share of targets reached"
	f.Caption = "The share of all targets on all instances that a method has reached for a given cost. The area above a curve is its mean log cost."
	return f
}

// hardest is the last goal of a contest that has one.
func hardest(c *evidence.Contest) evidence.Goal {
	if len(c.Goals) == 0 {
		return evidence.Goal{}
	}
	return c.Goals[len(c.Goals)-1]
}
