package page

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// wide reports whether a linear axis of cost would hide the beginnings.
func wide(p *evidence.Problem, entries []*evidence.Entry, cost evidence.Cost) bool {
	first, end := math.Inf(1), 0.0
	for _, entry := range entries {
		for _, c := range entry.Ran() {
			if c.Trace == nil {
				continue
			}
			for k := range c.Trace.Len() {
				if x := cost.At(c.Trace, k, p); x > 0 {
					first, end = math.Min(first, x), math.Max(end, x)
				}
			}
		}
	}
	return evidence.HidesBeginnings(first, end)
}

func curveOf(e *evidence.Entry, q evidence.Quantity, cost evidence.Cost, full bool) (Curve, bool) {
	b := e.Band(cost, q, 0)
	if !slices.ContainsFunc(b.Median, evidence.Finite) {
		return Curve{}, false
	}
	keep := places(len(b.X), singlePoint)
	curve := Curve{X: evidence.Pick(b.X, keep), Median: evidence.Pick(b.Median, keep)}
	if b.Runs < 2 {
		return curve, true
	}
	curve.Low, curve.High = evidence.Pick(b.Low, keep), evidence.Pick(b.High, keep)
	if !full {
		return curve, true
	}
	curve.Mean = evidence.Pick(b.Mean, keep)
	for _, c := range e.Ran()[:min(singleRuns, len(e.Ran()))] {
		one := c.Curve(e.Problem, cost, q)
		at := places(len(one.X), singlePoint)
		curve.Runs = append(curve.Runs, []Numbers{evidence.Pick(one.X, at), evidence.Pick(one.Y, at)})
	}
	return curve, true
}

// boundOf is nil where no theorem bounds the quantity.
func boundOf(e *evidence.Entry, q evidence.Quantity) *Bound {
	p := e.Promised(q)
	if len(p.Of) == 0 {
		return nil
	}
	b := p.Curve()
	keep := places(len(b.X), singlePoint)
	rx, ratio := p.Ratios()
	keepRatios := places(len(rx), singlePoint)
	return &Bound{Theorem: p.Theorem, X: evidence.Pick(b.X, keep), Y: evidence.Pick(b.Median, keep), RatioX: evidence.Pick(rx, keepRatios), Ratio: evidence.Pick(ratio, keepRatios)}
}

// places are at most so many of n indices, evenly spread, first and last among them.
func places(n, most int) []int {
	var out []int
	for k := range min(n, most) {
		if n <= most {
			out = append(out, k)
		} else {
			out = append(out, k*(n-1)/(most-1))
		}
	}
	return out
}

// tracks give the iteration of each point of the paths in a figure.
func tracks(p *evidence.Problem, path *figure.Figure) []Track {
	out := []Track{}
	for _, s := range path.Series {
		for _, entry := range p.Entries {
			if c := entry.FirstPath(); entry.Label == s.Name() && c != nil {
				t := Track{Label: s.Name()}
				for _, k := range c.Trace.Iteration {
					t.Iteration = append(t.Iteration, float64(k))
				}
				out = append(out, t)
			}
		}
	}
	return out
}
