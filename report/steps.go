package report

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

// StepLengths shows the step length of each iteration, of the first repeat, nil where
// every method keeps to one length.
func (p *Problem) StepLengths() *figure.Figure {
	return p.perIteration("step-length", "step length t", figure.Log,
		"The step length of each iteration. A line search finds the curvature along its way: long steps in flat places, short ones in narrow valleys.",
		func(c *Cell, k int) float64 { return column(c.Trace.StepLength, k) })
}

// Trials shows the points that a line search tried in each iteration, nil where nobody
// tried more than one.
func (p *Problem) Trials() *figure.Figure {
	f := p.perIteration("trials", "trials", figure.Linear,
		"The points that the line search tried in each iteration: what an adaptive step costs.",
		func(c *Cell, k int) float64 {
			if k >= len(c.Trace.Trials) || c.Trace.Trials[k] == 0 {
				return math.NaN()
			}
			return float64(c.Trace.Trials[k])
		})
	return f
}

// perIteration shows a number of the first run of each leader that varies along it.
func (p *Problem) perIteration(name, label string, scale figure.Scale, caption string, of func(*Cell, int) float64) *figure.Figure {
	entries, note := p.Leaders(curveRoom)
	f := &figure.Figure{Name: fileName(name, p.Label), Title: p.Label + ": " + label, Caption: caption,
		X: figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: label, Scale: scale}}
	end := 0.0
	for i, entry := range entries {
		c := entry.first()
		if c == nil {
			continue
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Line, Color: i}
		low, high := math.Inf(1), math.Inf(-1)
		for k := range c.Trace.Len() {
			v := of(c, k)
			if !finite(v) || scale == figure.Log && v <= 0 {
				continue
			}
			low, high = math.Min(low, v), math.Max(high, v)
			s.X, s.Y = append(s.X, float64(c.Trace.Iteration[k])), append(s.Y, v)
		}
		if high > low {
			f.Series = append(f.Series, s)
			end = math.Max(end, s.X[len(s.X)-1])
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	stretch(f, end)
	f.Notes = append(f.Notes, fmt.Sprintf("One repeat of each method, at the recorded iterations; methods whose %s never changes are left out.", label))
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// first is the first run with a trace.
func (e *Entry) first() *Cell {
	for _, c := range e.Ran() {
		if c.Trace != nil {
			return c
		}
	}
	return nil
}

// Order shows each gap against the one before it: parallel to the diagonal is linear
// convergence, twice as steep is quadratic. It uses pairs of neighbouring iterations.
func (p *Problem) Order() *figure.Figure {
	entries, note := p.Leaders(curveRoom)
	axis := p.quantityAxis(Gap)
	f := &figure.Figure{Name: fileName("order", p.Label), Title: p.Label + ": order of convergence",
		Caption: "Each gap against the one before it, from the upper right downwards. Along the line of slope 1 every iteration gains the same number of digits times a constant; along slope 2 it doubles them.",
		X:       figure.Axis{Label: "gap of an iteration", Scale: figure.Log, Floor: axis.Floor, Ceiling: axis.Ceiling},
		Y:       figure.Axis{Label: "gap of the next", Scale: figure.Log, Floor: axis.Floor, Ceiling: axis.Ceiling}}
	low, high := math.Inf(1), math.Inf(-1)
	for i, entry := range entries {
		c := entry.first()
		if c == nil || entry.Batch > 0 {
			continue // noise has no order
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Points, Color: i}
		for k := 1; k < c.Trace.Len(); k++ {
			before, after := Gap.at(p, c.Trace, k-1), Gap.at(p, c.Trace, k)
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
		guide := figure.Series{Label: fmt.Sprintf("slope %g", slope), Kind: figure.Line, Color: figure.Ink, Dash: int(slope)}
		for _, x := range []float64{high, math.Sqrt(low * high), low} {
			y := high * math.Pow(x/high, slope)
			if y < axis.Floor {
				x, y = high*math.Pow(axis.Floor/high, 1/slope), axis.Floor*1.0000001
			}
			guide.X, guide.Y = append(guide.X, x), append(guide.Y, y)
		}
		f.Series = append(f.Series, guide)
	}
	f.Notes = append(f.Notes, fmt.Sprintf("First repeat; neighbouring iterations only; gaps down to %s.", table.Short(axis.Floor)))
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}
