package plots

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/results"
)

// Sensitivity shows the final gap against the learning rate, nil where no method tried
// three. The limit is 2/L, NaN where L is unknown.
func Sensitivity(p *evidence.Problem, limit float64) *figure.Figure {
	f := &figure.Figure{
		Role: RoleLearningRate, Problem: p.Label, Name: FileName(string(RoleLearningRate), p.Label),
		Title:   p.Label + ": sensitivity to the learning rate",
		Caption: "The final gap of each method against its learning rate: where the rate is too small it has not arrived, where it is too large it diverges (crosses on the upper edge). A method with a wide valley is easy to tune.",
		Y:       p.Axis(evidence.Gap),
	}
	f.Y.Label = "final " + f.Y.Label
	return byRate(p, f, limit, (*evidence.Entry).FinalGaps, func(entries []*evidence.Entry) string {
		return p.EdgeOfGrid(entries)
	})
}

// CostByRate shows the cost to the target that at least half of the runs of some method
// reached, against the learning rate; nil where there is no target, or no method tried
// three rates. The limit is 2/L, NaN where L is unknown.
func CostByRate(p *evidence.Problem, limit float64) *figure.Figure {
	goal, known := p.FinestGoal()
	if !known {
		return nil
	}
	work, most := p.Work(), 0.0
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			most = math.Max(most, work.Total(c, p))
		}
	}
	f := &figure.Figure{
		Role: RoleCostByRate, Problem: p.Label, Name: FileName(string(RoleCostByRate), p.Label),
		Title:   fmt.Sprintf("%s: %s to %s", p.Label, work.Name, goal.Text()),
		Caption: "The cost of each method to reach the target, against its learning rate. Rates at which half of the runs did not reach it are on the upper edge; diverged runs are crosses.",
		Y:       figure.Axis{Label: work.Name, Scale: figure.Log, Ceiling: 3 * most},
	}
	f = byRate(p, f, limit, func(e *evidence.Entry) []float64 { return e.ToReach(goal, work) }, func([]*evidence.Entry) string { return "" })
	if f != nil {
		f.Notes = append(f.Notes, p.Checks(goal).Notes()...)
	}
	return f
}

// byRate fills a figure with a number of the runs of each method against its learning rate,
// median and quartiles; nil where no method tried three. The note is about a method's
// entries.
func byRate(p *evidence.Problem, f *figure.Figure, limit float64, of func(*evidence.Entry) []float64, note func([]*evidence.Entry) string) *figure.Figure {
	families := p.RateGrids(evidence.FewestRates)
	if len(families) == 0 {
		return nil
	}
	f.X = figure.Axis{Label: "learning rate", Scale: figure.Log}
	var names []string
	for _, entries := range families {
		names = append(names, entries[0].Group)
	}
	kept, left := evidence.Room(evidence.CurveRoom, names, func(i int) bool { return evidence.AnyWanted(families[i]) })
	families = evidence.Pick(families, kept)
	if left != "" {
		f.Notes = append(f.Notes, left)
	}
	diverged := figure.Series{Label: "diverged runs", Kind: figure.Points, Symbol: figure.Cross, Color: figure.Ink}
	for _, entries := range families {
		s := figure.Series{Label: entries[0].Group, Method: entries[0].Group, Kind: figure.Both, Color: entries[0].Identity.Group, Band: "quartiles"}
		for _, entry := range entries {
			q := evidence.Quartiles(of(entry))
			s.X, s.Y = append(s.X, entry.Rate), append(s.Y, q.Median)
			s.Low, s.High = append(s.Low, q.Q1), append(s.High, q.Q3)
			s.Detail = append(s.Detail, entry.Label+": "+entry.Ended())
			if slices.ContainsFunc(entry.Cells, func(c *evidence.Cell) bool { return c.Status == results.Diverged }) {
				diverged.X, diverged.Y = append(diverged.X, entry.Rate), append(diverged.Y, math.Inf(1))
				diverged.Detail = append(diverged.Detail, entry.Label+": "+entry.Ended())
			}
		}
		if len(entries[0].Ran()) < 2 {
			s.Low, s.High, s.Band = nil, nil, ""
		}
		f.Series = append(f.Series, s)
		if said := note(entries); said != "" {
			f.Notes = append(f.Notes, said)
		}
	}
	if slices.ContainsFunc(f.Series, func(s figure.Series) bool { return s.Band != "" }) {
		f.Notes = append([]string{"Median and quartiles over the repeats."}, f.Notes...)
	}
	f.Notes = append(Edges(f), f.Notes...)
	if len(diverged.X) > 0 {
		f.Series = append(f.Series, diverged)
	}
	if evidence.Finite(limit) {
		f.Rules = append(f.Rules, figure.Rule{Label: "2/L", Vertical: true, At: limit, Color: figure.Ink})
	}
	return f
}
