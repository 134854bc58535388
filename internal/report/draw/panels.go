package draw

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// board is a grid of plots under one legend, each with its title above. What is on all axes of one
// direction is written once, beside or below the grid. The data of a column lie between the same
// verticals, those of a row on one line.
type board struct {
	panels     []*sheet
	titles     [][]string // wrapped lines
	columns    int
	rows       []boardRow
	nameX      string // of all x axes; "": each has its own
	nameY      string
	ownX, ownY vg.Length // room for names that are not shared
}

type boardRow struct{ title, plot vg.Length }

const (
	leastPanel = vg.Length(90) // wide, so that an axis has three numbers and a title some words
	panelGap   = vg.Length(8)
	panelLine  = vg.Length(10.5) // of a title
	panelStrip = vg.Length(44)
	pageHeight = 9 * vg.Inch // of the text on a letter
)

// forPanels is where panels are drawn: on a screen as wide as the text of a document, with the legend
// below, too.
func (p Paper) forPanels() Paper {
	if p.Width == 0 {
		p.Width = widths["text"]
	}
	return p
}

// Fits reports whether a figure is no higher than a page, without the notes, which a document has in
// its caption.
func (p Paper) Fits(f *figure.Figure) bool {
	s := p.layOut(f)
	return s.height-s.notesHeight <= pageHeight
}

// panelsAbreast is the largest number of columns.
func panelsAbreast(width vg.Length) int {
	return max(1, int((width+panelGap)/(leastPanel+panelGap)))
}

// layPanels lays out a figure of panels.
func (p Paper) layPanels(f *figure.Figure) *sheet {
	s := &sheet{f: f, on: p.forPanels()}
	s.placeLegend()
	b := &board{}
	s.board = b
	for _, panel := range f.Panels {
		one := *panel
		one.Rules = slices.Clone(panel.Rules)
		for i := range one.Rules {
			one.Rules[i].Label = "" // it is in the legend
		}
		child := s.on.newSheet(&one)
		child.stripBand = panelStrip
		b.panels = append(b.panels, child)
	}
	b.nameX, b.ownX = b.shared(func(f *figure.Figure) *figure.Axis { return &f.X })
	b.nameY, b.ownY = b.shared(func(f *figure.Figure) *figure.Axis { return &f.Y })
	s.width = s.on.Width
	b.arrange(s.width - 2*margin - s.legendWidth - b.left())
	for _, row := range b.rows {
		s.plotHeight += row.title + row.plot
	}
	s.plotHeight += axisBand
	if b.nameY != "" {
		s.plotHeight = max(s.plotHeight, b.heighten(s.on.style(labelSize, ink).Width(b.nameY)))
	}
	if s.ramped() {
		s.plotHeight = max(s.plotHeight, 100)
	}
	s.enclose()
	return s
}

// shared is the name that all axes of one direction have, or the room that each needs for its own.
func (b *board) shared(of func(*figure.Figure) *figure.Axis) (string, vg.Length) {
	name := of(b.panels[0].f).Title()
	for _, panel := range b.panels {
		if of(panel.f).Title() != name {
			return "", axisBand
		}
	}
	return name, 0
}

// arrange chooses the number of columns and the height of each row. Panels are as many abreast as
// there is room for their numbers, and rows are filled evenly.
func (b *board) arrange(width vg.Length) {
	n := len(b.panels)
	var cell vg.Length
	for most := min(n, panelsAbreast(width)); ; most-- {
		rows := (n + most - 1) / most
		b.columns = (n + rows - 1) / rows
		cell = (width - panelGap*vg.Length(b.columns-1)) / vg.Length(b.columns)
		if b.fit(cell) || most == 1 {
			break
		}
	}
	b.rows, b.titles = nil, nil
	title, room := b.panels[0].on.style(labelSize, ink), cell-b.ownY-6
	for _, panel := range b.panels {
		room = min(room, cell-b.ownY-panel.ticksWidth()-6)
	}
	for from := 0; from < n; from += b.columns {
		row := boardRow{}
		for _, panel := range b.panels[from:min(from+b.columns, n)] {
			lines := wrap(title, panel.f.Title, room)
			b.titles = append(b.titles, lines)
			row.title = max(row.title, panelLine*vg.Length(len(lines))+5)
			row.plot = max(row.plot, panel.panelHeight(cell-b.ownY)+b.ownX)
		}
		if slices.ContainsFunc(b.panels[from:min(from+b.columns, n)], stripped) {
			row.plot += panelStrip
		}
		b.rows = append(b.rows, row)
	}
	for i, panel := range b.panels {
		length := b.rows[i/b.columns].plot - b.ownX - 14
		if panel.strip != nil {
			length -= panelStrip
			panel.strip.thin(&panel.strip.plot.Y, &panel.strip.f.Y, panelStrip-18, true)
		}
		panel.thin(&panel.plot.Y, &panel.f.Y, length, true)
	}
}

// fit chooses ticks for panels of a width, and reports whether their labels have room.
func (b *board) fit(width vg.Length) bool {
	ok := true
	for _, panel := range b.panels {
		length := width - b.ownY - panel.ticksWidth() - 6
		if panel.strip == nil {
			ok = panel.thin(&panel.plot.X, &panel.f.X, length, false) && ok
			continue
		}
		length = min(length, width-b.ownY-panel.strip.ticksWidth()-6)
		ok = panel.strip.thin(&panel.strip.plot.X, &panel.f.X, length, false) && ok
		panel.plot.X.Tick.Marker = unlabelled(&panel.strip.plot.X)
	}
	return ok
}

// heighten makes rows higher, so that the name beside them has room, and is their height.
func (b *board) heighten(least vg.Length) vg.Length {
	sum := axisBand
	for _, row := range b.rows {
		sum += row.title + row.plot
	}
	if lacks := least + axisBand - sum; lacks > 0 {
		for i := range b.rows {
			b.rows[i].plot += lacks / vg.Length(len(b.rows))
		}
		sum += lacks
	}
	return sum
}

// panelHeight is the height of a panel with its numbers: in proportion to its width, but a plane to
// scale, and a map with room for its categories.
func (s *sheet) panelHeight(width vg.Length) vg.Length {
	if s.f.Equal {
		return s.ratio()*(width-s.ticksWidth()-6) + 14
	}
	least := vg.Length(len(s.f.Y.Categories))*1.3*s.on.style(tickSize, ink).Font.Size + 14
	return max(0.78*width, least)
}

// ratio is the height of a picture of the plane by its width.
func (s *sheet) ratio() vg.Length {
	x, y := s.spans()
	return vg.Length(math.Min(math.Max((y.high-y.low)/(x.high-x.low), 0.5), 1.1))
}

// ticksWidth is the room that the numbers beside the y axis need.
func (s *sheet) ticksWidth() vg.Length {
	label, width := s.on.style(tickSize, ink), vg.Length(0)
	for _, tick := range s.plot.Y.Tick.Marker.Ticks(s.plot.Y.Min, s.plot.Y.Max) {
		width = max(width, label.Width(tick.Label))
	}
	return width + 5
}

// thin leaves as many numbers on an axis of a length as are apart, and reports whether categories,
// which all remain, are.
func (s *sheet) thin(axis *plot.Axis, a *figure.Axis, length vg.Length, vertical bool) bool {
	label := s.on.style(tickSize, ink)
	apart := func(one, other plot.Tick) bool {
		if one.Label == "" || other.Label == "" {
			return true
		}
		room := label.Width(one.Label)/2 + label.Width(other.Label)/2 + 4
		if vertical {
			room = 1.25 * label.Font.Size
		}
		return vg.Length(math.Abs(axis.Norm(one.Value)-axis.Norm(other.Value)))*length >= room
	}
	clash := func(ticks []plot.Tick) int {
		for i := range ticks {
			for j := range i {
				if !apart(ticks[i], ticks[j]) {
					return i
				}
			}
		}
		return -1
	}
	if len(a.Categories) > 0 {
		return clash(axis.Tick.Marker.Ticks(axis.Min, axis.Max)) < 0
	}
	var ticks []plot.Tick
	for most := mostTicks; most >= 2; most-- {
		if ticks = linearTicks(span{axis.Min, axis.Max}, most); a.Scale == figure.Log {
			ticks = logTicks(a, span{axis.Min, axis.Max}, most)
		}
		shown := ticks
		if _, zero := zeroTick(a, span{axis.Min, axis.Max}); zero {
			shown = ticks[:len(ticks)-1] // zero gives way to the numbers beside it
		}
		if clash(shown) < 0 {
			break
		}
	}
	for k := clash(ticks); k >= 0; k = clash(ticks) {
		ticks[k].Label = ""
	}
	axis.Tick.Marker = plot.ConstantTicks(ticks)
	return true
}

// unlabelled are the ticks of an axis without their numbers.
func unlabelled(axis *plot.Axis) plot.ConstantTicks {
	ticks := slices.Clone(axis.Tick.Marker.Ticks(axis.Min, axis.Max))
	for i := range ticks {
		ticks[i].Label = ""
	}
	return ticks
}

// left is the room for the names that panels share: of their axes, and of their strips.
func (b *board) left() vg.Length {
	switch {
	case b.nameY == "":
		return 0
	case slices.ContainsFunc(b.panels, stripped):
		return 2 * axisBand
	}
	return axisBand
}

func stripped(s *sheet) bool { return s.strip != nil }

// draw draws the panels on what of a canvas is free of the names of one plot's axes.
func (b *board) draw(on Paper, c, body vgdraw.Canvas) {
	body.Min.X += b.left() - axisBand
	cells := b.cells(body)
	b.align(cells)
	name := on.style(labelSize, ink)
	name.XAlign = vgdraw.XCenter
	named := -1 // last row whose strips have their name
	for i, panel := range b.panels {
		cell, row := cells[i], i/b.columns
		upper, lower := cell, cell
		if panel.strip != nil {
			upper, lower = panel.split(cell)
			panel.strip.plot.Draw(lower)
			at := cell.Min.X - b.ownY
			if b.nameY != "" {
				at = body.Min.X - axisBand
			}
			if b.nameY == "" || named < row {
				panel.strip.drawName(c, panel.strip.plot.DataCanvas(lower), at)
				named = row
			}
		}
		panel.plot.Draw(upper)
		data := panel.plot.DataCanvas(upper)
		for k, line := range b.titles[i] {
			from := data.Max.Y + 6 + panelLine*vg.Length(len(b.titles[i])-1-k)
			c.FillText(on.style(labelSize, ink), vg.Point{X: data.Min.X, Y: from}, line)
		}
		if b.nameX == "" {
			c.FillText(name, vg.Point{X: data.Center().X, Y: lower.Min.Y - axisBand + 4}, panel.f.X.Title())
		}
		if b.nameY == "" {
			panel.drawName(c, data, cell.Min.X-b.ownY)
		}
	}
	if b.nameX != "" {
		c.FillText(name, vg.Point{X: body.Center().X, Y: body.Min.Y - axisBand + 4}, b.nameX)
	}
	if b.nameY != "" {
		name.YAlign = vgdraw.YTop
		c.FillText(upright(name), vg.Point{X: c.Min.X + margin, Y: body.Center().Y}, b.nameY)
	}
}

// cells are the places of the plots with their numbers, without titles and names.
func (b *board) cells(body vgdraw.Canvas) []vgdraw.Canvas {
	width := (body.Size().X - panelGap*vg.Length(b.columns-1)) / vg.Length(b.columns)
	var out []vgdraw.Canvas
	top := body.Max.Y
	for k, row := range b.rows {
		top -= row.title
		for i := k * b.columns; i < min((k+1)*b.columns, len(b.panels)); i++ {
			left := body.Min.X + (width+panelGap)*vg.Length(i-k*b.columns)
			cell := body
			cell.Rectangle = vg.Rectangle{Min: vg.Point{X: left + b.ownY, Y: top - row.plot + b.ownX}, Max: vg.Point{X: left + width, Y: top}}
			out = append(out, cell)
		}
		top -= row.plot
	}
	return out
}

// align makes cells smaller until their data are in line, and those of the plane to scale.
func (b *board) align(cells []vgdraw.Canvas) {
	type inset struct{ left, right, bottom, top vg.Length }
	columns, rows := make([]inset, b.columns), make([]inset, len(b.rows))
	insets := make([]inset, len(cells))
	for i, panel := range b.panels {
		upper, lower := cells[i], panel.plot.DataCanvas(cells[i])
		if panel.strip != nil {
			upper, lower = panel.split(cells[i])
			lower = panel.strip.plot.DataCanvas(lower)
		}
		data := panel.plot.DataCanvas(upper)
		insets[i] = inset{data.Min.X - cells[i].Min.X, cells[i].Max.X - data.Max.X, lower.Min.Y - cells[i].Min.Y, cells[i].Max.Y - data.Max.Y}
		column, row := &columns[i%b.columns], &rows[i/b.columns]
		column.left, column.right = max(column.left, insets[i].left), max(column.right, insets[i].right)
		row.bottom, row.top = max(row.bottom, insets[i].bottom), max(row.top, insets[i].top)
	}
	for i, panel := range b.panels {
		column, row := columns[i%b.columns], rows[i/b.columns]
		cells[i] = vgdraw.Crop(cells[i], column.left-insets[i].left, insets[i].right-column.right, row.bottom-insets[i].bottom, insets[i].top-row.top)
		if panel.f.Equal {
			data := panel.plot.DataCanvas(cells[i]).Size()
			cells[i] = vgdraw.Crop(cells[i], 0, -max(0, data.X-data.Y/panel.ratio()), max(0, data.Y-panel.ratio()*data.X), 0)
		}
	}
}
