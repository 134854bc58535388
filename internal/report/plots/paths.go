package plots

import (
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

const (
	pathRoom   = 6
	resolution = 121 // nodes of a landscape in each direction
)

// Paths shows where the methods went in two variables, over the level lines of f, with
// its critical points by kind; nil where no path in two variables was kept. Without a
// landscape the plane is empty.
func Paths(p *evidence.Problem, l *evidence.Landscape) *figure.Figure {
	entries, note := p.Leaders(pathRoom)
	f := &figure.Figure{
		Role: RolePath, Problem: p.Label, Name: FileName(string(RolePath), p.Label),
		Title:   p.Label + ": paths",
		Caption: "Where each method went, over the level lines of f; the darker the lower. A path that meets the level lines at right angles follows the gradient.",
		X:       figure.Axis{Label: "x₁", Scale: figure.Linear},
		Y:       figure.Axis{Label: "x₂", Scale: figure.Linear},
		Equal:   true,
	}
	start := figure.Series{Label: "start", Kind: figure.Points, Symbol: figure.Ring, Color: figure.Ink}
	for _, entry := range entries {
		c := entry.FirstPath()
		if c == nil {
			continue
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Both, Color: entry.Identity.Setting}
		for _, x := range c.Trace.X {
			s.X, s.Y = append(s.X, x[0]), append(s.Y, x[1])
		}
		if len(s.X) > 150 {
			s.Kind = figure.Line
		}
		f.Series = append(f.Series, s)
		if len(start.X) == 0 || s.X[0] != start.X[0] || s.Y[0] != start.Y[0] {
			start.X, start.Y = append(start.X, s.X[0]), append(start.Y, s.Y[0])
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	x, y := window(f.Series, l)
	if l != nil {
		f.Grid = levelLines(l, x, y)
		f.Series = append(f.Series, criticalPoints(l)...)
	}
	f.Series = append(f.Series, start)
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	if slices.ContainsFunc(entries, func(e *evidence.Entry) bool { return len(e.Ran()) > 1 }) {
		f.Notes = append(f.Notes, "One repeat of each method: the first.")
	}
	return f
}
