package plots

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// distribution draws empirical distribution functions on a logarithmic axis.
func distribution(c *evidence.Contest, role figure.Role, cost evidence.Cost, goals []evidence.Goal, samples [][]float64, certain float64) *figure.Figure {
	f := &figure.Figure{Role: role, Name: FileName(string(role), cost.Name),
		X: figure.Axis{Scale: figure.Log}, Y: figure.Axis{Scale: figure.Linear}}
	end, first := 1.0, math.Inf(1)
	for _, sample := range samples {
		for _, v := range sample {
			if evidence.Finite(v) {
				end, first = math.Max(end, v), math.Min(first, math.Max(v, 1e-3))
			}
		}
	}
	for m, sample := range samples {
		if len(sample) == 0 {
			continue
		}
		sorted := slices.Sorted(slices.Values(sample))
		s := figure.Series{Label: c.Methods[m], Kind: figure.Steps, Color: m, X: []float64{math.Min(first, 1)}, Y: []float64{0}}
		for k, v := range sorted {
			if !evidence.Finite(v) {
				break
			}
			s.X, s.Y = append(s.X, math.Max(v, s.X[0])), append(s.Y, float64(k+1)/float64(len(sorted)))
		}
		s.X, s.Y = append(s.X, end), append(s.Y, s.Y[len(s.Y)-1])
		f.Series = append(f.Series, s)
	}
	if certain < end && certain > 0 {
		f.Rules = append(f.Rules, figure.Rule{Label: "first run gave up", Vertical: true, At: certain, Color: figure.Ink})
		f.Notes = append(f.Notes, "To the right of the dashed line some runs had already been stopped by their budget: the curves there are lower bounds.")
	}
	f.Notes = append(f.Notes, english.Count(c.Measuring(goals), "instance")+" (problem × repeat) on which the target could be measured.")
	f.Notes = append(f.Notes, c.Notes...)
	return f
}
