// Package draw renders figures for paper and slides with gonum/plot: SVG, PNG and PDF, the
// same bytes each time.
//
// A figure is drawn whole in memory and written by renaming, so that no half picture is
// ever left behind. The legend is beside the plot, in the order in which the curves
// end, and never on it; values beyond the floor of a logarithm or the ceiling of an axis
// are drawn on the edge as hollow triangles.
package draw

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Format is a file format by its extension.
type Format string

const (
	SVG Format = "svg"
	PNG Format = "png"
	PDF Format = "pdf"
)

// Formats lists all of them.
var Formats = []Format{SVG, PNG, PDF}

// FormatNames lists them in words: "svg, png or pdf".
func FormatNames() string {
	var names []string
	for _, f := range Formats {
		names = append(names, string(f))
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// resolution of PNG pictures, in dots per inch.
const resolution = 192

// ErrEmpty is the error of a figure with nothing to show.
var ErrEmpty = errors.New("nothing to draw: no finite number")

// Render draws a figure for a screen. An inconsistent or empty one (ErrEmpty) is an error.
func Render(f *figure.Figure, format Format) ([]byte, error) { return Paper{}.Render(f, format) }

// Render draws a figure. An inconsistent or empty one (ErrEmpty) is an error.
func (p Paper) Render(f *figure.Figure, format Format) (out []byte, err error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	if f.Empty() {
		return nil, fmt.Errorf("figure %s: %w", f.Name, ErrEmpty)
	}
	page := p.layOut(f)
	canvas, err := canvasFor(format, page.width, page.height)
	if err != nil {
		return nil, err
	}
	// gonum/plot answers a range that it cannot draw with a panic; ranges are settled so
	// that it should not, but a figure must never cost a user the whole report.
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("figure %s: drawing failed: %v", f.Name, cause)
		}
	}()
	page.draw(vgdraw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("figure %s as %s: %w", f.Name, format, err)
	}
	if format == SVG {
		return portable(b.Bytes()), nil
	}
	return b.Bytes(), nil
}

// portable offers the viewer of an SVG, which holds the name of a font and not the font,
// others of the same widths.
func portable(svg []byte) []byte {
	svg = bytes.ReplaceAll(svg, []byte("font-family:DejaVu Sans;"), []byte("font-family:'DejaVu Sans',sans-serif;"))
	return bytes.ReplaceAll(svg, []byte("font-family:Liberation Sans;"),
		[]byte("font-family:'Liberation Sans',Arial,Helvetica,sans-serif;"))
}

func canvasFor(format Format, w, h vg.Length) (vg.CanvasWriterTo, error) {
	switch format {
	case SVG:
		return vgsvg.New(w, h), nil
	case PNG:
		return quickPNG{vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(resolution))}, nil
	case PDF:
		return newPDF(w, h), nil
	}
	return nil, fmt.Errorf("unknown format %q of a figure; there are svg, png and pdf", format)
}

// quickPNG compresses in half the time of gonum/plot's canvas, to slightly larger files:
// a report has dozens of pictures.
type quickPNG struct{ *vgimg.Canvas }

func (c quickPNG) WriteTo(w io.Writer) (int64, error) {
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	return 0, encoder.Encode(w, c.Image())
}

// Save renders a figure in each format into a folder, with its numbers as CSV, and for a document
// its caption as LaTeX, and returns the paths.
func (p Paper) Save(f *figure.Figure, folder string, formats ...Format) ([]string, error) {
	var paths []string
	for _, format := range formats {
		picture, err := p.Render(f, format)
		if err != nil {
			return paths, err
		}
		path := filepath.Join(folder, f.Name+"."+string(format))
		if err := atomicfile.Write(path, picture, 0o644); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	if p.Width > 0 {
		path := filepath.Join(folder, f.Name+".caption.tex")
		if err := atomicfile.Write(path, []byte(Caption(f)), 0o644); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	var numbers bytes.Buffer
	if err := f.WriteCSV(&numbers); err != nil {
		return paths, err
	}
	path := filepath.Join(folder, f.Name+".csv")
	if err := atomicfile.Write(path, numbers.Bytes(), 0o644); err != nil {
		return paths, err
	}
	return append(paths, path), nil
}

// newPlot has the figure's axes and nothing on them. Their labels are drawn by the sheet:
// gonum/plot reserves room for them in the wrong place on a logarithmic axis.
func (on Paper) newPlot(f *figure.Figure, x, y span) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = paper
	settle(&p.X, &f.X, x)
	settle(&p.Y, &f.Y, y)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		tick := on.style(tickSize, ink)
		tick.XAlign, tick.YAlign = axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = tick
		axis.LineStyle.Width, axis.LineStyle.Color = hairWidth, faint
		axis.Tick.LineStyle.Width, axis.Tick.LineStyle.Color = hairWidth, faint
		if axis.Tick.Length > 0 {
			axis.Tick.Length = 3
		}
		axis.Padding = 2
	}
	return p
}
