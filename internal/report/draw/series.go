package draw

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// place is where a point of a figure lies on the canvas.
type place struct {
	vg.Point
	beyond vg.Length // −1: clamped to the floor, +1: to the ceiling
	gap    bool      // no point: the line is interrupted
}

// placing maps data to the canvas, axes' clamps included.
type placing struct {
	f    *figure.Figure
	x, y func(float64) vg.Length
}

func newPlacing(f *figure.Figure, c vgdraw.Canvas, p *plot.Plot) placing {
	x, y := p.Transforms(&c)
	return placing{f, x, y}
}

func (m placing) at(x, y float64) place {
	cx, _ := m.f.X.Clamp(x)
	cy, clamped := m.f.Y.Clamp(y)
	bad := func(v float64, a *figure.Axis) bool {
		return math.IsNaN(v) || math.IsInf(v, 0) || (a.Scale == figure.Log && v <= 0)
	}
	if bad(cx, &m.f.X) || bad(cy, &m.f.Y) {
		return place{gap: true}
	}
	out := place{Point: vg.Point{X: m.x(cx), Y: m.y(cy)}}
	if clamped && y > cy {
		out.beyond = 1
	} else if clamped {
		out.beyond = -1
	}
	return out
}

// runs cuts places at their gaps.
func runs(places []place) [][]vg.Point {
	var out [][]vg.Point
	var run []vg.Point
	for _, p := range places {
		if p.gap {
			if len(run) > 0 {
				out = append(out, run)
			}
			run = nil
			continue
		}
		run = append(run, p.Point)
	}
	if len(run) > 0 {
		out = append(out, run)
	}
	return out
}

// curve draws one series.
type curve struct {
	f *figure.Figure
	s *figure.Series
}

func (d curve) Plot(c vgdraw.Canvas, p *plot.Plot) {
	m := newPlacing(d.f, c, p)
	places := make([]place, len(d.s.X))
	for i := range places {
		places[i] = m.at(d.s.X[i], d.s.Y[i])
	}
	if d.s.Kind != figure.Points {
		for _, run := range runs(places) {
			if d.s.Kind == figure.Steps {
				run = staircase(run)
			}
			c.StrokeLines(lineStyle(d.f.Looks, d.s), c.ClipLinesXY(run)...)
		}
	}
	last := vg.Length(0)
	for _, at := range places {
		switch {
		case at.gap, at.beyond == 0 && !c.Contains(at.Point):
			continue
		case at.beyond != 0 && d.s.Kind == figure.Line && last == at.beyond:
			// The first point beyond an edge is marked; a whole row of marks says no more.
		case at.beyond != 0 && (d.s.Kind != figure.Points || d.s.Symbol == figure.Circle):
			c.DrawGlyphNoClip(d.glyph(edge(at.beyond)), at.Point)
		case d.s.Kind == figure.Points || d.s.Kind == figure.Both:
			c.DrawGlyphNoClip(d.glyph(symbol(d.f.Looks.Of(d.s).Symbol)), at.Point)
		}
		last = at.beyond
	}
}

// band fills between the edges of a series' band.
type band curve

func (d band) Plot(c vgdraw.Canvas, p *plot.Plot) {
	m := newPlacing(d.f, c, p)
	var lows, highs []place
	fill := func() {
		if len(lows) > 1 {
			outline := make([]vg.Point, 0, 2*len(lows))
			for _, at := range lows {
				outline = append(outline, at.Point)
			}
			for i := len(highs) - 1; i >= 0; i-- {
				outline = append(outline, highs[i].Point)
			}
			c.FillPolygon(translucent(hue(d.f.Looks, d.s.Color), 45), c.ClipPolygonXY(outline))
		}
		lows, highs = nil, nil
	}
	for i, x := range d.s.X {
		low, high := m.at(x, d.s.Low[i]), m.at(x, d.s.High[i])
		if low.gap || high.gap {
			fill()
			continue
		}
		lows, highs = append(lows, low), append(highs, high)
	}
	fill()
}

// rule draws a straight line across the plot, with its label along the edge.
type rule struct {
	f  *figure.Figure
	r  figure.Rule
	on Paper
}

func (d rule) Plot(c vgdraw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	line := vgdraw.LineStyle{Color: hue(d.f.Looks, d.r.Color), Width: 0.8, Dashes: strokes(d.f.Looks.Of(&figure.Series{Dash: figure.Dashed}))}
	note := d.on.style(noteSize+0.5, hue(d.f.Looks, d.r.Color))
	if d.r.Vertical {
		if d.r.At < p.X.Min || d.r.At > p.X.Max {
			return
		}
		at := x(d.r.At)
		c.StrokeLine2(line, at, c.Min.Y, at, c.Max.Y)
		// Above the plot, where no mark is.
		half := note.Width(d.r.Label) / 2
		at = max(c.Min.X+half, min(at, c.Max.X-half))
		note.XAlign = vgdraw.XCenter
		c.FillText(note, vg.Point{X: at, Y: c.Max.Y + 2}, d.r.Label)
		return
	}
	if d.r.At < p.Y.Min || d.r.At > p.Y.Max {
		return
	}
	at := y(d.r.At)
	c.StrokeLine2(line, c.Min.X, at, c.Max.X, at)
	note.XAlign = vgdraw.XRight
	c.FillText(note, vg.Point{X: c.Max.X - 2, Y: at + 2.5}, d.r.Label)
}

func staircase(run []vg.Point) []vg.Point {
	out := make([]vg.Point, 0, 2*len(run))
	for i, p := range run {
		if i > 0 {
			out = append(out, vg.Point{X: p.X, Y: run[i-1].Y})
		}
		out = append(out, p)
	}
	return out
}

func lineStyle(looks figure.Looks, s *figure.Series) vgdraw.LineStyle {
	style := vgdraw.LineStyle{Color: hue(looks, s.Color), Width: lineWidth, Dashes: strokes(looks.Of(s))}
	if s.Thin {
		style.Width = thinWidth
	}
	return style
}

func (d curve) glyph(shape vgdraw.GlyphDrawer) vgdraw.GlyphStyle {
	radius := vg.Length(2.6)
	if d.s.Kind == figure.Both && d.f.Equal {
		radius = 1.4 // iterates along a path
	}
	return vgdraw.GlyphStyle{Color: hue(d.f.Looks, d.s.Color), Radius: radius, Shape: shape}
}

func symbol(s figure.Symbol) vgdraw.GlyphDrawer {
	switch s {
	case figure.Cross:
		return cross{}
	case figure.Square:
		return vgdraw.BoxGlyph{}
	case figure.Diamond:
		return polygon{corners: 4, turn: 0, filled: true}
	case figure.Triangle:
		return vgdraw.PyramidGlyph{}
	case figure.Ring:
		return vgdraw.RingGlyph{}
	case figure.Star:
		return polygon{corners: 10, turn: math.Pi / 2, inner: 0.45, filled: true}
	}
	return vgdraw.CircleGlyph{}
}

// edge is the hollow triangle of a clamped point, pointing to where the value lies.
func edge(beyond vg.Length) vgdraw.GlyphDrawer {
	return polygon{corners: 3, turn: float64(beyond) * math.Pi / 2}
}

// polygon is a regular polygon or star about a point.
type polygon struct {
	corners int
	turn    float64 // angle of the first corner
	inner   float64 // radius of every second corner; 0: all alike
	filled  bool
}

func (g polygon) DrawGlyph(c *vgdraw.Canvas, s vgdraw.GlyphStyle, at vg.Point) {
	var path vg.Path
	for i := range g.corners {
		r := 1.45 * float64(s.Radius)
		if g.inner != 0 && i%2 == 1 {
			r *= g.inner
		}
		angle := g.turn + 2*math.Pi*float64(i)/float64(g.corners)
		p := vg.Point{X: at.X + vg.Length(r*math.Cos(angle)), Y: at.Y + vg.Length(r*math.Sin(angle))}
		if i == 0 {
			path.Move(p)
		} else {
			path.Line(p)
		}
	}
	path.Close()
	fill := color.Color(paper)
	if g.filled {
		fill = s.Color
	}
	c.SetColor(fill)
	c.Fill(path)
	c.SetLineStyle(vgdraw.LineStyle{Color: s.Color, Width: 0.9})
	c.Stroke(path)
}

// cross is two strokes thick enough to be seen.
type cross struct{}

func (cross) DrawGlyph(c *vgdraw.Canvas, s vgdraw.GlyphStyle, at vg.Point) {
	r := s.Radius
	c.SetLineStyle(vgdraw.LineStyle{Color: s.Color, Width: 1.2})
	for _, slope := range []vg.Length{1, -1} {
		var path vg.Path
		path.Move(vg.Point{X: at.X - r, Y: at.Y - slope*r})
		path.Line(vg.Point{X: at.X + r, Y: at.Y + slope*r})
		c.Stroke(path)
	}
}
