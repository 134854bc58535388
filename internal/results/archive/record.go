package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"sync"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// targets are the gaps up to which costs are kept: the 51 of COCO's figures, from 10^2 to 10^-8 in
// steps of 10^0.2, as a suite has them with {log: [1e2, 1e-8, 51]}.
var targets = sync.OnceValue(func() []float64 {
	var out []float64
	for k := range 51 {
		out = append(out, text.Rounded(elementary.Pow(10, 2-float64(k)/5), 12))
	}
	return out
})

// solved is the gap at which COCO's runs have arrived.
const solved = 1e-8

// recordOf is an archived run as a record. An archive has no iterations: evaluations stand for them.
func recordOf(b *block, e entry, run *run, p *Problem, repeat int) *results.Record {
	nan := results.Number(math.NaN())
	method := b.algorithm + Suffix
	first, last := run.points[0], run.points[len(run.points)-1]
	value := func(gap float64) results.Number { return results.Number(gap + p.Minimum) }
	spent := func(evaluations int64) results.Counts {
		return results.Counts{Values: evaluations, Evaluations: evaluations}
	}
	r := &results.Record{
		ID:         hash(p.Label, method, strconv.Itoa(repeat)),
		Definition: hash("archived", p.Label, method, strconv.Itoa(repeat)),
		Conditions: hash("archived", p.Label, strconv.Itoa(repeat)),
		Problem:    p.Component, Method: results.Component{Name: b.algorithm},
		Labels:   results.Labels{Problem: p.Label, Method: method},
		Families: &results.Families{Problem: p.Family, Method: method}, Nonconvex: p.Nonconvex,
		Repeat: repeat, Iterations: int(last.evaluations), Counts: spent(last.evaluations), Variables: b.dim,
		Minimum:   &results.Minimum{Value: results.Number(p.Minimum), Source: "published"},
		Benchmark: &results.Benchmark{Suite: Suite, Function: b.function, Instance: e.instance},
		Start:     &results.Start{Value: value(first.gap), Gap: results.Number(first.gap), GradientNorm: nan, Distance: nan},
		Final:     &results.Final{Value: value(last.gap), Gap: results.Number(last.gap), GradientNorm: nan, Distance: nan},
		Trace:     traceOf(run, p.Minimum), Seconds: nan,
	}
	r.Status, r.Message = results.Budget, fmt.Sprintf("archived up to evaluation %d, gap %.2g", last.evaluations, last.gap)
	if last.gap <= solved {
		r.Status, r.Message = results.Converged, fmt.Sprintf("archived: gap %.*g ≤ %g", text.Apart(last.gap, solved, 2), last.gap, solved)
	}
	for _, point := range run.points {
		if r.Best == nil && !math.IsNaN(point.gap) || r.Best != nil && point.gap < float64(r.Best.Gap) {
			r.Best = &results.Best{Value: value(point.gap), Gap: results.Number(point.gap), Iteration: int(point.evaluations)}
		}
	}
	for _, target := range targets() {
		r.Targets = append(r.Targets, Reached(r, target))
	}
	return r
}

// traceOf is the curve of a run.
func traceOf(run *run, minimum float64) *results.Trace {
	t := &results.Trace{}
	for _, p := range run.points {
		t.Iteration = append(t.Iteration, p.evaluations)
		t.Gap, t.Value = append(t.Gap, p.gap), append(t.Value, p.gap+minimum)
		t.Evaluations, t.Values = append(t.Evaluations, p.evaluations), append(t.Values, p.evaluations)
		t.Gradients, t.Samples = append(t.Gradients, 0), append(t.Samples, 0)
		nan := math.NaN()
		for _, column := range []*results.Series{&t.GradientNorm, &t.Distance, &t.StepLength, &t.Slope, &t.Seconds} {
			*column = append(*column, nan)
		}
		t.Trials = append(t.Trials, 0)
	}
	return t
}

func hash(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Reached is when an archived run first had a gap, as far as its curve says: a run may have had
// it earlier, between two points, but not later.
func Reached(r *results.Record, gap float64) results.Target {
	out := results.Target{Target: results.Number(gap), Kind: results.AbsoluteTarget}
	for k, g := range r.Trace.Gap {
		if !(g <= gap) {
			continue
		}
		at, since := int(r.Trace.Iteration[k]), int(r.Trace.Iteration[max(0, k-1)])
		out.Iteration, out.Since = &at, &since
		out.Counts = results.Counts{Values: r.Trace.Evaluations[k], Evaluations: r.Trace.Evaluations[k]}
		break
	}
	return out
}
