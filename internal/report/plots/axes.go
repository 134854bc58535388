package plots

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/text"
)

// stretch makes the axis of cost logarithmic where linear would hide the beginnings; its
// zero then lies at half of the first step.
func stretch(f *figure.Figure, end float64) {
	first := end
	for _, s := range f.Series {
		for _, x := range s.X {
			if x > 0 {
				first = math.Min(first, x)
			}
		}
	}
	if evidence.HidesBeginnings(first, end) {
		f.X.Scale, f.X.Floor, f.X.ZeroAtFloor = figure.Log, first/2, true
	}
}

// Edges says what the hollow triangles on the edges of a figure mean, where there are any.
func Edges(f *figure.Figure) []string {
	var below, above bool
	for _, s := range f.Series {
		for _, y := range s.Y {
			at, clamped := f.Y.Clamp(y)
			below = below || clamped && y < at || clamped && y == f.Y.Floor
			above = above || clamped && y > at
		}
	}
	var notes []string
	if below {
		notes = append(notes, fmt.Sprintf("Values at or below %s are drawn there as hollow triangles: rounding and the accuracy of f* do not resolve smaller ones.", text.Short(f.Y.Floor)))
	}
	if above {
		notes = append(notes, fmt.Sprintf("Values above %s, infinity included, are drawn there as hollow triangles.", text.Short(f.Y.Ceiling)))
	}
	return notes
}
