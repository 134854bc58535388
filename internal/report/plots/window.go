package plots

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// window is what the picture shows: the problem's own window, widened to the starts and
// to paths that leave it by less than half of its width, or the box around the paths. A
// path that runs far away is cut, so that it does not make the others invisible.
func window(paths []figure.Series, l *evidence.Landscape) (x, y [2]float64) {
	x, y = [2]float64{math.Inf(1), math.Inf(-1)}, [2]float64{math.Inf(1), math.Inf(-1)}
	include := func(a, b float64) {
		if evidence.Finite(a) && evidence.Finite(b) {
			x = [2]float64{math.Min(x[0], a), math.Max(x[1], a)}
			y = [2]float64{math.Min(y[0], b), math.Max(y[1], b)}
		}
	}
	own := l != nil && l.Window != nil && l.Window.Y != [2]float64{}
	if own {
		w := l.Window
		include(w.X[0], w.Y[0])
		include(w.X[1], w.Y[1])
	}
	innerX, innerY := x, y
	for _, path := range paths {
		for k := range path.X {
			if k == 0 || !own || path.Kind == figure.Points || near(innerX, path.X[k]) && near(innerY, path.Y[k]) {
				include(path.X[k], path.Y[k])
			}
		}
	}
	if l != nil && !own {
		for _, point := range l.Minimizers {
			include(point[0], point[1])
		}
	}
	if !own || x != innerX || y != innerY {
		x, y = padded(x), padded(y)
	}
	return squarish(x, y)
}

// near reports whether v is in a range or outside of it by less than half of its width.
func near(r [2]float64, v float64) bool {
	half := (r[1] - r[0]) / 2
	return v > r[0]-half && v < r[1]+half
}

func padded(r [2]float64) [2]float64 {
	if r[0] > r[1] {
		return [2]float64{-1, 1}
	}
	pad := math.Max(0.08*(r[1]-r[0]), 1e-3*math.Max(1, math.Abs(r[0])))
	return [2]float64{r[0] - pad, r[1] + pad}
}

// squarish widens the shorter side of a window so that it can be drawn to scale.
func squarish(x, y [2]float64) (_, _ [2]float64) {
	width, height := x[1]-x[0], y[1]-y[0]
	if height < 0.5*width {
		y = [2]float64{y[0] - (0.5*width-height)/2, y[1] + (0.5*width-height)/2}
	}
	if width < 0.8*height {
		x = [2]float64{x[0] - (0.8*height-width)/2, x[1] + (0.8*height-width)/2}
	}
	return x, y
}

// levelLines evaluates f on a grid, with levels at equal ratios above its least value.
func levelLines(l *evidence.Landscape, x, y [2]float64) *figure.Grid {
	g := &figure.Grid{Label: "f", Scale: figure.Linear}
	for i := range resolution {
		t := float64(i) / (resolution - 1)
		g.X = append(g.X, x[0]+t*(x[1]-x[0]))
		g.Y = append(g.Y, y[0]+t*(y[1]-y[0]))
	}
	var all []float64
	for _, b := range g.Y {
		row := make([]float64, len(g.X))
		for i, a := range g.X {
			row[i] = l.Evaluate([]float64{a, b}, nil)
			if !evidence.Finite(row[i]) {
				row[i] = math.NaN()
				continue
			}
			all = append(all, row[i])
		}
		g.Z = append(g.Z, row)
	}
	g.Contours = levels(all)
	return g
}

// levels are values between which about equal ratios of height above the least value lie.
func levels(values []float64) []float64 {
	const count = 14
	least, most := statistics.Min(values), statistics.Max(values)
	if !(most > least) {
		return []float64{0}
	}
	low := math.Max(statistics.Quantile(values, 0.01)-least, 1e-9*(most-least))
	high := statistics.Quantile(values, 0.97) - least
	if !(high > low) {
		high = most - least
	}
	var out []float64
	for k := range count {
		out = append(out, least+low*math.Pow(high/low, float64(k)/(count-1)))
	}
	return out
}

// criticalPoints are the known minimizers and critical points, one series a kind.
func criticalPoints(l *evidence.Landscape) []figure.Series {
	symbols := []struct {
		kind   string
		symbol figure.Symbol
	}{{evidence.GlobalMinimum, figure.Star}, {evidence.LocalMinimum, figure.Diamond},
		{evidence.Saddle, figure.Cross}, {evidence.Maximum, figure.Triangle}, {evidence.Degenerate, figure.Square}}
	var out []figure.Series
	for _, s := range symbols {
		one := figure.Series{Label: s.kind, Kind: figure.Points, Symbol: s.symbol, Color: figure.Ink}
		for _, x := range l.OfKind(s.kind) {
			if len(x) == 2 {
				one.X, one.Y = append(one.X, x[0]), append(one.Y, x[1])
			}
		}
		if len(one.X) > 0 {
			out = append(out, one)
		}
	}
	return out
}
