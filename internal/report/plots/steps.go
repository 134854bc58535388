package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// StepLengths shows the step length of each iteration, of the first repeat, nil where
// every method keeps to one length.
func StepLengths(p *evidence.Problem) *figure.Figure {
	return perIteration(p, RoleStepLength, "step length t", figure.Log,
		"The step length of each iteration. A line search finds the curvature along its way: long steps in flat places, short ones in narrow valleys.",
		func(c *evidence.Cell, k int) float64 { return evidence.Column(c.Trace.StepLength, k) })
}

// Trials shows the points that a line search tried in each iteration, nil where no method
// tried more than one.
func Trials(p *evidence.Problem) *figure.Figure {
	f := perIteration(p, RoleTrials, "trials", figure.Linear,
		"The points that the line search tried in each iteration: what an adaptive step costs.",
		func(c *evidence.Cell, k int) float64 {
			if k >= len(c.Trace.Trials) || c.Trace.Trials[k] == 0 {
				return math.NaN()
			}
			return float64(c.Trace.Trials[k])
		})
	return f
}

// perIteration shows a number of the first run of each leader that varies along it.
func perIteration(p *evidence.Problem, role figure.Role, label string, scale figure.Scale, caption string, of func(*evidence.Cell, int) float64) *figure.Figure {
	entries, note := p.Leaders(evidence.CurveRoom)
	f := &figure.Figure{Role: role, Problem: p.Label, Name: FileName(string(role), p.Label), Title: p.Label + ": " + label, Caption: caption,
		X: figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: label, Scale: scale}}
	end := 0.0
	for _, entry := range entries {
		c := entry.FirstTraced()
		if c == nil {
			continue
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Line, Color: entry.Identity.Setting}
		low, high := math.Inf(1), math.Inf(-1)
		for k := range c.Trace.Len() {
			v := of(c, k)
			if !evidence.Finite(v) || scale == figure.Log && v <= 0 {
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
