package draw

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// entry is a series in the legend, its label broken where it is too long for a line, and its place
// below and to the right of the legend's corner.
type entry struct {
	*figure.Series
	lines []string
	at    vg.Point
}

// placeLegend places the legend: beside the plot on a screen, below it in a document, there in as
// many columns as fit.
func (s *sheet) placeLegend() {
	label := s.on.style(tickSize, ink)
	most, gap := longest, vg.Length(12)
	if s.on.Width > 0 {
		most = s.on.Width - 2*margin - swatch - 4
	}
	widest := vg.Length(0)
	for _, series := range legend(s.f) {
		lines := wrap(label, series.Label, most)
		s.legend = append(s.legend, entry{Series: series, lines: lines})
		for _, line := range lines {
			widest = max(widest, swatch+4+label.Width(line))
		}
	}
	if len(s.legend) > 0 && s.f.Shared != "" {
		s.legendTitle = wrap(label, s.f.Shared, most)
		for _, line := range s.legendTitle {
			widest = max(widest, label.Width(line))
		}
		s.legendHeight = legendLine * vg.Length(len(s.legendTitle))
	}
	columns := 1
	if s.on.Width > 0 {
		columns = max(1, int((s.on.Width-2*margin+gap)/(widest+gap)))
	} else if len(s.legend) > 0 {
		s.legendWidth = widest + 4 + margin
	}
	if s.ramped() {
		s.legendWidth = max(s.legendWidth, scaleWidth)
		s.legend, s.legendTitle, s.legendHeight = nil, nil, 0
		return
	}
	row := vg.Length(0)
	for i := range s.legend {
		e := &s.legend[i]
		e.at = vg.Point{X: vg.Length(i%columns) * (widest + gap), Y: s.legendHeight}
		row = max(row, legendLine*vg.Length(len(e.lines)))
		if (i+1)%columns == 0 || i == len(s.legend)-1 {
			s.legendHeight, row = s.legendHeight+row, 0
		}
	}
}

func (s *sheet) drawLegend(c vgdraw.Canvas, corner vg.Point) {
	if s.ramped() {
		s.drawRamp(c, corner)
		return
	}
	label := s.on.style(tickSize, ink)
	label.YAlign = vgdraw.YCenter
	for k, line := range s.legendTitle {
		c.FillText(label, vg.Point{X: corner.X, Y: corner.Y - legendLine*(vg.Length(k)+0.5)}, line)
	}
	for _, e := range s.legend {
		at := vg.Point{X: corner.X + e.at.X, Y: corner.Y - e.at.Y - legendLine/2}
		if e.Low != nil {
			c.FillPolygon(translucent(hue(s.f.Looks, e.Color), 45), corners(vg.Rectangle{
				Min: vg.Point{X: at.X, Y: at.Y - 4}, Max: vg.Point{X: at.X + swatch, Y: at.Y + 4}}, 0))
		}
		if e.Kind != figure.Points {
			c.StrokeLine2(lineStyle(s.f.Looks, e.Series), at.X, at.Y, at.X+swatch, at.Y)
		}
		if e.Kind == figure.Points || e.Kind == figure.Both {
			c.DrawGlyphNoClip(curve{s.f, e.Series}.glyph(symbol(s.f.Looks.Of(e.Series).Symbol)), vg.Point{X: at.X + swatch/2, Y: at.Y})
		}
		for k, line := range e.lines {
			c.FillText(label, vg.Point{X: at.X + swatch + 4, Y: at.Y - legendLine*vg.Length(k)}, line)
		}
	}
}

// legend lists the labelled series in the order in which their curves end, top first, so
// that the eye need not search; points without curves come last.
func legend(f *figure.Figure) []*figure.Series {
	if len(f.Panels) > 0 {
		return legendOfPanels(f)
	}
	var out []*figure.Series
	for i := range f.Series {
		if f.Series[i].Label != "" && !f.Series[i].Unlisted {
			out = append(out, &f.Series[i])
		}
	}
	if f.Equal {
		return out
	}
	sort.SliceStable(out, func(i, j int) bool { return ending(out[i]) > ending(out[j]) })
	return out
}

// legendOfPanels lists what any panel has, in the order of the first that has it, with a band where any
// has one. Rules are in it as well, since panels have no room for their labels.
func legendOfPanels(f *figure.Figure) []*figure.Series {
	var out []*figure.Series
	add := func(s figure.Series) {
		known := slices.IndexFunc(out, func(o *figure.Series) bool {
			return o.Label == s.Label && o.Color == s.Color && o.Dash == s.Dash && o.Symbol == s.Symbol
		})
		if known < 0 {
			out = append(out, &s)
		} else if out[known].Low == nil {
			out[known].Low = s.Low
		}
	}
	for _, panel := range f.Panels {
		for _, s := range legend(panel) {
			add(*s)
		}
	}
	for _, panel := range f.Panels {
		for _, r := range panel.Rules {
			if r.Label != "" {
				add(figure.Series{Label: r.Label, Kind: figure.Line, Color: r.Color, Dash: figure.Dashed, Thin: true})
			}
		}
	}
	return out
}

func ending(s *figure.Series) float64 {
	if s.Kind == figure.Points {
		return math.Inf(-1)
	}
	for i := len(s.Y) - 1; i >= 0; i-- {
		if !math.IsNaN(s.Y[i]) {
			return s.Y[i]
		}
	}
	return math.Inf(-1)
}

// wrap breaks a text at its blanks into lines of a width, and what is longer than a line behind
// punctuation or, without any, where the line ends.
func wrap(measure text.Style, words string, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(words) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && measure.Width(longer) > width {
			lines = append(lines, line)
			longer = word
		}
		for line = longer; measure.Width(line) > width; {
			end := breakBefore(measure, line, width)
			if end == len(line) {
				break
			}
			lines, line = append(lines, line[:end]), line[end:]
		}
	}
	return append(lines, line)
}

// breakBefore is where the first line of a long word ends: behind its last punctuation within the
// width, or after the last letter within it, but the first.
func breakBefore(measure text.Style, word string, width vg.Length) int {
	end, good := 0, 0
	for i, r := range word {
		next := i + utf8.RuneLen(r)
		if end > 0 && measure.Width(word[:next]) > width {
			break
		}
		end = next
		if strings.ContainsRune("=,;:/([{_-", r) {
			good = next
		}
	}
	return cmp.Or(good, end)
}
