package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
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
func Tangents(p *evidence.Problem, l *evidence.Landscape) *figure.Figure {
	f := overTheCurve(p, l, &figure.Figure{Role: RoleTangents, Problem: p.Label, Name: FileName(string(RoleTangents), p.Label), Title: p.Label + ": tangents and Taylor's remainder",
		Caption: "A step follows the tangent (solid) and the graph lies above its end by the remainder of Taylor's formula (dotted). The remainder grows with the square of the step: twice the step, four times the remainder."},
		func(iterates figure.Series) []figure.Series {
			points := iterates
			points.Kind = figure.Points
			tangent := figure.Series{Label: "tangent: " + iterates.Label, Method: iterates.Method, Unlisted: true, Thin: true, Kind: figure.Line, Color: iterates.Color}
			remainder := figure.Series{Label: "remainder: " + iterates.Label, Method: iterates.Method, Unlisted: true, Thin: true, Kind: figure.Line, Color: iterates.Color, Dash: figure.Dotted}
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
