package draw

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// toned places a grid's numbers on a ramp of tones between 0 and 1.
type toned struct {
	scale     figure.Scale
	low, high float64
}

func tones(g *figure.Grid) toned {
	low, high := g.Tones()
	return toned{g.Scale, low, high}
}

func (t toned) of(z float64) float64 {
	z = math.Min(math.Max(z, t.low), t.high)
	if t.scale == figure.Log {
		return math.Log(z/t.low) / math.Max(math.Log(t.high/t.low), 1e-300)
	}
	return (z - t.low) / math.Max(t.high-t.low, 1e-300)
}

// cells draws a heat map: one rectangle a number, what is undefined left white and what
// is infinite hatched, with the numbers written into the cells.
type cells struct {
	f  *figure.Figure
	on Paper
}

func (d cells) Plot(c vgdraw.Canvas, p *plot.Plot) {
	g := d.f.Grid
	t := tones(g)
	for j := range g.Y {
		for i := range g.X {
			box := d.box(i, j, c, p)
			z := g.Z[j][i]
			var ground color.NRGBA
			switch {
			case math.IsNaN(z):
				continue
			case math.IsInf(z, 1):
				ground = rgb(0xEDEDED)
			default:
				ground = shade(1 - t.of(z))
			}
			c.FillPolygon(ground, corners(box, 0.4))
			if math.IsInf(z, 1) {
				hatch(c, box)
			}
			if g.Text != nil {
				written := d.on.style(noteSize, contrast(ground))
				written.XAlign, written.YAlign = vgdraw.XCenter, vgdraw.YCenter
				if written.Width(g.Text[j][i])+3 < box.Size().X {
					c.FillText(written, vg.Point{X: (box.Min.X + box.Max.X) / 2, Y: (box.Min.Y + box.Max.Y) / 2}, g.Text[j][i])
				}
			}
		}
	}
}

// box is where a cell lies.
func (d cells) box(i, j int, c vgdraw.Canvas, p *plot.Plot) vg.Rectangle {
	x, y := p.Transforms(&c)
	x0, x1 := between2(d.f.Grid.X, i, d.f.X.Scale)
	y0, y1 := between2(d.f.Grid.Y, j, d.f.Y.Scale)
	return vg.Rectangle{Min: vg.Point{X: x(x0), Y: y(y0)}, Max: vg.Point{X: x(x1), Y: y(y1)}}
}

// boundary draws the border between the cells that are finite and those that are not.
type boundary cells

func (d boundary) Plot(c vgdraw.Canvas, p *plot.Plot) {
	g := d.f.Grid
	line := vgdraw.LineStyle{Color: ink, Width: lineWidth}
	for j, row := range g.Z {
		for i := range row {
			box := cells(d).box(i, j, c, p)
			if i+1 < len(row) && separates(row[i], row[i+1]) {
				c.StrokeLine2(line, box.Max.X, box.Min.Y, box.Max.X, box.Max.Y)
			}
			if j+1 < len(g.Z) && separates(row[i], g.Z[j+1][i]) {
				c.StrokeLine2(line, box.Min.X, box.Max.Y, box.Max.X, box.Max.Y)
			}
		}
	}
}

// separates reports whether the boundary runs between two neighbours; it is not known where one
// was not tried.
func separates(a, b float64) bool {
	return !math.IsNaN(a) && !math.IsNaN(b) && math.IsInf(a, 1) != math.IsInf(b, 1)
}

// between2 are the edges of cell i: halfway to its neighbours on the axis' scale.
func between2(values []float64, i int, scale figure.Scale) (low, high float64) {
	at := func(k int) float64 {
		if scale == figure.Log {
			return math.Log(values[k])
		}
		return values[k]
	}
	before, after := 0.5, 0.5
	n := len(values)
	switch {
	case n == 1 && scale == figure.Log:
		before, after = 0.3, 0.3
	case i == 0 && n > 1:
		before, after = (at(1)-at(0))/2, (at(1)-at(0))/2
	case i == n-1 && n > 1:
		before, after = (at(i)-at(i-1))/2, (at(i)-at(i-1))/2
	case n > 1:
		before, after = (at(i)-at(i-1))/2, (at(i+1)-at(i))/2
	}
	if scale == figure.Log {
		return math.Exp(at(i) - before), math.Exp(at(i) + after)
	}
	return at(i) - before, at(i) + after
}

func corners(b vg.Rectangle, inset vg.Length) []vg.Point {
	return []vg.Point{
		{X: b.Min.X + inset, Y: b.Min.Y + inset}, {X: b.Max.X - inset, Y: b.Min.Y + inset},
		{X: b.Max.X - inset, Y: b.Max.Y - inset}, {X: b.Min.X + inset, Y: b.Max.Y - inset},
	}
}

// hatch draws the diagonals of a cell whose value is infinite.
func hatch(c vgdraw.Canvas, b vg.Rectangle) {
	line := vgdraw.LineStyle{Color: rgb(0xBBBBBB), Width: hairWidth}
	c.StrokeLine2(line, b.Min.X, b.Min.Y, b.Max.X, b.Max.Y)
	c.StrokeLine2(line, b.Min.X, b.Max.Y, b.Max.X, b.Min.Y)
}

func contrast(ground color.NRGBA) color.NRGBA {
	light := 0.299*float64(ground.R) + 0.587*float64(ground.G) + 0.114*float64(ground.B)
	if light > 140 {
		return ink
	}
	return paper
}

// contours draws level lines over a pale relief.
type contours struct {
	f *figure.Figure
}

func (d contours) Plot(c vgdraw.Canvas, p *plot.Plot) {
	g := d.f.Grid
	levels := append([]float64(nil), g.Contours...)
	sort.Float64s(levels)
	if len(levels) == 0 || len(g.X) < 2 || len(g.Y) < 2 {
		return
	}
	d.relief(c, p, levels)
	x, y := p.Transforms(&c)
	line := vgdraw.LineStyle{Color: rgb(0xA9B8C6), Width: hairWidth}
	for _, level := range levels {
		for _, chain := range levelLines(g.Z, level) {
			path := make([]vg.Point, len(chain))
			for k, e := range chain {
				at := crossing(g, e, level)
				path[k] = vg.Point{X: x(at[0]), Y: y(at[1])}
			}
			c.StrokeLines(line, c.ClipLinesXY(path)...)
		}
	}
}

// crossing is the point of a grid edge where the level is met, by linear interpolation. Infinity
// counts as the largest number.
func crossing(g *figure.Grid, e gridEdge, level float64) [2]float64 {
	from := finite(g.Z[e.j][e.i])
	if e.above {
		t := (level - from) / (finite(g.Z[e.j+1][e.i]) - from)
		return [2]float64{g.X[e.i], g.Y[e.j] + t*(g.Y[e.j+1]-g.Y[e.j])}
	}
	t := (level - from) / (finite(g.Z[e.j][e.i+1]) - from)
	return [2]float64{g.X[e.i] + t*(g.X[e.i+1]-g.X[e.i]), g.Y[e.j]}
}

func finite(v float64) float64 {
	return math.Min(math.Max(v, -math.MaxFloat64/4), math.MaxFloat64/4)
}

// relief fills between the levels, from pale to white with height: from the lowest level to the
// highest, each area over the one before.
func (d contours) relief(c vgdraw.Canvas, p *plot.Plot, levels []float64) {
	low, high := rgb(0xC9DDEC), rgb(0xFFFFFF)
	x, y := p.Transforms(&c)
	fill := func(level float64, tone color.NRGBA) {
		var path vg.Path
		for _, ring := range above(d.f.Grid, level) {
			for k, at := range ring {
				if to := (vg.Point{X: x(at[0]), Y: y(at[1])}); k == 0 {
					path.Move(to)
				} else {
					path.Line(to)
				}
			}
			path.Close()
		}
		c.SetColor(tone)
		c.Fill(path)
	}
	fill(math.Inf(-1), low)
	for k, level := range levels {
		fill(level, mix(low, high, float64(k+1)/float64(len(levels))))
	}
}
