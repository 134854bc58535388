package draw

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// sheet is a laid-out figure: title above, legend to the right, notes below.
type sheet struct {
	f             *figure.Figure
	plot          *plot.Plot
	strip         *sheet // beneath, over the same x; nil: none
	stripBand     vg.Length
	board         *board // of panels; nil: one plot
	on            Paper
	legend        []entry
	legendTitle   []string // wrapped lines, as the next two
	title, notes  []string
	width, height vg.Length
	legendWidth   vg.Length // beside the plot
	legendHeight  vg.Length
	titleBand     vg.Length
	notesHeight   vg.Length
	plotHeight    vg.Length
}

const (
	legendLine = vg.Length(13)
	swatch     = vg.Length(20)
	titleBand  = vg.Length(25)
	titleLine  = vg.Length(16)
	axisBand   = vg.Length(14)
	noteLine   = vg.Length(9.5)
	longest    = vg.Length(200) // line of a label in the legend beside a plot
	scaleWidth = vg.Length(58)
	stripBand  = vg.Length(72)
)

func (p Paper) layOut(f *figure.Figure) *sheet {
	if len(f.Panels) > 0 {
		return p.layPanels(f)
	}
	s := p.newSheet(f)
	s.plotHeight = plotHeight
	width := plotWidth
	if p.Width > 0 {
		width = p.Width - 2*margin
		if s.ramped() {
			width -= scaleWidth
		}
		s.plotHeight = 0.68 * width
	}
	if f.Equal {
		s.plotHeight = s.ratio() * (width - 50)
		s.plotHeight += 40
	}
	s.placeLegend()
	s.width = p.Width
	if p.Width == 0 {
		s.plotHeight = max(s.plotHeight, s.legendHeight+margin)
		s.width = width + s.legendWidth + 2*margin
		title := s.on.style(titleSize, ink)
		s.width = max(s.width, min(title.Width(f.Title)+2*margin, 1.4*plotWidth))
	}
	s.enclose()
	return s
}

// newSheet has what a figure shows, without its size.
func (p Paper) newSheet(f *figure.Figure) *sheet {
	s := &sheet{f: f, on: p, stripBand: stripBand}
	x, y := s.spans()
	s.plot = p.newPlot(f, x, y)
	s.populate()
	s.addStrip(x)
	return s
}

// enclose adds title, notes and the legend below to the plot, whose width and height are known.
func (s *sheet) enclose() {
	p, f := s.on, s.f
	if !p.Untitled {
		s.title = wrap(s.on.style(titleSize, ink), f.Title, s.width-2*margin)
		s.titleBand = titleBand + titleLine*vg.Length(len(s.title)-1)
	} else if slices.ContainsFunc(f.Rules, func(r figure.Rule) bool { return r.Vertical && r.Label != "" }) {
		s.titleBand = 8 // for what is above the plot
	}
	if !p.Unnoted {
		for _, note := range f.Notes {
			s.notes = append(s.notes, wrap(s.on.style(noteSize, faint), note, s.width-2*margin)...)
		}
	}
	s.notesHeight = noteLine * vg.Length(len(s.notes))
	s.height = s.titleBand + s.plotHeight + s.notesHeight + 2*margin
	if p.Width > 0 {
		s.height += s.legendHeight
	}
	if s.strip != nil {
		s.height += s.stripBand
	}
}

// addStrip lays out the figure's strip, if it has one. The x axis is then written under
// the strip only.
func (s *sheet) addStrip(x span) {
	if s.f.Strip == nil || s.f.Strip.Empty() {
		return
	}
	strip := *s.f.Strip
	strip.X = s.f.X
	s.strip = &sheet{f: &strip, on: s.on}
	_, y := s.strip.spans()
	s.strip.plot = s.on.newPlot(&strip, x, y)
	s.strip.populate()
	ticks := s.plot.X.Tick.Marker.Ticks(x.low, x.high)
	for i := range ticks {
		ticks[i].Label = ""
	}
	s.plot.X.Tick.Marker = plot.ConstantTicks(ticks)
}

// spans are the ranges of both axes. A picture of the plane keeps to its grid.
func (s *sheet) spans() (x, y span) {
	f := s.f
	if g := f.Grid; g != nil && len(g.X) > 1 && len(g.Y) > 1 && g.Contours != nil {
		return span{g.X[0], g.X[len(g.X)-1]}, span{g.Y[0], g.Y[len(g.Y)-1]}
	}
	var xs, ys [][]float64
	for i := range f.Series {
		one := &f.Series[i]
		xs = append(xs, one.X)
		ys = append(ys, one.Y, one.Low, one.High)
	}
	for _, r := range f.Rules {
		if r.Vertical {
			xs = append(xs, []float64{r.At})
		} else {
			ys = append(ys, []float64{r.At})
		}
	}
	if g := f.Grid; g != nil {
		for i := range g.X {
			low, high := between2(g.X, i, f.X.Scale)
			xs = append(xs, []float64{low, high})
		}
		for j := range g.Y {
			low, high := between2(g.Y, j, f.Y.Scale)
			ys = append(ys, []float64{low, high})
		}
	}
	x, y = extent(&f.X, xs), extent(&f.Y, ys)
	if f.Grid != nil {
		x, y = exact(xs), exact(ys)
	}
	return limited(&f.X, x), limited(&f.Y, y)
}

// limited is the range that is asked for, where there is one.
func limited(a *figure.Axis, s span) span {
	if a.Limits != nil {
		return span{a.Limits[0], a.Limits[1]}
	}
	return s
}

// exact is the range of a heat map: its cells, without a margin.
func exact(edges [][]float64) span {
	s := span{math.Inf(1), math.Inf(-1)}
	for _, pair := range edges {
		for _, v := range pair {
			s.low, s.high = math.Min(s.low, v), math.Max(s.high, v)
		}
	}
	return s
}

// populate adds what is drawn, from the back to the front.
func (s *sheet) populate() {
	f := s.f
	switch {
	case f.Grid == nil:
		lines := plotter.NewGrid()
		lines.Vertical = vgdraw.LineStyle{Color: hair, Width: hairWidth}
		lines.Horizontal = lines.Vertical
		s.plot.Add(lines)
	case f.Grid.Contours != nil:
		s.plot.Add(contours{f})
	default:
		s.plot.Add(cells{f, s.on}, boundary{f, s.on})
	}
	for i := range f.Series {
		if f.Series[i].Low != nil {
			s.plot.Add(band{f, &f.Series[i]})
		}
	}
	for _, r := range f.Rules {
		s.plot.Add(rule{f, r, s.on})
	}
	for i := range f.Series {
		s.plot.Add(curve{f, &f.Series[i]})
	}
}

func (s *sheet) draw(c vgdraw.Canvas) {
	c.SetColor(paper)
	c.Fill(c.Rectangle.Path())
	left, top := c.Min.X+margin, c.Max.Y-margin
	if !s.on.Untitled {
		title := s.on.style(titleSize, ink)
		title.YAlign = vgdraw.YTop
		for k, line := range s.title {
			c.FillText(title, vg.Point{X: left, Y: top - titleLine*vg.Length(k)}, line)
		}
	}
	beneath := margin + s.notesHeight
	at := vg.Point{X: c.Max.X - margin - s.legendWidth + 8, Y: top - s.titleBand}
	if s.on.Width > 0 && !s.ramped() {
		at = vg.Point{X: left, Y: c.Min.Y + beneath + s.legendHeight}
		beneath += s.legendHeight
	}
	body := vgdraw.Crop(c, margin+axisBand, -margin-s.legendWidth, beneath+axisBand, -margin-s.titleBand)
	if s.board != nil {
		s.board.draw(s.on, c, body)
	} else {
		s.drawPlots(c, body, left)
	}
	s.drawLegend(c, at)
	note := s.on.style(noteSize, faint)
	for i, line := range s.notes {
		c.FillText(note, vg.Point{X: left, Y: c.Min.Y + margin + noteLine*vg.Length(len(s.notes)-1-i)}, line)
	}
}

// drawPlots draws the plot and the strip beneath it, with the names of the axes, each in
// the middle of its side.
func (s *sheet) drawPlots(c, body vgdraw.Canvas, left vg.Length) {
	upper := body
	if s.strip != nil {
		var lower vgdraw.Canvas
		upper, lower = s.split(body)
		s.strip.plot.Draw(lower)
		s.strip.drawName(c, s.strip.plot.DataCanvas(lower), left)
	}
	s.plot.Draw(upper)
	data := s.plot.DataCanvas(upper)
	s.drawName(c, data, left)
	label := s.on.style(labelSize, ink)
	label.XAlign = vgdraw.XCenter
	half := label.Width(s.f.X.Title()) / 2
	middle := max(min(data.Center().X, c.Max.X-margin/2-half), c.Min.X+margin/2+half)
	c.FillText(label, vg.Point{X: middle, Y: body.Min.Y - axisBand + 4}, s.f.X.Title())
}

// split gives plot and strip their places, so that their data lie between the same
// verticals, however long the numbers on their axes are.
func (s *sheet) split(body vgdraw.Canvas) (upper, lower vgdraw.Canvas) {
	upper = vgdraw.Crop(body, 0, 0, s.stripBand, 0)
	lower = vgdraw.Crop(body, 0, 0, 0, s.stripBand-(body.Max.Y-body.Min.Y)-4)
	above, below := s.plot.DataCanvas(upper), s.strip.plot.DataCanvas(lower)
	inner, outer := max(above.Min.X, below.Min.X), min(above.Max.X, below.Max.X)
	return vgdraw.Crop(upper, inner-above.Min.X, outer-above.Max.X, 0, 0), vgdraw.Crop(lower, inner-below.Min.X, outer-below.Max.X, 0, 0)
}

// drawName writes the name of the y axis along its side.
func (s *sheet) drawName(c, data vgdraw.Canvas, left vg.Length) {
	label := s.on.style(labelSize, ink)
	label.XAlign, label.YAlign = vgdraw.XCenter, vgdraw.YTop
	c.FillText(upright(label), vg.Point{X: left, Y: data.Center().Y}, s.f.Y.Title())
}

// ramped reports whether the legend is the scale of a heat map.
func (s *sheet) ramped() bool {
	g := s.colours()
	return g != nil && g.Contours == nil
}

// colours are the grid whose scale the legend is; those of panels have one.
func (s *sheet) colours() *figure.Grid {
	if len(s.f.Panels) > 0 {
		return s.f.Panels[0].Grid
	}
	return s.f.Grid
}

func (s *sheet) drawRamp(c vgdraw.Canvas, at vg.Point) {
	const steps = 60
	height := min(120, s.plotHeight-26)
	g := s.colours()
	t := tones(g)
	for i := range steps {
		bottom := at.Y - 22 - height + height*vg.Length(i)/steps
		c.FillPolygon(shade(1-float64(i)/(steps-1)), corners(vg.Rectangle{
			Min: vg.Point{X: at.X, Y: bottom}, Max: vg.Point{X: at.X + 10, Y: bottom + height/steps + 0.3}}, 0))
	}
	label := s.on.style(noteSize, ink)
	label.YAlign = vgdraw.YTop
	c.FillText(label, vg.Point{X: at.X, Y: at.Y - 2}, g.Label)
	label.YAlign = vgdraw.YCenter
	axis := figure.Axis{Scale: g.Scale}
	range_ := span{t.low, t.high}
	if range_.low >= range_.high {
		range_ = range_.widened(&axis)
	}
	ticks := linearTicks(range_, mostTicks)
	if axis.Scale == figure.Log {
		ticks = logTicks(&axis, range_, mostTicks)
	}
	for _, tick := range ticks {
		y := at.Y - 22 - height + height*vg.Length((toned{t.scale, range_.low, range_.high}).of(tick.Value))
		c.FillText(label, vg.Point{X: at.X + 14, Y: y}, tick.Label)
	}
}
