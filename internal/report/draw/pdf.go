package draw

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdfCanvas draws on a PDF page: paths as paths, text as text in an embedded subset of its font
// with the characters that it stands for, colours with their transparency. (The canvas of
// gonum/plot knows the characters of code page 1252 only, and multiplies a colour by its alpha.)
type pdfCanvas struct {
	doc    *fpdf.Fpdf
	height vg.Length
	stack  []pdfState
	faces  map[string]bool // fonts that are in the document
}

var _ vg.CanvasWriterTo = (*pdfCanvas)(nil)

// pdfState is what Push keeps and Pop restores.
type pdfState struct {
	color  color.NRGBA
	width  vg.Length
	dashes []vg.Length
	phase  vg.Length
	origin vg.Point
	turned float64 // radians
}

// newPDF is an empty page. It carries a fixed date, so that the same figure has the same bytes.
func newPDF(w, h vg.Length) *pdfCanvas {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w.Points(), Ht: h.Points()}})
	epoch := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(epoch)
	doc.SetModificationDate(epoch)
	doc.SetCatalogSort(true)
	doc.SetProducer("gdbench", true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	c := &pdfCanvas{doc: doc, height: h, stack: make([]pdfState, 1), faces: map[string]bool{}}
	vg.Initialize(c)
	return c
}

func (c *pdfCanvas) state() *pdfState { return &c.stack[len(c.stack)-1] }

func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.state().width = w }

func (c *pdfCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	c.state().dashes, c.state().phase = pattern, offset
}

func (c *pdfCanvas) SetColor(to color.Color) {
	if to == nil {
		to = color.Black
	}
	c.state().color = color.NRGBAModel.Convert(to).(color.NRGBA)
}

func (c *pdfCanvas) Push() { c.stack = append(c.stack, *c.state()) }
func (c *pdfCanvas) Pop()  { c.stack = c.stack[:len(c.stack)-1] }

func (c *pdfCanvas) Rotate(radians float64) { c.state().turned += radians }

func (c *pdfCanvas) Translate(by vg.Point) { c.state().origin = c.placed(by) }

// Scale is not used by plots, whose lengths are those of the page.
func (c *pdfCanvas) Scale(x, y float64) {
	if x != 1 || y != 1 {
		panic(fmt.Sprintf("a PDF canvas is not scaled (by %g and %g)", x, y))
	}
}

// placed is where a point lies on the page, from its lower left corner.
func (c *pdfCanvas) placed(p vg.Point) vg.Point {
	s := c.state()
	sin, cos := math.Sincos(s.turned)
	x, y := float64(p.X), float64(p.Y)
	return vg.Point{X: s.origin.X + vg.Length(x*cos-y*sin), Y: s.origin.Y + vg.Length(x*sin+y*cos)}
}

// at is the same as the document counts it: downwards from the top.
func (c *pdfCanvas) at(p vg.Point) (x, y float64) {
	p = c.placed(p)
	return p.X.Points(), (c.height - p.Y).Points()
}

func (c *pdfCanvas) Stroke(p vg.Path) {
	s := c.state()
	if s.width <= 0 {
		return
	}
	c.doc.SetLineWidth(s.width.Points())
	dashes := make([]float64, len(s.dashes))
	for i, d := range s.dashes {
		dashes[i] = d.Points()
	}
	c.doc.SetDashPattern(dashes, s.phase.Points())
	c.doc.SetDrawColor(int(s.color.R), int(s.color.G), int(s.color.B))
	c.drawPath(p, "D")
}

func (c *pdfCanvas) Fill(p vg.Path) {
	s := c.state()
	c.doc.SetFillColor(int(s.color.R), int(s.color.G), int(s.color.B))
	c.drawPath(p, "F")
}

func (c *pdfCanvas) drawPath(p vg.Path, how string) {
	c.doc.SetAlpha(float64(c.state().color.A)/math.MaxUint8, "Normal")
	for _, part := range p {
		switch part.Type {
		case vg.MoveComp:
			c.doc.MoveTo(c.at(part.Pos))
		case vg.LineComp:
			c.doc.LineTo(c.at(part.Pos))
		case vg.ArcComp:
			c.arc(part)
		case vg.CurveComp:
			c.curve(part)
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
	c.doc.DrawPath(how)
}

// curve is a Bézier curve with one or two control points.
func (c *pdfCanvas) curve(part vg.PathComp) {
	x, y := c.at(part.Pos)
	x0, y0 := c.at(part.Control[0])
	if len(part.Control) == 1 {
		c.doc.CurveTo(x0, y0, x, y)
		return
	}
	x1, y1 := c.at(part.Control[1])
	c.doc.CurveBezierCubicTo(x0, y0, x1, y1, x, y)
}

// arc is a part of a circle, in pieces of at most a quarter: a cubic with control points at
// 4/3·tan(φ/4) of the radius along the tangents is within 3e-4 of it.
func (c *pdfCanvas) arc(part vg.PathComp) {
	pieces := math.Ceil(math.Abs(part.Angle) / (math.Pi / 2))
	step := part.Angle / pieces
	reach := 4.0 / 3 * math.Tan(step/4)
	on := func(angle, along float64) vg.Point {
		sin, cos := math.Sincos(angle)
		return vg.Point{X: part.Pos.X + part.Radius*vg.Length(cos-along*sin), Y: part.Pos.Y + part.Radius*vg.Length(sin+along*cos)}
	}
	c.doc.LineTo(c.at(on(part.Start, 0)))
	for k := range int(pieces) {
		from := part.Start + float64(k)*step
		x0, y0 := c.at(on(from, reach))
		x1, y1 := c.at(on(from+step, -reach))
		x, y := c.at(on(from+step, 0))
		c.doc.CurveBezierCubicTo(x0, y0, x1, y1, x, y)
	}
}

func (c *pdfCanvas) FillString(face font.Face, at vg.Point, txt string) {
	name := face.Name()
	if !c.faces[name] {
		var source bytes.Buffer
		if _, err := face.Face.WriteSourceTo(nil, &source); err != nil {
			panic(fmt.Sprintf("the font %s has no source: %v", name, err))
		}
		c.doc.AddUTF8FontFromBytes(name, "", source.Bytes())
		c.faces[name] = true
	}
	s := c.state()
	c.doc.SetFont(name, "", face.Font.Size.Points())
	c.doc.SetTextColor(int(s.color.R), int(s.color.G), int(s.color.B))
	c.doc.SetAlpha(float64(s.color.A)/math.MaxUint8, "Normal")
	x, y := c.at(at)
	c.doc.TransformBegin()
	c.doc.TransformRotate(s.turned*180/math.Pi, x, y)
	c.doc.Text(x, y, strings.Map(inPlane, txt))
	c.doc.TransformEnd()
}

// inPlane replaces what is beyond the first 65536 characters, for which the document has no room.
func inPlane(r rune) rune {
	if r > math.MaxUint16 {
		return utf8.RuneError
	}
	return r
}

// DrawImage is not used: figures are lines, areas and text.
func (c *pdfCanvas) DrawImage(vg.Rectangle, image.Image) {
	panic("a figure in PDF has no pixels")
}

func (c *pdfCanvas) Size() (w, h vg.Length) {
	width, height := c.doc.GetPageSize()
	return vg.Length(width), vg.Length(height)
}

func (c *pdfCanvas) WriteTo(w io.Writer) (int64, error) {
	return 0, c.doc.Output(w)
}
