package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Decrease shows, in one and two variables, what each step gained in proportion to the
// decrease that the tangent predicted, (f(x) − f(x + Δ)) / (−∇f(x)ᵀΔ), which is 1 less
// Taylor's remainder in the same proportion. It is nil where no method recorded three
// steps. Steps of batches are left out, which follow another tangent.
func Decrease(p *evidence.Problem) *figure.Figure {
	entries, note := p.Leaders(evidence.CurveRoom)
	f := &figure.Figure{Role: RoleDecrease, Problem: p.Label, Name: FileName(string(RoleDecrease), p.Label), Title: p.Label + ": actual over predicted decrease",
		Caption: "The actual decrease of each step divided by the decrease that the tangent predicts; the difference to 1 is Taylor's remainder. Near 1 the step is so short that the graph looks straight; at 1/2 it ends at the lowest point of a parabola; below 0 the value increases.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "actual over predicted decrease", Scale: figure.Linear},
		Rules: []figure.Rule{{Label: "as promised", At: 1, Color: figure.Ink}, {At: 0, Color: figure.Ink}}}
	end, outside := 0.0, 0
	for _, entry := range entries {
		c := entry.FirstTraced()
		if c == nil || entry.Batch > 0 || len(c.Trace.X) == 0 {
			continue
		}
		s := figure.Series{Label: entry.Label, Method: entry.Label, Kind: figure.Points, Color: entry.Identity.Setting}
		for k := 1; k < c.Trace.Len(); k++ {
			ratio := decrease(c, k)
			switch {
			case math.IsNaN(ratio):
			case ratio < -1 || ratio > 2:
				outside++
			default:
				s.X, s.Y = append(s.X, float64(c.Trace.Iteration[k])), append(s.Y, ratio)
				end = math.Max(end, s.X[len(s.X)-1])
			}
		}
		if len(s.X) >= 3 {
			f.Series = append(f.Series, s)
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	stretch(f, end)
	f.Notes = append(f.Notes, "First repeat; neighbouring iterations only; decreases that are dominated by rounding are left out.")
	if outside > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("%d steps outside of −1 to 2 are not shown: the value increased by more, or decreased by more than twice, what the tangent predicts.", outside))
	}
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// decrease is the actual over the predicted decrease of the step to trace point k; NaN
// where the step was not recorded, or rounding decides.
func decrease(c *evidence.Cell, k int) float64 {
	predicted, before := -evidence.Column(c.Trace.Slope, k), evidence.Column(c.Trace.Value, k-1)
	actual := before - evidence.Column(c.Trace.Value, k)
	rounding := 1e4 * 0x1p-52 * math.Abs(before)
	if c.Trace.Iteration[k] != c.Trace.Iteration[k-1]+1 || !evidence.Finite(actual) || !evidence.Finite(predicted) || !(predicted > rounding) {
		return math.NaN()
	}
	return actual / predicted
}
