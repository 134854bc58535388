package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// Basins shows, over the level lines, where runs from random starts ended: each start as
// a point in the colour of the place that the run arrived at. It is nil outside of two
// variables and where no method ran from different starts.
func Basins(p *evidence.Problem, l *evidence.Landscape) *figure.Figure {
	if l == nil || l.Dim != 2 {
		return nil
	}
	leaders := p.Ranked()
	if len(leaders) == 0 {
		return nil
	}
	f := &figure.Figure{Role: RoleBasins, Problem: p.Label, Name: FileName(string(RoleBasins), p.Label), Title: fmt.Sprintf("%s: where the runs of %s ended", p.Label, leaders[0].Label),
		Caption: "Each point is a start, in the colour of the place where the run from it ended.", Equal: true,
		X: figure.Axis{Label: "x₁", Scale: figure.Linear}, Y: figure.Axis{Label: "x₂", Scale: figure.Linear}}
	places := map[[2]float64]int{}
	for _, c := range leaders[0].Ran() {
		if c.Trace == nil || len(c.Trace.X) == 0 || len(c.Trace.X[0]) != 2 || c.End == nil || len(*c.End) != 2 {
			continue
		}
		end := [2]float64{math.Round((*c.End)[0]*100) / 100, math.Round((*c.End)[1]*100) / 100}
		if _, known := places[end]; !known {
			i := len(f.Series)
			places[end] = i
			f.Series = append(f.Series, figure.Series{Kind: figure.Points, Color: i,
				Label: fmt.Sprintf("to (%s, %s), %s %s", text.Short(end[0]+0), text.Short(end[1]+0), c.Status, c.CriticalPoint)})
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
	f.Notes = append(f.Notes, "Points: the starts, in the colour of the place where the run from there ended.")
	if len(f.Series) > evidence.CurveRoom {
		f.Notes = append(f.Notes, fmt.Sprintf("%d places; rounded to two decimals.", len(f.Series)))
	}
	x, y := window(f.Series, l)
	f.Grid = levelLines(l, x, y)
	f.Series = append(f.Series, criticalPoints(l)...)
	return f
}
