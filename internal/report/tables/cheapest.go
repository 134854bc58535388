package tables

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Cheapest has one row for each problem and target: the settings that reach it at the least
// cost, of all that ran, and what the reference method needs at its own cheapest setting.
func Cheapest(e *evidence.Evidence) *table.Table {
	cost := e.Work()
	t := &table.Table{Name: "cheapest", Title: "Cheapest setting for each target",
		Columns: columns("problem", "target", "cheapest", "equally cheap", "reached", cost.Name, "reference", "reference's "+cost.Name),
		Notes: []string{"Cost: median over all runs of a setting; a run that did not reach the target counts as infinite (∞). " + priceNote(cost),
			fmt.Sprintf("Reference: %s, at its own cheapest setting for each target.", e.Reference)}}
	var checks evidence.Checks
	for _, p := range e.Problems {
		checks.Add(p, p.AskedFor()...)
		for _, g := range p.AskedFor() {
			s := p.Standing(g, cost)
			row := []table.Cell{table.Text(p.Label), table.Text(e.Directed(g).Text()), table.Text(said(&s, func() string { return s.Cheapest[0].Label })), table.Count(max(0, len(s.Cheapest)-1))}
			reached := table.Share{}
			if s.Reached() {
				reached = s.Cheapest[0].Success(g)
			}
			t.Rows = append(t.Rows, append(row, reached, table.Number(costOf(&s)), table.Text(e.Reference), table.Number(s.Reference)))
		}
	}
	t.Notes = slices.Concat(t.Notes, e.Unmeasured(func(evidence.Goal) bool { return true }), checks.Notes())
	return t
}

// said is the name of what is cheapest, or why there is none.
func said(s *evidence.Standing, name func() string) string {
	switch {
	case !s.Asked:
		return "not asked for"
	case !s.Measurable:
		return "not measurable"
	case !s.Reached():
		return "not reached"
	}
	return name()
}

// costOf is the least cost: infinite where no setting arrives, NaN where that cannot be measured.
func costOf(s *evidence.Standing) float64 {
	if !s.Measurable {
		return math.NaN()
	}
	return s.Cost
}

// priceNote says what the unit of cost is.
func priceNote(cost evidence.Cost) string {
	if cost.Name != evidence.Passes.Name {
		return "An epoch is as many samples as the data set has, or one evaluation."
	}
	return "A pass is one evaluation of f, ∇f or both, on a sum the reading of all samples; a Hessian product costs 2, a Hessian n."
}
