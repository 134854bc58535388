package export

import (
	"cmp"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

// point is a moment of a run: what had been spent, the gap there and the best one so far.
type point struct {
	cost      int64
	gap, best float64
}

// courseColumns are those of the traces that a course is made of.
var courseColumns = results.Columns{"iteration", "gap", "values", "gradients", "evaluations", "hessians", "hessian_products"}

// course is a run as the logs of other programs have it: one point at each cost, from the start at
// evaluation 1 to the end. It is made of the trace and of the targets that were hit, at which the
// gap is known to be at most the target. What was observed at the first evaluation belongs to the
// start; whatever a method made of it counts from the second.
//
// Every best gap is one that the run had reached by then. It may have reached it before, between
// two points of its trace.
func course(r *results.Record, p counts.Price) []point {
	start, best := math.NaN(), math.NaN()
	if r.Start != nil {
		start = float64(r.Start.Gap)
	}
	if r.Best != nil {
		best = float64(r.Best.Gap)
	}
	total := max(1, priced(r, p, func(c counts.Count) int64 { return *r.Counts.At(c) }))
	if best < start {
		total = max(2, total)
	}
	points := append(traced(r, p), hits(r, p, start)...)
	for i := range points {
		points[i].cost = min(max(2, points[i].cost), total)
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.cost, b.cost) })

	out := []point{{cost: 1, gap: start, best: start}}
	for _, next := range append(points, point{cost: total, gap: best}) {
		last := &out[len(out)-1]
		next.best = least(last.best, next.gap)
		if next.cost == last.cost {
			last.gap, last.best = least(last.gap, next.gap), next.best
		} else {
			out = append(out, next)
		}
	}
	return out
}

// traced are the points of a trace after the start.
func traced(r *results.Record, p counts.Price) []point {
	t := r.Trace
	if t == nil {
		return nil
	}
	var out []point
	for k := range t.Len() {
		if t.Iteration[k] == 0 || k >= len(t.Gap) || math.IsNaN(t.Gap[k]) {
			continue
		}
		cost := priced(r, p, func(c counts.Count) int64 {
			if column := *t.At(c); k < len(column) {
				return column[k]
			}
			return 0
		})
		out = append(out, point{cost: cost, gap: t.Gap[k]})
	}
	return out
}

// hits are the targets for the gap that a run has hit.
func hits(r *results.Record, p counts.Price, start float64) []point {
	var out []point
	for i := range r.Targets {
		t := &r.Targets[i]
		gap := float64(t.Target)
		switch {
		case !t.Hit() || *t.Iteration == 0:
			continue
		case t.Kind == results.RelativeTarget:
			gap *= start
		case t.Kind != results.AbsoluteTarget:
			continue
		}
		out = append(out, point{cost: priced(r, p, func(c counts.Count) int64 { return *t.At(c) }), gap: gap})
	}
	return out
}

// least is the smaller of two numbers, of which one may not be a number.
func least(a, b float64) float64 {
	switch {
	case math.IsNaN(a):
		return b
	case math.IsNaN(b):
		return a
	}
	return min(a, b)
}
