package draw

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"github.com/gdbench/gdbench/internal/report/figure"
	medium "github.com/gdbench/gdbench/internal/text"
)

// Paper is what figures are drawn for. The zero value is a screen: the legend is beside the plot,
// the title above, notes below.
type Paper struct {
	// Width of a figure in a document, whose legend is below the plot and whose letters are at
	// least 7 points high, so that the document need not scale it. 0: a screen.
	Width vg.Length
	Serif bool // the letters of Times, not of Arial
	// Untitled and Unnoted leave out title and notes, where the document has a caption.
	Untitled, Unnoted bool
}

// Widths of columns by name: those of two columns on a letter, and of both together.
var widths = map[string]vg.Length{"column": 3.3 * vg.Inch, "text": 6.75 * vg.Inch}

// least and most are the widths between which there is room for axes and sense in a document.
const (
	leastWidth = 2 * vg.Inch
	mostWidth  = 20 * vg.Inch
)

// ParseWidth reads the width of a figure: column, text, or a length such as 7.2in, 84mm, 8.4cm or
// 240pt.
func ParseWidth(words string) (vg.Length, error) {
	if width, ok := widths[words]; ok {
		return width, nil
	}
	width, err := vg.ParseLength(words)
	unit := strings.TrimLeft(words, "0123456789.")
	if err != nil || unit == "" {
		return 0, fmt.Errorf("%q is no width of a figure; expected column, text, or a length such as 7.2in, 84mm or 240pt", words)
	}
	if !(width >= leastWidth && width <= mostWidth) {
		return 0, fmt.Errorf("a figure %s wide cannot be drawn; expected between 2in and 20in", words)
	}
	return width, nil
}

const paperSize = vg.Length(7.2) // of the smallest letters in a document

// style is text of a size and colour.
func (p Paper) style(size vg.Length, c color.Color) text.Style {
	face := font.Font{Variant: "Sans"}
	if p.Serif {
		face.Variant = "Serif"
	}
	if p.Width > 0 {
		size = max(size-0.5, paperSize)
	}
	return text.Style{
		Color:   c,
		Font:    font.From(face, size),
		Handler: typesetter{text.Plain{Fonts: typefaces()}},
	}
}

// Caption is what a document says below a figure: how to read it and what was aggregated or left
// out, for LaTeX.
func Caption(f *figure.Figure) string {
	sentences := append([]string{f.Title + ".", f.Caption}, f.Notes...)
	return medium.LaTeX(strings.Join(sentences, " ")) + "\n"
}
