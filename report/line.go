package report

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

// OnTheCurve shows the iterates in one variable where a learner sees them: as points on
// the graph of f, joined in their order. It is nil where the problem has more variables, or
// cannot be built again.
func (p *Problem) OnTheCurve(l *Landscape) *figure.Figure {
	return p.overTheCurve(l, &figure.Figure{Name: fileName("curve", p.Label), Title: p.Label + ": iterates on the curve",
		Caption: "Every iterate on the graph of f, joined in order. Small steps creep down one side; larger ones jump across the valley; too large ones climb out of it."},
		func(s figure.Series) []figure.Series { return []figure.Series{s} })
}

// overTheCurve fills a figure with the graph of f and with what is made of the iterates of
// each leader, which come as points of the graph.
func (p *Problem) overTheCurve(l *Landscape, f *figure.Figure, of func(iterates figure.Series) []figure.Series) *figure.Figure {
	if l == nil || l.Dim != 1 {
		return nil
	}
	f.X, f.Y = figure.Axis{Label: "x", Scale: figure.Linear}, figure.Axis{Label: "f(x)", Scale: figure.Linear}
	entries, note := p.Leaders(pathRoom)
	low, high := math.Inf(1), math.Inf(-1)
	for i, entry := range entries {
		c := entry.first()
		if c == nil || len(c.Trace.X) == 0 || len(c.Trace.X[0]) != 1 {
			continue
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Both, Color: i, Dash: i % 2}
		reach := 1.8 * math.Max(math.Abs(c.Trace.X[0][0]-centre(l)), 1e-6)
		for _, x := range c.Trace.X {
			if !finite(x[0]) || math.Abs(x[0]-centre(l)) > reach {
				break // it has left the picture
			}
			low, high = math.Min(low, x[0]), math.Max(high, x[0])
			s.X, s.Y = append(s.X, x[0]), append(s.Y, l.Evaluate(x, nil))
		}
		f.Series = append(f.Series, of(s)...)
	}
	if len(f.Series) == 0 || !(high > low) {
		return nil
	}
	f.Series = append([]figure.Series{graph(l, low, high)}, f.Series...)
	f.Notes = append(f.Notes, "A run that leaves the picture is drawn up to there.")
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// graph is that of f, a little beyond a range.
func graph(l *Landscape, low, high float64) figure.Series {
	s := figure.Series{Label: "f", Kind: figure.Line, Color: figure.Ink}
	pad := 0.15 * (high - low)
	for k := range resolution {
		x := low - pad + (high-low+2*pad)*float64(k)/(resolution-1)
		s.X, s.Y = append(s.X, x), append(s.Y, l.Evaluate([]float64{x}, nil))
	}
	return s
}

// centre is the nearest that is known to the middle of the picture: a minimizer, or 0.
func centre(l *Landscape) float64 {
	if len(l.Minimizers) > 0 {
		return l.Minimizers[0][0]
	}
	return 0
}

// Basins shows, over the level lines, where runs from random starts ended: each start as
// a point in the colour of the place that the run arrived at. It is nil outside of two
// variables and where no method ran from different starts.
func (p *Problem) Basins(l *Landscape) *figure.Figure {
	if l == nil || l.Dim != 2 {
		return nil
	}
	leaders, _ := p.Leaders(1)
	if len(leaders) == 0 {
		return nil
	}
	f := &figure.Figure{Name: fileName("basins", p.Label), Title: fmt.Sprintf("%s: where the runs of %s ended", p.Label, leaders[0].Label),
		Caption: "Each point is a start, in the colour of the place where the run from it ended.", Equal: true,
		X: figure.Axis{Label: "x₁", Scale: figure.Linear}, Y: figure.Axis{Label: "x₂", Scale: figure.Linear}}
	places := map[[2]float64]int{}
	for _, c := range leaders[0].Ran() {
		if c.Trace == nil || len(c.Trace.X) == 0 || len(c.Trace.X[0]) != 2 || c.Final.X == nil || len(*c.Final.X) != 2 {
			continue
		}
		end := [2]float64{math.Round((*c.Final.X)[0]*100) / 100, math.Round((*c.Final.X)[1]*100) / 100}
		if _, known := places[end]; !known {
			i := len(f.Series)
			places[end] = i
			f.Series = append(f.Series, figure.Series{Kind: figure.Points, Color: i,
				Label: fmt.Sprintf("to (%s, %s), %s %s", table.Short(end[0]+0), table.Short(end[1]+0), c.Status, c.Final.CriticalPoint)})
		}
		s := &f.Series[places[end]]
		s.X, s.Y = append(s.X, c.Trace.X[0][0]), append(s.Y, c.Trace.X[0][1])
	}
	starts := map[[2]float64]bool{}
	for _, s := range f.Series {
		for k := range s.X {
			starts[[2]float64{s.X[k], s.Y[k]}] = true
		}
	}
	if len(starts) < 3 {
		return nil
	}
	if len(f.Series) > curveRoom {
		f.Notes = append(f.Notes, fmt.Sprintf("%d places; rounded to two decimals.", len(f.Series)))
	}
	x, y := window(f.Series, l)
	f.Grid = levelLines(l, x, y)
	f.Series = append(f.Series, criticalPoints(l)...)
	return f
}
