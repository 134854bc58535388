package plots

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
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
		Caption: "The gap at which the noise of the batches holds a method, against its learning rate: the smaller the rate and the larger the batch, the lower. Dotted, in the same colour: the floor that a theorem promises.",
		X:       figure.Axis{Label: "learning rate", Scale: figure.Log}, Y: p.Axis(evidence.Gap),
		Notes: []string{"Mean gap over the second half of each run: median and quartiles over the repeats. Left out: rates at which the gap was still falling or rising after the first quarter of the runs, could have been by half of it, or diverged."}}
	f.Y.Label = "resting " + f.Y.Label
	for _, entries := range p.RateGrids(2) {
		if entries[0].Batch == 0 {
			continue
		}
		measured := figure.Series{Label: entries[0].Group, Method: entries[0].Group, Kind: figure.Both, Color: entries[0].Identity.Group, Band: "quartiles"}
		promised := figure.Series{Label: "bound: " + entries[0].Group, Method: entries[0].Group, Kind: figure.Line, Symbol: figure.Ring, Color: entries[0].Identity.Group, Dash: figure.Dotted, Thin: true}
		for _, entry := range entries {
			gaps, ok := entry.Resting()
			if !ok {
				continue
			}
			q := evidence.Quartiles(gaps)
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
