package tables

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/internal/report/table"
)

// Map is how much slower each method is where a problem is harder than its base.
func Map(s *search.Search) *table.Table {
	t := &table.Table{Name: "map", Title: "Work on a harder problem over work on its base, in " + s.Plan.Cost,
		Columns: columns("mode", "dose", "method", "slowdown", "no target"),
		Notes: append([]string{
			"Slowdown: the method is tuned on both problems by the same protocol; 1: the mode does not matter to it. No target: no run reached any, so that the slowdown is a lower bound, set by the budget.",
			"A method that reached no target on the base has no row.",
		}, s.Notes()...)}
	for _, mode := range s.Modes() {
		for i := range mode.Doses {
			p := &mode.Doses[i]
			for _, m := range s.Methods {
				slowdown := s.Slowdown(m, p)
				if math.IsNaN(slowdown.Value) {
					continue
				}
				lost := ""
				if s.Lost(m, p) {
					lost = "yes"
				}
				t.Rows = append(t.Rows, []table.Cell{table.Text(mode.Name), table.Number(p.Dose), table.Text(m), banded(slowdown), table.Text(lost)})
			}
		}
	}
	return t
}
