package plots

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// OnTheCurve shows the iterates in one variable where a learner sees them: as points on
// the graph of f, joined in their order. It is nil where the problem has more variables, or
// cannot be built again.
func OnTheCurve(p *evidence.Problem, l *evidence.Landscape) *figure.Figure {
	return overTheCurve(p, l, &figure.Figure{Role: RoleCurve, Problem: p.Label, Name: FileName(string(RoleCurve), p.Label), Title: p.Label + ": iterates on the curve",
		Caption: "Every iterate on the graph of f, joined in order. Small steps creep down one side; larger ones jump across the valley; too large ones climb out of it."},
		func(s figure.Series) []figure.Series { return []figure.Series{s} })
}

// overTheCurve fills a figure with the graph of f and with what is made of the iterates of
// each leader, which come as points of the graph.
func overTheCurve(p *evidence.Problem, l *evidence.Landscape, f *figure.Figure, of func(iterates figure.Series) []figure.Series) *figure.Figure {
	if l == nil || l.Dim != 1 {
		return nil
	}
	f.X, f.Y = figure.Axis{Label: "x", Scale: figure.Linear}, figure.Axis{Label: "f(x)", Scale: figure.Linear}
	entries, note := p.Leaders(pathRoom)
	low, high := math.Inf(1), math.Inf(-1)
	for _, entry := range entries {
		c := entry.FirstTraced()
		if c == nil || len(c.Trace.X) == 0 || len(c.Trace.X[0]) != 1 {
			continue
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Both, Color: entry.Identity.Setting}
		reach := 1.8 * math.Max(math.Abs(c.Trace.X[0][0]-centre(l)), 1e-6)
		for _, x := range c.Trace.X {
			if !evidence.Finite(x[0]) || math.Abs(x[0]-centre(l)) > reach {
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
func graph(l *evidence.Landscape, low, high float64) figure.Series {
	s := figure.Series{Label: "f", Kind: figure.Line, Color: figure.Ink}
	pad := 0.15 * (high - low)
	for k := range resolution {
		x := low - pad + (high-low+2*pad)*float64(k)/(resolution-1)
		s.X, s.Y = append(s.X, x), append(s.Y, l.Evaluate([]float64{x}, nil))
	}
	return s
}

// centre is the nearest that is known to the middle of the picture: a minimizer, or 0.
func centre(l *evidence.Landscape) float64 {
	if len(l.Minimizers) > 0 {
		return l.Minimizers[0][0]
	}
	return 0
}
