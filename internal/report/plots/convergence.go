package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Convergence shows a quantity against a cost: the median over the repeats, with a band
// between the quartiles.
func Convergence(p *evidence.Problem, cost evidence.Cost, q evidence.Quantity) *figure.Figure {
	entries, note := p.Leaders(evidence.CurveRoom)
	f := &figure.Figure{
		Role: RoleConvergence, Problem: p.Label, Name: FileName(q.Name, cost.Name, p.Label), Stem: FileName(q.Name, cost.Name),
		Title:   fmt.Sprintf("%s: %s against %s", p.Label, p.AxisLabel(q), cost.Name),
		Caption: fmt.Sprintf("The %s of each method against the %s it has spent. Lower and further left is better; a straight line on a linear axis of cost is linear convergence.", q.Name, cost.Name),
		X:       figure.Axis{Label: cost.Label, Scale: figure.Linear},
		Y:       p.Axis(q),
	}
	end := 0.0
	for _, entry := range entries {
		for _, c := range entry.Ran() {
			end = math.Max(end, cost.Total(c, p))
		}
	}
	repeats := 0
	for _, entry := range entries {
		b := entry.Band(cost, q, end)
		if len(b.X) == 0 {
			continue
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Line, Color: entry.Identity.Setting, X: b.X, Y: b.Median}
		if b.Runs > 1 {
			s.Low, s.High, s.Band = b.Low, b.High, "quartiles"
		}
		repeats = max(repeats, b.Runs)
		f.Series = append(f.Series, s)
	}
	if cost.Name == evidence.Iterations.Name {
		overlay(p, f, entries, q)
	}
	stretch(f, end)
	if repeats > 1 {
		f.Notes = append(f.Notes, fmt.Sprintf("Median and quartile band over %d repeats on a common grid, between the points of a run in proportion; a converged run is carried forward at its last value, a diverged one counts as infinite.", repeats))
	}
	if cost.Name == evidence.Seconds.Name {
		f.Notes = append(f.Notes, "Seconds are those of this run on its machine. Unless its suite says `timing: exclusive` cells ran beside each other, and shared it.")
		if trip := evidence.RoundTripNote(entries); trip != "" {
			f.Notes = append(f.Notes, trip)
		}
	}
	if asked := evidence.AskedNote(entries); asked != "" {
		f.Notes = append(f.Notes, asked)
	}
	f.Notes = append(f.Notes, Edges(f)...)
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// overlay adds to a figure of convergence over iterations what theorems promise for the
// entries that it shows, each in the colour of its place.
func overlay(p *evidence.Problem, f *figure.Figure, entries []*evidence.Entry, q evidence.Quantity) {
	strip := ratioStrip()
	var by []string
	for _, entry := range entries {
		promised := entry.Promised(q)
		if len(promised.Of) == 0 {
			continue
		}
		b := promised.Curve()
		f.Series = append(f.Series, figure.Series{Label: "bound: " + entry.Label, Method: entry.Label, Kind: figure.Line, Color: entry.Identity.Setting, Dash: figure.Dotted, Thin: true, Unlisted: true, X: b.X, Y: within(&f.Y, b.Median)})
		if x, y := promised.Ratios(); len(x) > 0 {
			strip.Series = append(strip.Series, figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Line, Color: entry.Identity.Setting, X: x, Y: y})
		}
		by = append(by, entry.Label+": "+promised.Theorem)
	}
	if len(by) == 0 {
		return
	}
	f.Series = append(f.Series, figure.Series{Label: "promised by a theorem", Kind: figure.Line, Color: figure.Ink, Dash: figure.Dotted, Thin: true, X: []float64{0}, Y: []float64{math.NaN()}})
	f.Notes = append(f.Notes, "Dotted, in the same colour: what the theorem that promises most at the end says from the start alone (median over the repeats).", "Theorems: "+strings.Join(by, "; ")+".")
	if len(strip.Series) > 0 {
		f.Strip = strip
		f.Notes = append(f.Notes, "Beneath: the largest measured/bound over the repeats, of one that has ended its last. 1 is as slow as the theorem allows, above 1 it is refuted. For a theorem about single steps the bound is that from the previous point.")
	}
}

// ratioStrip is an empty strip of measured/bound.
func ratioStrip() *figure.Figure {
	return &figure.Figure{Y: figure.Axis{Label: "ratio", Scale: figure.Log, Floor: 1e-3, Ceiling: 1e3},
		Rules: []figure.Rule{{At: 1, Color: figure.Ink}}}
}

// within leaves out what lies beyond the edges of an axis: a bound there says nothing, and
// its marks would hide the curves.
func within(a *figure.Axis, values []float64) []float64 {
	out := slices.Clone(values)
	for i, v := range out {
		if _, clamped := a.Clamp(v); clamped {
			out[i] = math.NaN()
		}
	}
	return out
}
