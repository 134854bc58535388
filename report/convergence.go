package report

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

// curveRoom is the number of curves that a figure of convergence has room for.
const curveRoom = 8

// Convergence shows a quantity against a cost: the median over the repeats, with a band
// between the quartiles.
func (p *Problem) Convergence(cost Cost, q Quantity) *figure.Figure {
	entries, note := p.Leaders(curveRoom)
	f := &figure.Figure{
		Name:    fileName(q.Name, cost.Name, p.Label),
		Title:   fmt.Sprintf("%s: %s", p.Label, p.axisOf(q)),
		Caption: fmt.Sprintf("The %s of each method against the %s it has spent. Lower and further left is better; a straight line on a linear axis of cost is linear convergence.", q.Name, cost.Name),
		X:       figure.Axis{Label: cost.Label, Scale: figure.Linear},
		Y:       p.quantityAxis(q),
	}
	end := 0.0
	for _, entry := range entries {
		for _, c := range entry.Ran() {
			end = math.Max(end, cost.total(c, p))
		}
	}
	repeats := 0
	for i, entry := range entries {
		b := entry.Band(cost, q, end)
		if len(b.X) == 0 {
			continue
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Line, Color: i, Dash: i % 2, X: b.X, Y: b.Median}
		if b.Runs > 1 {
			s.Low, s.High, s.Band = b.Low, b.High, "quartiles"
		}
		repeats = max(repeats, b.Runs)
		f.Series = append(f.Series, s)
	}
	if cost.Name == Iterations.Name {
		p.overlay(f, entries, q)
	}
	stretch(f, end)
	if repeats > 1 {
		f.Notes = append(f.Notes, fmt.Sprintf("Median and quartile band over %d repeats on a common grid; a converged run is carried forward at its last value, a diverged one counts as infinite.", repeats))
	}
	if cost.Name == Seconds.Name {
		f.Notes = append(f.Notes, "Seconds are those of this run on its machine. Unless its suite says `timing: exclusive` cells ran beside each other, and shared it.")
	}
	f.Notes = append(f.Notes, edges(f)...)
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// axisOf is the quantity as the axis calls it.
func (p *Problem) axisOf(q Quantity) string {
	switch {
	case q.Name == Gap.Name && p.BestSeen:
		return "value above the best seen"
	case q.Name == Gap.Name:
		return "gap f − f*"
	}
	return q.Name
}

// quantityAxis is logarithmic for what goes to zero. Its floor is the accuracy of f* or
// rounding, below which a gap means nothing; its ceiling keeps a diverging run from
// flattening everybody else.
func (p *Problem) quantityAxis(q Quantity) figure.Axis {
	axis := figure.Axis{Label: p.axisOf(q), Scale: figure.Log}
	if q.Name == Value.Name {
		axis.Scale, axis.Ceiling = figure.Linear, p.aboveStarts()
		return axis
	}
	var start float64
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			var v float64
			switch q.Name {
			case Gap.Name:
				v = float64(c.Start.Value) - p.Reference
			case GradientNorm.Name:
				v = float64(c.Start.GradientNorm)
			default:
				v = float64(c.Start.Distance)
			}
			if finite(v) {
				start = math.Max(start, v)
			}
		}
	}
	if start <= 0 {
		start = 1
	}
	axis.Floor, axis.Ceiling = decade(1e-16*start), decade(1e3*start)
	if m := p.Example.Minimum; m != nil && q.Name == Gap.Name && finite(float64(m.Accuracy)) {
		axis.Floor = math.Max(axis.Floor, float64(m.Accuracy))
	}
	return axis
}

// aboveStarts is a value somewhat above those of all starts, in proportion to the descent
// from there; 0 where no start has a value.
func (p *Problem) aboveStarts() float64 {
	start := math.Inf(-1)
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			if v := float64(c.Start.Value); finite(v) {
				start = math.Max(start, v)
			}
		}
	}
	if !finite(start) || !finite(p.least) {
		return 0
	}
	return start + 0.2*(start-p.least)
}

// decade is the nearest power of ten.
func decade(v float64) float64 { return math.Pow(10, math.Round(math.Log10(v))) }

// stretch makes the axis of cost logarithmic where linear would hide the beginnings; its
// zero then lies at half of the first step.
func stretch(f *figure.Figure, end float64) {
	first := end
	for _, s := range f.Series {
		for _, x := range s.X {
			if x > 0 {
				first = math.Min(first, x)
			}
		}
	}
	if hidesBeginnings(first, end) {
		f.X.Scale, f.X.Floor, f.X.ZeroAtFloor = figure.Log, first/2, true
	}
}

// hidesBeginnings reports whether on a linear axis up to end the first step is too small to
// be seen.
func hidesBeginnings(first, end float64) bool { return first > 0 && end/first >= 200 }

// edges says what the hollow triangles on the edges of a figure mean, where there are any.
func edges(f *figure.Figure) []string {
	var below, above bool
	for _, s := range f.Series {
		for _, y := range s.Y {
			at, clamped := f.Y.Clamp(y)
			below = below || clamped && y < at || clamped && y == f.Y.Floor
			above = above || clamped && y > at
		}
	}
	var notes []string
	if below {
		notes = append(notes, fmt.Sprintf("What lies at or below %s is drawn there, marked by a hollow triangle: rounding or the accuracy of f* allows no finer statement.", table.Short(f.Y.Floor)))
	}
	if above {
		notes = append(notes, fmt.Sprintf("What lies above %s, infinity included, is drawn there, marked by a hollow triangle.", table.Short(f.Y.Ceiling)))
	}
	return notes
}
