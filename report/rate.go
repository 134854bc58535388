package report

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// RateGrids are the entries of a problem that differ in the learning rate only, sorted by
// it, for methods that have one and tried at least so many.
func (p *Problem) RateGrids(least int) [][]*Entry {
	byName := map[string][]*Entry{}
	var names []string
	for _, entry := range p.Entries {
		if math.IsNaN(entry.Rate) || entry.Rate <= 0 || len(entry.Ran()) == 0 {
			continue
		}
		if byName[entry.Group] == nil {
			names = append(names, entry.Group)
		}
		byName[entry.Group] = append(byName[entry.Group], entry)
	}
	var out [][]*Entry
	for _, name := range names {
		entries := byName[name]
		sort.SliceStable(entries, func(i, j int) bool { return entries[i].Rate < entries[j].Rate })
		rates := map[float64]bool{}
		for _, entry := range entries {
			rates[entry.Rate] = true
		}
		if len(rates) >= least {
			out = append(out, entries)
		}
	}
	return out
}

// Sensitivity shows the final gap against the learning rate, nil where no method tried
// three. The limit is 2/L, NaN where L is unknown.
func (p *Problem) Sensitivity(limit float64) *figure.Figure {
	f := &figure.Figure{
		Name:    fileName("learning-rate", p.Label),
		Title:   p.Label + ": sensitivity to the learning rate",
		Caption: "The final gap of each method against its learning rate: too small and it has not arrived, too large and it diverges (crosses on the upper edge). A wide valley is a method that is easy to tune.",
		Y:       p.quantityAxis(Gap),
	}
	f.Y.Label = "final " + f.Y.Label
	return p.byRate(f, limit, (*Entry).FinalGaps, func(entries []*Entry) string {
		return edgeOfGrid(entries, p.leastGap(entries, f.Y.Floor), "least final gap")
	})
}

// CostByRate shows the cost to the target that at least half of the runs of some method
// reached, against the learning rate; nil where there is no target, or no method tried
// three rates. The limit is 2/L, NaN where L is unknown.
func (p *Problem) CostByRate(limit float64) *figure.Figure {
	goal, known := p.reached()
	if !known {
		return nil
	}
	work, most := p.Work(), 0.0
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			most = math.Max(most, work.total(c, p))
		}
	}
	f := &figure.Figure{
		Name:    fileName("cost-by-rate", p.Label),
		Title:   fmt.Sprintf("%s: %s to %s", p.Label, work.Name, goal.Text()),
		Caption: "What it costs each method to reach the target, against its learning rate. Rates with which half of the runs did not arrive are on the upper edge, diverged ones as crosses.",
		Y:       figure.Axis{Label: work.Name, Scale: figure.Log, Ceiling: 3 * most},
	}
	return p.byRate(f, limit, func(e *Entry) []float64 { return e.ToReach(goal, work) }, func([]*Entry) string { return "" })
}

// byRate fills a figure with a number of the runs of each method against its learning rate,
// median and quartiles; nil where no method tried three. The note is about a method's
// entries.
func (p *Problem) byRate(f *figure.Figure, limit float64, of func(*Entry) []float64, note func([]*Entry) string) *figure.Figure {
	families := p.RateGrids(3)
	if len(families) == 0 {
		return nil
	}
	f.X = figure.Axis{Label: "learning rate", Scale: figure.Log}
	if len(families) > curveRoom {
		f.Notes = append(f.Notes, fmt.Sprintf("Shown: the first %d of %d methods.", curveRoom, len(families)))
		families = families[:curveRoom]
	}
	diverged := figure.Series{Label: "diverged runs", Kind: figure.Points, Symbol: figure.Cross, Color: figure.Ink}
	for i, entries := range families {
		s := figure.Series{Label: entries[0].Group, Kind: figure.Both, Color: i, Band: "quartiles"}
		for _, entry := range entries {
			q := quartiles(of(entry))
			s.X, s.Y = append(s.X, entry.Rate), append(s.Y, q.Median)
			s.Low, s.High = append(s.Low, q.Q1), append(s.High, q.Q3)
			s.Detail = append(s.Detail, entry.Label+": "+entry.Ended())
			if slices.ContainsFunc(entry.Cells, func(c *Cell) bool { return c.Status == results.Diverged }) {
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
	f.Notes = append(edges(f), f.Notes...)
	if len(diverged.X) > 0 {
		f.Series = append(f.Series, diverged)
	}
	if finite(limit) {
		f.Rules = append(f.Rules, figure.Rule{Label: "2/L", Vertical: true, At: limit, Color: figure.Ink})
	}
	return f
}

// edgeOfGrid warns where the best learning rate is the first or last that was tried: the
// true optimum may lie outside. It says by which criterion the rate is best.
func edgeOfGrid(entries []*Entry, best *Entry, criterion string) string {
	switch {
	case best == nil:
		return ""
	case best.Rate == entries[0].Rate:
		return fmt.Sprintf("%s: the best learning rate (%s), %s, is the smallest that was tried; try smaller ones.", best.Group, criterion, table.Short(best.Rate))
	case best.Rate == entries[len(entries)-1].Rate:
		return fmt.Sprintf("%s: the best learning rate (%s), %s, is the largest that was tried; try larger ones.", best.Group, criterion, table.Short(best.Rate))
	}
	return ""
}

// leastGap is the entry with the least median final gap, which is what the figure of
// sensitivity shows; nil where none ended, or where several are at the floor, below which
// none is better than the other.
func (p *Problem) leastGap(entries []*Entry, floor float64) *Entry {
	var best *Entry
	least, atFloor := math.Inf(1), 0
	for _, entry := range entries {
		gap := median(entry.FinalGaps())
		if gap <= floor {
			atFloor++
		}
		if gap < least {
			best, least = entry, gap
		}
	}
	if atFloor > 1 {
		return nil
	}
	return best
}

// bestOf is the entry with the most merit; nil where none ran.
func bestOf(entries []*Entry) *Entry {
	if len(entries) == 0 {
		return nil
	}
	for _, entry := range entries[0].Problem.Ranked() {
		if slices.Contains(entries, entry) {
			return entry
		}
	}
	return nil
}
