package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// NoiseFloor shows the gap at which methods with batches and a constant learning rate
// stay, against the rate, with the gap that theory allows beside it. It is nil where no
// method came to rest with two rates. The limit is 2/L, NaN where L is unknown.
//
// Theory bounds E‖x − x*‖² (the theorems in expectation of a run), and f − f* ≤
// (L/2)‖x − x*‖². For small rates both are in proportion to lr·σ²/batch (Bottou, Curtis &
// Nocedal 2018, section 4, doi:10.1137/16M1080173).
func NoiseFloor(p *evidence.Problem, limit float64) *figure.Figure {
	f := &figure.Figure{Role: RoleNoiseFloor, Problem: p.Label, Name: FileName(string(RoleNoiseFloor), p.Label), Title: p.Label + ": noise floor",
		Caption: "The gap at which the noise of the batches holds a method, against its learning rate: the smaller the rate and the larger the batch, the lower. Dashed, in the same colour: the floor that a theorem promises.",
		X:       figure.Axis{Label: "learning rate", Scale: figure.Log}, Y: p.Axis(evidence.Gap),
		Notes: []string{"Mean gap over the second half of each run: median and quartiles over the repeats. Rates at which the gap was still falling, or diverged, are left out."}}
	f.Y.Label = "resting " + f.Y.Label
	for _, entries := range p.RateGrids(2) {
		if entries[0].Batch == 0 {
			continue
		}
		measured := figure.Series{Label: entries[0].Group, Kind: figure.Both, Color: len(f.Series), Band: "quartiles"}
		promised := figure.Series{Label: "bound: " + entries[0].Group, Kind: figure.Line, Symbol: figure.Ring, Color: len(f.Series), Dash: 1}
		for _, entry := range entries {
			q := evidence.Quartiles(resting(entry))
			if !evidence.Finite(q.Median) || !evidence.Finite(q.Q3) {
				continue
			}
			measured.X, measured.Y = append(measured.X, entry.Rate), append(measured.Y, q.Median)
			measured.Low, measured.High = append(measured.Low, q.Q1), append(measured.High, q.Q3)
			if bound := entry.PromisedRest() / limit; evidence.Finite(bound) {
				promised.X, promised.Y = append(promised.X, entry.Rate), append(promised.Y, bound)
			}
		}
		if len(measured.X) < 2 {
			continue
		}
		if len(f.Series) >= 2*evidence.CurveRoom {
			f.Notes = append(f.Notes, fmt.Sprintf("Shown: the first %d methods.", evidence.CurveRoom))
			break
		}
		f.Series = append(f.Series, measured)
		if len(promised.X) > 0 {
			if len(promised.X) == 1 {
				promised.Kind = figure.Both // a line of one point cannot be seen
			}
			f.Series = append(f.Series, promised)
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	return f
}

// resting is the gap at which each run of an entry stayed: infinite where it failed, NaN
// where it was still falling by more than half from its second quarter to its second half.
func resting(e *evidence.Entry) []float64 {
	return e.Each(func(c *evidence.Cell) float64 {
		switch {
		case c.Failed():
			return math.Inf(1)
		case c.Trace == nil:
			return math.NaN()
		}
		gap := func(k int) float64 { return evidence.Gap.At(e.Problem, c.Trace, k) }
		end := c.Trace.Iteration[c.Trace.Len()-1]
		before, rest := meanWithin(c.Trace.Iteration, end/4, end/2, gap), meanWithin(c.Trace.Iteration, end/2, end+1, gap)
		if !(rest >= before/2) {
			return math.NaN()
		}
		return rest
	})
}

// meanWithin is the mean over the points whose iteration is at least from and below to;
// NaN where there is none.
func meanWithin(iterations []int64, from, to int64, of func(k int) float64) float64 {
	var values []float64
	for k, iteration := range iterations {
		if iteration >= from && iteration < to {
			values = append(values, of(k))
		}
	}
	return statistics.Mean(values)
}
