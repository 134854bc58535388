package report

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// tangents is the number of steps of a method whose tangents are drawn.
const tangents = 6

// Tangents shows, in one variable, what each step believed and what it met: along the
// tangent at an iterate to the place of the next one, and from there along the remainder
// of Taylor's formula to the graph,
//
//	f(x + Δ) = f(x) + f′(x)Δ + R.
//
// It is nil where OnTheCurve is.
func (p *Problem) Tangents(l *Landscape) *figure.Figure {
	f := p.overTheCurve(l, &figure.Figure{Name: fileName("tangents", p.Label), Title: p.Label + ": tangents and Taylor's remainder",
		Caption: "A step follows the tangent (solid) and is set down on the graph by the remainder of Taylor's formula (dotted), which grows with the square of the step: a step twice as long loses four times as much of what the tangent promised."},
		func(iterates figure.Series) []figure.Series {
			points := iterates
			points.Kind, points.Dash = figure.Points, 0
			tangent := figure.Series{Label: "tangent: " + iterates.Label, Unlisted: true, Thin: true, Kind: figure.Line, Color: iterates.Color}
			remainder := figure.Series{Label: "remainder: " + iterates.Label, Unlisted: true, Thin: true, Kind: figure.Line, Color: iterates.Color, Dash: 2}
			grad := make([]float64, 1)
			for k := 1; k < len(iterates.X) && k <= tangents; k++ {
				from, to := iterates.X[k-1], iterates.X[k]
				value := l.Evaluate([]float64{from}, grad)
				promised := value + float64(grad[0]*(to-from))
				tangent.X, tangent.Y = append(tangent.X, from, to, math.NaN()), append(tangent.Y, value, promised, math.NaN())
				remainder.X, remainder.Y = append(remainder.X, to, to, math.NaN()), append(remainder.Y, promised, iterates.Y[k], math.NaN())
			}
			return []figure.Series{tangent, remainder, points}
		})
	if f != nil {
		f.Notes = append([]string{fmt.Sprintf("Tangents of the first %d steps of each method.", tangents)}, f.Notes...)
	}
	return f
}

// Decrease shows, in one and two variables, what each step gained in proportion to the
// decrease that the tangent predicted, (f(x) − f(x + Δ)) / (−∇f(x)ᵀΔ), which is 1 less
// Taylor's remainder in the same proportion. It is nil where no method recorded three
// steps. Steps of batches are left out, which follow another tangent.
func (p *Problem) Decrease() *figure.Figure {
	entries, note := p.Leaders(curveRoom)
	f := &figure.Figure{Name: fileName("decrease", p.Label), Title: p.Label + ": actual over predicted decrease",
		Caption: "What each step gained in proportion to what the tangent promised; what is missing to 1 is Taylor's remainder. Near 1 the step is so short that the graph looks straight; 1/2 is the lowest point of a parabola; below 0 the step climbed.",
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "actual over predicted decrease", Scale: figure.Linear},
		Rules: []figure.Rule{{Label: "as promised", At: 1, Color: figure.Ink}, {At: 0, Color: figure.Ink}}}
	end, outside := 0.0, 0
	for i, entry := range entries {
		c := entry.first()
		if c == nil || entry.Batch > 0 || len(c.Trace.X) == 0 {
			continue
		}
		s := figure.Series{Label: entry.Label, Kind: figure.Points, Color: i}
		for k := 1; k < c.Trace.Len(); k++ {
			ratio := c.decrease(k)
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
	f.Notes = append(f.Notes, "First repeat; neighbouring iterations only; decreases that rounding decides are left out.")
	if outside > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("%d steps outside of −1 to 2 are not shown: they climbed by more than was promised, or fell over an edge.", outside))
	}
	if note != "" {
		f.Notes = append(f.Notes, note)
	}
	return f
}

// decrease is the actual over the predicted decrease of the step to trace point k; NaN
// where the step was not recorded, or rounding decides.
func (c *Cell) decrease(k int) float64 {
	predicted, before := -column(c.Trace.Slope, k), column(c.Trace.Value, k-1)
	actual := before - column(c.Trace.Value, k)
	rounding := 1e4 * 0x1p-52 * math.Abs(before)
	if c.Trace.Iteration[k] != c.Trace.Iteration[k-1]+1 || !finite(actual) || !finite(predicted) || !(predicted > rounding) {
		return math.NaN()
	}
	return actual / predicted
}
