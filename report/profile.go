package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// The three distributions below share one rule: beyond what the budgets allow to know
// nothing is drawn. A run that was stopped at cost b might have arrived at any cost above
// b, so a curve is certain only up to the smallest cost at which a run gave up.

// PerformanceProfile shows, for each method, the share of instances that it solved within
// a factor τ of the fastest method on that instance,
//
//	ρ_s(τ) = #{p : t_ps ≤ τ·min_s t_ps} / #{p},
//
// so that ρ_s(1) is how often it won and the right end how often it arrived at all.
//
// Dolan & Moré 2002, doi:10.1007/s101070100263.
func (c *Contest) PerformanceProfile(g Goal, cost Cost) *figure.Figure {
	ratios := make([][]float64, len(c.Methods))
	certain := math.Inf(1)
	for _, i := range c.Instances {
		best := math.Inf(1)
		for _, cell := range i.Cells {
			if cell != nil {
				best = math.Min(best, atLeastOne(cell.ToReach(g, cost)))
			}
		}
		for m, cell := range i.Cells {
			if cell == nil {
				continue
			}
			t := atLeastOne(cell.ToReach(g, cost))
			if math.IsInf(t, 1) {
				certain = math.Min(certain, gaveUp(cell, cost)/best)
				ratios[m] = append(ratios[m], t)
				continue
			}
			ratios[m] = append(ratios[m], t/best)
		}
	}
	f := c.distribution("performance-profile", cost, ratios, certain)
	f.Title = fmt.Sprintf("Performance profile, %s, %s", g.Text(), cost.Name)
	f.X.Label = fmt.Sprintf("τ: %s relative to the best method on each instance", cost.Name)
	f.Y.Label = "share of instances solved within τ"
	f.Caption = "At τ = 1: how often a method was the fastest. At the right: how often it arrived at all. The higher the better."
	return f
}

// DataProfile shows the share of instances solved within κ groups of n+1 evaluations,
// what a simplex gradient in n variables costs. It is nil where n is unknown.
//
// Moré & Wild 2009, doi:10.1137/080724083.
func (c *Contest) DataProfile(g Goal, cost Cost) *figure.Figure {
	groups := make([][]float64, len(c.Methods))
	certain := math.Inf(1)
	for _, i := range c.Instances {
		if i.Problem.Dim == 0 {
			return nil
		}
		group := float64(i.Problem.Dim + 1)
		for m, cell := range i.Cells {
			if cell == nil {
				continue
			}
			t := cell.ToReach(g, cost) / group
			if math.IsInf(t, 1) {
				certain = math.Min(certain, gaveUp(cell, cost)/group)
			}
			groups[m] = append(groups[m], t)
		}
	}
	f := c.distribution("data-profile", cost, groups, certain)
	f.Title = fmt.Sprintf("Data profile, %s", g.Text())
	f.X.Label = fmt.Sprintf("κ: %s in groups of n + 1", cost.Name)
	f.Y.Label = "share of instances solved within κ groups"
	f.Caption = "What share of the instances a method solves with a given budget, measured in simplex gradients. Unlike a performance profile it does not depend on the competitors."
	return f
}

// Runtimes shows the distribution of the cost over all targets and instances together, as
// COCO does: the share of (instance, target) pairs that were reached.
//
// Hansen et al. 2021, doi:10.1080/10556788.2020.1808977.
func (c *Contest) Runtimes(cost Cost) *figure.Figure {
	costs := make([][]float64, len(c.Methods))
	certain := math.Inf(1)
	for _, i := range c.Instances {
		for m, cell := range i.Cells {
			if cell == nil {
				continue
			}
			for _, g := range c.Goals {
				t := cell.ToReach(g, cost)
				if math.IsInf(t, 1) {
					certain = math.Min(certain, gaveUp(cell, cost))
				}
				costs[m] = append(costs[m], t)
			}
		}
	}
	f := c.distribution("runtimes", cost, costs, certain)
	f.Title = fmt.Sprintf("Runtime distribution over %d targets", len(c.Goals))
	f.X.Label = cost.Label
	f.Y.Label = "share of targets reached"
	f.Caption = "The share of all targets on all instances that a method has reached for a given cost. The area above a curve is its mean log cost."
	return f
}

// distribution draws empirical distribution functions on a logarithmic axis.
func (c *Contest) distribution(name string, cost Cost, samples [][]float64, certain float64) *figure.Figure {
	f := &figure.Figure{Name: fileName(name, cost.Name),
		X: figure.Axis{Scale: figure.Log}, Y: figure.Axis{Scale: figure.Linear}}
	end, first := 1.0, math.Inf(1)
	for _, sample := range samples {
		for _, v := range sample {
			if finite(v) {
				end, first = math.Max(end, v), math.Min(first, math.Max(v, 1e-3))
			}
		}
	}
	for m, sample := range samples {
		if len(sample) == 0 {
			continue
		}
		sorted := slices.Sorted(slices.Values(sample))
		s := figure.Series{Label: c.Methods[m], Kind: figure.Steps, Color: m, X: []float64{math.Min(first, 1)}, Y: []float64{0}}
		for k, v := range sorted {
			if !finite(v) {
				break
			}
			s.X, s.Y = append(s.X, math.Max(v, s.X[0])), append(s.Y, float64(k+1)/float64(len(sorted)))
		}
		s.X, s.Y = append(s.X, end), append(s.Y, s.Y[len(s.Y)-1])
		f.Series = append(f.Series, s)
	}
	if certain < end && certain > 0 {
		f.Rules = append(f.Rules, figure.Rule{Label: "first run gave up", Vertical: true, At: certain, Color: figure.Ink})
		f.Notes = append(f.Notes, "To the right of the dashed line some runs had already been stopped by their budget: the curves there are lower bounds.")
	}
	f.Notes = append(f.Notes, fmt.Sprintf("%d instances (problem × repeat).", len(c.Instances)))
	f.Notes = append(f.Notes, c.Notes...)
	return f
}

// gaveUp is what a run had spent when it stopped without the target: its total cost. A
// run that ended by itself (converged elsewhere, stalled, diverged) would never arrive.
func gaveUp(c *Cell, cost Cost) float64 {
	if c.Status != "budget" && c.Status != "timeout" {
		return math.Inf(1)
	}
	return cost.total(c, c.Entry.Problem)
}

// atLeastOne keeps ratios meaningful where a target is met before anything is spent.
func atLeastOne(cost float64) float64 { return math.Max(cost, 1e-3) }
