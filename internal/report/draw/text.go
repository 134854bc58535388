package draw

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	medium "github.com/gdbench/gdbench/internal/text"
)

// raised is a text handler that sets the text between ^{ and } smaller and higher:
// the exponents of tick labels, for which the font has no glyphs.
type raised struct {
	text.Handler
}

const (
	raisedSize = 0.72 // of the font's
	raisedBy   = 0.36 // of the font's size
)

// Lines is one line: a label has no breaks, whatever its maker put in.
func (h raised) Lines(txt string) []string { return []string{medium.XML(txt)} }

// parts cuts a text into base, exponent, base, …, without what a picture cannot hold.
func parts(txt string) []string {
	txt = medium.XML(txt)
	var out []string
	for {
		base, rest, found := strings.Cut(txt, "^{")
		out = append(out, base)
		if !found {
			return out
		}
		exponent, tail, _ := strings.Cut(rest, "}")
		out, txt = append(out, exponent), tail
	}
}

func (h raised) font(k int, f font.Font) font.Font {
	if k%2 == 1 {
		f.Size *= raisedSize
	}
	return f
}

func (h raised) Box(txt string, f font.Font) (width, height, depth vg.Length) {
	for k, part := range parts(txt) {
		w, up, down := h.Handler.Box(part, h.font(k, f))
		width, height, depth = width+w, max(height, up), max(depth, down)
	}
	return width, height, depth
}

func (h raised) Draw(c vg.Canvas, txt string, s text.Style, at vg.Point) {
	pieces := parts(txt)
	if len(pieces) == 1 {
		h.Handler.Draw(c, pieces[0], s, at)
		return
	}
	width, _, _ := h.Box(txt, s.Font)
	c.Push()
	defer c.Pop()
	c.Translate(at)
	c.Rotate(s.Rotation)
	pen := vg.Point{X: vg.Length(s.XAlign) * width, Y: vg.Length(s.YAlign) * s.Height(txt)}
	plain := text.Style{Color: s.Color, Handler: h.Handler}
	for k, part := range pieces {
		plain.Font = h.font(k, s.Font)
		place := pen
		if k%2 == 1 {
			place.Y += raisedBy * s.Font.Size
		}
		h.Handler.Draw(c, part, plain, place)
		w, _, _ := h.Handler.Box(part, plain.Font)
		pen.X += w
	}
}

// style is sans-serif text of a size and colour.
func style(size vg.Length, c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.From(font.Font{Variant: "Sans"}, size),
		Handler: raised{plot.DefaultTextHandler},
	}
}

// upright is text turned by a quarter, for the label of a vertical axis.
func upright(s text.Style) text.Style {
	s.Rotation = math.Pi / 2
	return s
}
