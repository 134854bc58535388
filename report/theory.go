package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/results"
)

// What a theorem promises is drawn into the figures of convergence themselves, dotted in
// the colour of the curve that it bounds, with a strip of measured/promised beneath. What
// it promises in expectation has figures of its own: the means, which it speaks of, are
// not the medians of the others.

// promises are the bounds on a quantity that the runs of an entry have by one theorem.
type promises struct {
	theorem string
	of      []*results.Theorem // one a run
	square  bool               // they are on the square of the quantity
}

// promised is by the theorem that promises most at the end of the first run that has any;
// of is empty where no theorem bounds the quantity.
func (e *Entry) promised(q Quantity) promises {
	var out promises
	for _, c := range e.Ran() {
		var least *results.Theorem
		for i := range c.Theorems {
			t := &c.Theorems[i]
			if !bounds(t, q) || out.theorem != "" && t.Name != out.theorem {
				continue
			}
			if least == nil || t.Bound[len(t.Bound)-1] < least.Bound[len(least.Bound)-1] {
				least = t
			}
		}
		if least != nil {
			out.theorem, out.square = least.Name, least.Quantity == results.SquaredDistance
			out.of = append(out.of, least)
		}
	}
	return out
}

// bounds reports a theorem that bounds the quantity, or its square, along a single run.
func bounds(t *results.Theorem, q Quantity) bool {
	n := len(t.Iteration)
	same := t.Quantity == strings.ReplaceAll(q.Name, " ", "_") || t.Quantity == results.SquaredDistance && q.Name == Distance.Name
	return same && !t.InExpectation && n > 0 && len(t.Bound) == n && len(t.Ratios) <= n // an edited file may hold anything
}

// curve is the median bound over the runs: where each run keeps to its bound, so do the
// medians.
func (p *promises) curve() Band {
	curves := make([]Curve, len(p.of))
	for i, t := range p.of {
		curves[i] = Curve{Y: slices.Clone(t.Bound), Then: math.NaN()}
		for k, iteration := range t.Iteration {
			curves[i].X = append(curves[i].X, float64(iteration))
			if p.square {
				curves[i].Y[k] = math.Sqrt(t.Bound[k])
			}
		}
	}
	return bandOf(curves, 0)
}

// ratios are the largest of measured/bound over the runs at each iteration: what the
// theorem says, it says of each of them.
func (p *promises) ratios() (x, y []float64) {
	largest := map[int64]float64{}
	for _, t := range p.of {
		for i, r := range t.Ratios {
			if was, known := largest[t.Iteration[i]]; !known || !(r <= was) && !math.IsNaN(r) {
				largest[t.Iteration[i]] = r
			}
		}
	}
	for _, k := range sortedKeys(largest) {
		x, y = append(x, float64(k)), append(y, largest[k])
	}
	return x, y
}

// overlay adds to a figure of convergence over iterations what theorems promise for the
// entries that it shows, each in the colour of its place.
func (p *Problem) overlay(f *figure.Figure, entries []*Entry, q Quantity) {
	strip := ratioStrip()
	var by []string
	for i, entry := range entries {
		promised := entry.promised(q)
		if len(promised.of) == 0 {
			continue
		}
		b := promised.curve()
		f.Series = append(f.Series, figure.Series{Label: "bound: " + entry.Label, Kind: figure.Line, Color: i, Dash: dotted, Thin: true, Unlisted: true, X: b.X, Y: within(&f.Y, b.Median)})
		if x, y := promised.ratios(); len(x) > 0 {
			strip.Series = append(strip.Series, figure.Series{Label: entry.Label, Kind: figure.Line, Color: i, X: x, Y: y})
		}
		by = append(by, entry.Label+": "+promised.theorem)
	}
	if len(by) == 0 {
		return
	}
	f.Series = append(f.Series, figure.Series{Label: "promised by a theorem", Kind: figure.Line, Color: figure.Ink, Dash: dotted, Thin: true, X: []float64{0}, Y: []float64{math.NaN()}})
	f.Notes = append(f.Notes, "Dotted, in the same colour: what the theorem that promises most at the end says from the start alone (median over the repeats). "+strings.Join(by, "; ")+".")
	if len(strip.Series) > 0 {
		f.Strip = strip
		f.Notes = append(f.Notes, "Beneath: the largest measured/bound over the repeats. 1 is as slow as the theorem allows, above 1 it is refuted. Where a theorem speaks of each step, that is over the bound from the point before.")
	}
}

// dotted is the dash of a bound.
const dotted = 2

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

// Expectations show, for each quantity that a theorem bounds in expectation, its mean over
// the repeats with the interval of the mean, and the bound.
func (p *Problem) Expectations() []*figure.Figure {
	var out []*figure.Figure
	for _, quantity := range []struct{ key, name string }{{results.SquaredDistance, "squared distance"}, {"gap", "gap"}} {
		if f := p.expectation(quantity.key, quantity.name); f != nil {
			out = append(out, f)
		}
	}
	return out
}

func (p *Problem) expectation(key, name string) *figure.Figure {
	f := &figure.Figure{Name: fileName("mean", name, p.Label), Title: p.Label + ": mean " + name,
		Caption: fmt.Sprintf("The mean %s over the repeats, with its interval, and the bound of a theorem in expectation (dotted, in the same colour). A mean above its bound by more than the interval refutes theorem, facts or code; one below proves nothing.", name),
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "mean " + name, Scale: figure.Log},
		Strip: ratioStrip()}
	var by []string
	end, left, highest := 0.0, 0, 0.0
	for _, entry := range p.Entries {
		x := entry.leastExpected(key)
		switch {
		case x == nil:
			continue
		case len(by) == curveRoom:
			left++
			continue
		}
		mean, bound, ratio := x.series(entry.Label, len(by))
		f.Series, f.Strip.Series = append(f.Series, mean, bound), append(f.Strip.Series, ratio)
		end, highest = math.Max(end, mean.X[len(mean.X)-1]), math.Max(highest, slices.Max(bound.Y))
		by = append(by, entry.Label+": "+x.Name)
	}
	if len(by) == 0 {
		return nil
	}
	f.Y.Floor = decade(1e-16 * highest)
	stretch(f, end)
	f.Notes = append(f.Notes, "Bands: four standard errors of the mean. "+strings.Join(by, "; ")+". Beneath: mean/bound.")
	if left > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("Left out: %d further settings.", left))
	}
	return f
}

// leastExpected is the theorem in expectation that promises most for the last mean of the
// quantity; nil where there is none, or no mean.
func (e *Entry) leastExpected(key string) *expected {
	var least *expected
	lowest := math.Inf(1)
	for _, x := range e.Expected {
		if means := x.Means(); x.Quantity == key && x.Repeats > 1 && len(means) > 0 && means[len(means)-1].Bound < lowest {
			least, lowest = x, means[len(means)-1].Bound
		}
	}
	return least
}

// series are the means with their intervals, their bounds, and the one over the other.
func (x *expected) series(label string, color int) (mean, bound, ratio figure.Series) {
	mean = figure.Series{Label: label, Kind: figure.Line, Color: color, Band: "interval of the mean"}
	bound = figure.Series{Label: "bound: " + label, Kind: figure.Line, Color: color, Dash: dotted, Thin: true, Unlisted: true}
	ratio = figure.Series{Label: label, Kind: figure.Line, Color: color, Band: mean.Band}
	for _, m := range x.Means() {
		k, low, high := float64(m.Iteration), m.Measured-m.Width, m.Measured+m.Width
		mean.X, mean.Y, mean.Low, mean.High = append(mean.X, k), append(mean.Y, m.Measured), append(mean.Low, low), append(mean.High, high)
		bound.X, bound.Y = append(bound.X, k), append(bound.Y, m.Bound)
		ratio.X, ratio.Y = append(ratio.X, k), append(ratio.Y, m.Measured/m.Bound)
		ratio.Low, ratio.High = append(ratio.Low, low/m.Bound), append(ratio.High, high/m.Bound)
	}
	return mean, bound, ratio
}
