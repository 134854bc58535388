package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// Order shows each gap against the one before it: parallel to the diagonal is linear
// convergence, twice as steep is quadratic. It uses pairs of neighbouring iterations.
func Order(p *evidence.Problem) *figure.Figure {
	entries, note := p.Leaders(evidence.CurveRoom)
	axis := p.Axis(evidence.Gap)
	f := &figure.Figure{Role: RoleOrder, Problem: p.Label, Name: FileName(string(RoleOrder), p.Label), Title: p.Label + ": order of convergence",
		Caption: "Each gap against the one before it, from the upper right downwards. Along a line parallel to slope 1 every iteration gains the same number of digits (linear convergence); along slope 2 it doubles their number.",
		X:       figure.Axis{Label: "gap of an iteration", Scale: figure.Log, Floor: axis.Floor, Ceiling: axis.Ceiling},
		Y:       figure.Axis{Label: "gap of the next", Scale: figure.Log, Floor: axis.Floor, Ceiling: axis.Ceiling}}
	low, high := math.Inf(1), math.Inf(-1)
	for _, entry := range entries {
		c := entry.FirstTraced()
		if c == nil || entry.Batch > 0 {
			continue // noise has no order
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Points, Color: entry.Identity.Setting}
		for k := 1; k < c.Trace.Len(); k++ {
			before, after := evidence.Gap.At(p, c.Trace, k-1), evidence.Gap.At(p, c.Trace, k)
			if c.Trace.Iteration[k] != c.Trace.Iteration[k-1]+1 || !(before > axis.Floor) || !(after > axis.Floor) || before > axis.Ceiling || after > axis.Ceiling {
				continue
			}
			s.X, s.Y = append(s.X, before), append(s.Y, after)
			low, high = math.Min(low, before), math.Max(high, before)
		}
		if len(s.X) >= 3 {
			f.Series = append(f.Series, s)
		}
	}
	if len(f.Series) == 0 || high/low < 100 {
		return nil
	}
	for _, slope := range []float64{1, 2} {
		guide := figure.Series{Label: fmt.Sprintf("slope %g", slope), Kind: figure.Line, Color: figure.Ink, Dash: map[float64]int{1: figure.Dashed, 2: figure.Dotted}[slope]}
		for _, x := range []float64{high, math.Sqrt(low * high), low} {
			y := high * math.Pow(x/high, slope)
			if y < axis.Floor {
				x, y = high*math.Pow(axis.Floor/high, 1/slope), axis.Floor*1.0000001
			}
			guide.X, guide.Y = append(guide.X, x), append(guide.Y, y)
		}
		f.Series = append(f.Series, guide)
	}
	f.Notes = append(f.Notes, fmt.Sprintf("First repeat; neighbouring iterations only; gaps down to %s.", text.Short(axis.Floor)))
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}
