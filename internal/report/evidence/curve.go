package evidence

import (
	"math"
	"slices"
	"sort"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// Quantity is what a curve shows.
type Quantity struct {
	Name string
	At   func(p *Problem, t *results.Trace, k int) float64
}

// Quantities along a trace.
var (
	Gap = Quantity{"gap", func(p *Problem, t *results.Trace, k int) float64 {
		if p.BestSeen {
			return Column(t.Value, k) - p.Reference
		}
		return Column(t.Gap, k)
	}}
	GradientNorm = Quantity{"gradient norm", func(_ *Problem, t *results.Trace, k int) float64 {
		return Column(t.GradientNorm, k)
	}}
	Value = Quantity{"value", func(p *Problem, t *results.Trace, k int) float64 {
		if t.Value == nil {
			return Column(t.Gap, k) + p.Reference
		}
		return Column(t.Value, k)
	}}
	Distance = Quantity{"distance", func(_ *Problem, t *results.Trace, k int) float64 { return Column(t.Distance, k) }}
)

// Quantities are all of them.
var Quantities = []Quantity{Gap, Value, GradientNorm, Distance}

func Column(c results.Series, k int) float64 {
	if k >= len(c) {
		return math.NaN()
	}
	return c[k]
}

// gridPoints bounds the length of a band.
const gridPoints = 160

// Curve is the course of one run: y is known at each x.
type Curve struct {
	X, Y []float64
	Then float64 // what holds after the last x
}

// Curve follows a quantity against a cost. After its end a converged or stalled run stays
// where it is, a failed one counts as infinite, and one whose budget was spent is
// undefined: nothing is invented beyond the budget.
func (c *Cell) Curve(p *Problem, cost Cost, q Quantity) Curve {
	var out Curve
	t := c.Trace
	if t == nil {
		return out
	}
	for k := range t.Len() {
		x, y := cost.At(t, k, p), q.At(p, t, k)
		if math.IsNaN(x) {
			continue
		}
		if math.IsNaN(y) && c.Failed() && k > 0 {
			y = math.Inf(1) // the last point of a run that left the numbers
		}
		out.X, out.Y = append(out.X, x), append(out.Y, y)
	}
	out.Then = math.NaN()
	switch {
	case len(out.Y) == 0:
	case c.Failed():
		out.Then = math.Inf(1)
	case c.Status == results.Converged || c.Status == results.Stalled:
		out.Then = out.Y[len(out.Y)-1]
	}
	return out
}

// At is the value at x. Between two points it is theirs, in proportion on a logarithmic scale: runs
// have points at different x, the last of each above all, and one whose value was held until its
// next point would be above those that have one there.
func (c *Curve) At(x float64) float64 {
	k := sort.SearchFloat64s(c.X, x)
	switch {
	case k < len(c.X) && c.X[k] == x:
		return c.Y[k]
	case k == 0:
		return math.NaN()
	case k == len(c.X):
		return c.Then
	}
	before, after := c.Y[k-1], c.Y[k]
	if !(before > 0 && after > 0) || math.IsInf(before, 1) || math.IsInf(after, 1) {
		return before
	}
	part := (x - c.X[k-1]) / (c.X[k] - c.X[k-1])
	return before * elementary.Pow(after/before, part)
}

// Band is the median and the quartiles of several runs on a common grid.
type Band struct {
	X, Median, Low, High, Mean []float64
	Runs                       int
}

// Band goes up to `end`, or to where the first budget was spent.
func (e *Entry) Band(cost Cost, q Quantity, end float64) Band {
	var curves []Curve
	for _, c := range e.Ran() {
		if curve := c.Curve(e.Problem, cost, q); len(curve.X) > 0 {
			curves = append(curves, curve)
		}
	}
	return bandOf(curves, end)
}

// bandOf is that of some curves; it goes up to end, or to where the first is undefined.
func bandOf(curves []Curve, end float64) Band {
	b := Band{Runs: len(curves)}
	for _, x := range grid(curves, end) {
		values := make([]float64, 0, len(curves))
		over := false
		for i := range curves {
			v := curves[i].At(x)
			over = over || math.IsNaN(v) && x > curves[i].X[len(curves[i].X)-1]
			values = append(values, v)
		}
		if over {
			break
		}
		s := Quartiles(values)
		b.X, b.Median = append(b.X, x), append(b.Median, s.Median)
		b.Low, b.High = append(b.Low, s.Q1), append(b.High, s.Q3)
		b.Mean = append(b.Mean, statistics.Mean(defined(values)))
	}
	return b
}

// grid is the union of the curves' own points, thinned to gridPoints of them at about
// equal ratios.
func grid(curves []Curve, end float64) []float64 {
	var all []float64
	for _, c := range curves {
		all = append(all, c.X...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > 0 && end > all[len(all)-1] {
		all = append(all, end)
	}
	if len(all) <= gridPoints || all[len(all)-1] <= 0 { // no cost is negative, but a file may say so
		return all
	}
	high := all[len(all)-1]
	low := math.Max(all[sort.SearchFloat64s(all, math.SmallestNonzeroFloat64)], high*1e-9)
	ratio := elementary.Pow(high/low, 1/float64(gridPoints-2))
	out := []float64{all[0]}
	for at := low; len(all) > 0; at *= ratio {
		k := sort.SearchFloat64s(all, at)
		if k == len(all) {
			break
		}
		if all[k] > out[len(out)-1] {
			out = append(out, all[k])
		}
		all = all[k:]
	}
	if out[len(out)-1] < high {
		out = append(out, high)
	}
	return out
}
