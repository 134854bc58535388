package draw

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"codeberg.org/go-fonts/dejavu/dejavusans"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	medium "github.com/gdbench/gdbench/internal/text"
)

// typefaces are those of figures: Liberation (metrics of Arial and Times), and DejaVu Sans for the
// characters that it lacks, such as ∇ and ∈.
var typefaces = sync.OnceValue(func() *font.Cache {
	wide, err := opentype.Parse(dejavusans.TTF)
	if err != nil {
		panic(fmt.Sprintf("the embedded font DejaVu Sans: %v", err))
	}
	fonts := font.NewCache(liberation.Collection())
	fonts.Add(font.Collection{{Font: font.Font{Typeface: "DejaVu", Variant: "Sans"}, Face: wide}})
	return fonts
})

// typesetter is a text handler that sets the text between ^{ and } smaller and higher (the
// exponents of tick labels, for which the font has no glyphs), and characters that the font lacks
// in another.
type typesetter struct {
	text.Plain
}

const (
	raisedSize = 0.72 // of the font's
	raisedBy   = 0.36 // of the font's size
)

// Lines is one line: a label has no breaks, whatever its maker put in.
func (h typesetter) Lines(txt string) []string { return []string{medium.Picture(txt)} }

// piece is a part of a label in one font.
type piece struct {
	txt  string
	font font.Font
	rise vg.Length
}

// pieces cuts a text into base, exponent, base, … and each by fonts, without what a picture cannot
// hold.
func (h typesetter) pieces(txt string, f font.Font) []piece {
	txt = medium.Picture(txt)
	var out []piece
	for {
		base, rest, found := strings.Cut(txt, "^{")
		out = h.byFont(out, base, f, 0)
		if !found {
			return out
		}
		exponent, tail, _ := strings.Cut(rest, "}")
		small := f
		small.Size *= raisedSize
		out, txt = h.byFont(out, exponent, small, raisedBy*f.Size), tail
	}
}

// byFont adds a text in pieces, each with characters of one font.
func (h typesetter) byFont(out []piece, txt string, f font.Font, rise vg.Length) []piece {
	wide := f
	wide.Typeface, wide.Variant = "DejaVu", "Sans"
	narrow, other := h.Fonts.Lookup(f, f.Size).Face, h.Fonts.Lookup(wide, f.Size).Face
	has := func(face *opentype.Font, r rune) bool {
		glyph, err := face.GlyphIndex(nil, r)
		return err == nil && glyph != 0
	}
	from, before := 0, f
	for i, r := range txt {
		its := f
		if !has(narrow, r) && has(other, r) {
			its = wide
		}
		if its != before && i > from {
			out, from = append(out, piece{txt[from:i], before, rise}), i
		}
		before = its
	}
	if from < len(txt) {
		out = append(out, piece{txt[from:], before, rise})
	}
	return out
}

func (h typesetter) Box(txt string, f font.Font) (width, height, depth vg.Length) {
	_, height, depth = h.Plain.Box("", f)
	for _, p := range h.pieces(txt, f) {
		w, up, down := h.Plain.Box(p.txt, p.font)
		width, height, depth = width+w, max(height, up), max(depth, down)
	}
	return width, height, depth
}

func (h typesetter) Draw(c vg.Canvas, txt string, s text.Style, at vg.Point) {
	pieces := h.pieces(txt, s.Font)
	if len(pieces) == 1 && pieces[0].font == s.Font {
		h.Plain.Draw(c, pieces[0].txt, s, at)
		return
	}
	width, _, _ := h.Box(txt, s.Font)
	c.Push()
	defer c.Pop()
	c.Translate(at)
	c.Rotate(s.Rotation)
	pen := vg.Point{X: vg.Length(s.XAlign) * width, Y: vg.Length(s.YAlign) * s.Height(txt)}
	for _, p := range pieces {
		plain := text.Style{Color: s.Color, Handler: h.Plain, Font: p.font}
		h.Plain.Draw(c, p.txt, plain, vg.Point{X: pen.X, Y: pen.Y + p.rise})
		w, _, _ := h.Plain.Box(p.txt, p.font)
		pen.X += w
	}
}

// upright is text turned by a quarter, for the label of a vertical axis.
func upright(s text.Style) text.Style {
	s.Rotation = math.Pi / 2
	return s
}
