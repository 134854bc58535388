package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/results"
)

// Expectations show, for each quantity that a theorem bounds in expectation, its mean over
// the repeats with the interval of the mean, and the bound.
func Expectations(p *evidence.Problem) []*figure.Figure {
	var out []*figure.Figure
	for _, quantity := range []struct{ key, name string }{{results.SquaredDistance, "squared distance"}, {"gap", "gap"}} {
		if f := expectation(p, quantity.key, quantity.name); f != nil {
			out = append(out, f)
		}
	}
	return out
}

func expectation(p *evidence.Problem, key, name string) *figure.Figure {
	f := &figure.Figure{Role: RoleMean, Problem: p.Label, Name: FileName(string(RoleMean), name, p.Label), Stem: FileName(string(RoleMean), name), Title: p.Label + ": mean " + name,
		Caption: fmt.Sprintf("The mean %s over the repeats, with its interval, and the bound of a theorem in expectation (dotted, in the same colour). A mean above its bound by more than the interval refutes theorem, facts or code; one below proves nothing.", name),
		X:       figure.Axis{Label: "iterations", Scale: figure.Linear}, Y: figure.Axis{Label: "mean " + name, Scale: figure.Log},
		Strip: ratioStrip()}
	var by []string
	end, left, highest := 0.0, 0, 0.0
	for _, entry := range p.Entries {
		x := entry.LeastExpected(key)
		switch {
		case x == nil:
			continue
		case len(by) == evidence.CurveRoom:
			left++
			continue
		}
		mean, bound, ratio := series(x, entry.Label, entry.Identity.Setting)
		f.Series, f.Strip.Series = append(f.Series, mean, bound), append(f.Strip.Series, ratio)
		end, highest = math.Max(end, mean.X[len(mean.X)-1]), math.Max(highest, slices.Max(bound.Y))
		by = append(by, entry.Label+": "+x.Name)
	}
	if len(by) == 0 {
		return nil
	}
	f.Y.Floor = evidence.Decade(1e-16 * highest)
	stretch(f, end)
	f.Notes = append(f.Notes, "Bands: four standard errors of the mean, down to the edge where they include zero. Dotted, in the same colour: the bound of a theorem. "+strings.Join(by, "; ")+". Beneath: mean/bound.")
	if left > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("Left out: %d further settings.", left))
	}
	return f
}

// series are the means with their intervals, their bounds, and the one over the other.
func series(x *evidence.Expected, label string, color int) (mean, bound, ratio figure.Series) {
	mean = figure.Series{Label: label, Method: label, Kind: figure.Line, Color: color, Band: "interval of the mean"}
	bound = figure.Series{Label: "bound: " + label, Method: label, Kind: figure.Line, Color: color, Dash: figure.Dotted, Thin: true, Unlisted: true}
	ratio = figure.Series{Label: label, Method: label, Kind: figure.Line, Color: color, Band: mean.Band}
	for _, m := range x.Means() {
		k, low, high := float64(m.Iteration), m.Measured-m.Width, m.Measured+m.Width
		mean.X, mean.Y, mean.Low, mean.High = append(mean.X, k), append(mean.Y, m.Measured), append(mean.Low, low), append(mean.High, high)
		bound.X, bound.Y = append(bound.X, k), append(bound.Y, m.Bound)
		ratio.X, ratio.Y = append(ratio.X, k), append(ratio.Y, m.Measured/m.Bound)
		ratio.Low, ratio.High = append(ratio.Low, low/m.Bound), append(ratio.High, high/m.Bound)
	}
	return mean, bound, ratio
}
