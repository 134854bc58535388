package evidence

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// AxisLabel is the quantity as the axis calls it.
func (p *Problem) AxisLabel(q Quantity) string {
	switch {
	case q.Name == Gap.Name && p.BestSeen:
		return "value above the best seen"
	case q.Name == Gap.Name:
		return "gap f − f*"
	}
	return q.Name
}

// Axis is logarithmic for what goes to zero. Its floor is the accuracy of f* or
// rounding, below which a gap means nothing; its ceiling keeps a diverging run from
// flattening everybody else.
func (p *Problem) Axis(q Quantity) figure.Axis {
	axis := figure.Axis{Label: p.AxisLabel(q), Scale: figure.Log}
	if q.Name == Value.Name {
		axis.Scale, axis.Ceiling = figure.Linear, p.aboveStarts()
		return axis
	}
	var start float64
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			var v float64
			switch q.Name {
			case Gap.Name:
				v = c.Start.Value - p.Reference
			case GradientNorm.Name:
				v = c.Start.GradientNorm
			default:
				v = c.Start.Distance
			}
			if Finite(v) {
				start = math.Max(start, v)
			}
		}
	}
	if start <= 0 {
		start = 1
	}
	axis.Floor, axis.Ceiling = Decade(1e-16*start), Decade(1e3*start)
	if m := p.Example.Minimum; m != nil && q.Name == Gap.Name && Finite(float64(m.Accuracy)) {
		axis.Floor = math.Max(axis.Floor, float64(m.Accuracy))
	}
	return axis
}

// aboveStarts is a value somewhat above those of all starts, in proportion to the descent
// from there; 0 where no start has a value.
func (p *Problem) aboveStarts() float64 {
	start := math.Inf(-1)
	for _, entry := range p.Entries {
		for _, c := range entry.Ran() {
			if v := c.Start.Value; Finite(v) {
				start = math.Max(start, v)
			}
		}
	}
	if !Finite(start) || !Finite(p.least) {
		return 0
	}
	return start + float64(0.2*(start-p.least))
}

// Decade is the nearest power of ten.
func Decade(v float64) float64 { return elementary.Pow(10, math.Round(elementary.Log10(v))) }

// HidesBeginnings reports whether on a linear axis up to end the first step is too small to
// be seen.
func HidesBeginnings(first, end float64) bool { return first > 0 && end/first >= 200 }
