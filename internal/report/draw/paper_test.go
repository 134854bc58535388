package draw

import (
	"bytes"
	"encoding/xml"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/gdbench/gdbench/internal/report/figure"
)

func TestParseWidth(t *testing.T) {
	for words, want := range map[string]float64{"column": 237.6, "text": 486, "7.2in": 518.4, "2.54cm": 0, "84mm": 84 / 25.4 * 72,
		"240pt": 240, "12": 0, "wide": 0, "": 0, "1in": 0, "900in": 0, "-3in": 0, "NaNin": 0} {
		got, err := ParseWidth(words)
		if (want == 0) != (err != nil) || err == nil && math.Abs(got.Points()-want) > 1e-9 {
			t.Errorf("%q is %g points, %v; expected %g", words, got.Points(), err, want)
		}
	}
}

// In a document a figure is as wide as its column, its letters are at least 7 points high, and all
// of them lie on the page: poppler says where.
func TestPaper(t *testing.T) {
	for _, on := range []Paper{{Width: 3.3 * vg.Inch, Untitled: true, Unnoted: true}, {Width: 3.3 * vg.Inch, Serif: true}, {Width: 6.75 * vg.Inch, Serif: true, Untitled: true, Unnoted: true}} {
		for _, f := range kinds(t) {
			f.Title = "Headline"
			if len(f.Series) > 0 {
				f.Series[0].Label = "a method with a label that is longer than a column of a paper is wide, momentum=0.9"
			}
			out := popplerOn(t, on, f, "pdftotext", "-bbox", "FILE", "-")
			var page struct {
				Page struct {
					Width float64 `xml:"width,attr"`
					Words []struct {
						Left   float64 `xml:"xMin,attr"`
						Right  float64 `xml:"xMax,attr"`
						Top    float64 `xml:"yMin,attr"`
						Bottom float64 `xml:"yMax,attr"`
						Text   string  `xml:",chardata"`
					} `xml:"word"`
				} `xml:"body>doc>page"`
			}
			decoder := xml.NewDecoder(strings.NewReader(out))
			decoder.Strict, decoder.Entity = false, xml.HTMLEntity
			if err := decoder.Decode(&page); err != nil {
				t.Fatal(err)
			}
			if math.Abs(page.Page.Width-on.Width.Points()) > 0.01 || len(page.Page.Words) < 5 {
				t.Errorf("%s is %g points wide with %d words; expected %g", f.Name, page.Page.Width, len(page.Page.Words), on.Width.Points())
			}
			for _, w := range page.Page.Words {
				if w.Left < 0 || w.Right > page.Page.Width || w.Top < 0 {
					t.Errorf("%s: %q is beyond the page, from %g to %g", f.Name, w.Text, w.Left, w.Right)
				}
			}
			if title := strings.Contains(out, ">Headline<"); title == on.Untitled {
				t.Errorf("%s: bare is %v, and there is a title: %v", f.Name, on.Untitled, title)
			}
		}
	}
	for _, size := range []vg.Length{titleSize, labelSize, tickSize, noteSize} {
		if got := (Paper{Width: 240}).style(size, ink).Font.Size; got < 7 {
			t.Errorf("letters of %g points become %g in a document", size.Points(), got.Points())
		}
	}
}

// A caption is LaTeX that says what the figure would.
func TestCaption(t *testing.T) {
	f := gallery()[0]
	f.Caption, f.Notes = "50% of f*_k.", []string{"Not shown: a & b."}
	if got, want := Caption(f), "gap against iterations. 50\\% of f$^*$\\_k. Not shown: a \\& b.\n"; got != want {
		t.Errorf("the caption is %q; expected %q", got, want)
	}
}

// Labels are broken at blanks and never cut.
func TestLegendHasWholeLabels(t *testing.T) {
	label := "a method with a label that is far longer than there is room for beside a plot, with momentum=0.9 and restart=function"
	f := &figure.Figure{Name: "f", Series: []figure.Series{{Label: label, X: []float64{1, 2}, Y: []float64{1, 2}}}}
	for _, on := range []Paper{{}, {Width: 240}} {
		s := on.layOut(f)
		if got := strings.Join(s.legend[0].lines, " "); got != label || len(s.legend[0].lines) < 2 {
			t.Errorf("the legend says %q", s.legend[0].lines)
		}
		if svg, err := on.Render(f, SVG); err != nil || bytes.Contains(svg, []byte("…")) {
			t.Errorf("the picture cuts the label: %v", err)
		}
	}
}

// What is longer than a line is broken, never cut: behind punctuation, and where there is none, where
// the line ends.
func TestWrap(t *testing.T) {
	measure := Paper{}.style(tickSize, ink)
	for _, words := range []string{"GD lr=1/L", "line search step=backtracking(guess=longer, shrink=0.5) momentum=0.9", strings.Repeat("ab=cd,", 30), strings.Repeat("a", 200), "ä", ""} {
		width := measure.Width("a line of so many letters")
		lines := wrap(measure, words, width)
		whole := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if whole(strings.Join(lines, "")) != whole(words) {
			t.Errorf("%q is broken into %q", words, lines)
		}
		for i, line := range lines {
			if measure.Width(line) > width {
				t.Errorf("%q is longer than a line", line)
			}
			if i < len(lines)-1 && strings.Contains(words, "ab=cd,") && !strings.HasSuffix(line, ",") && !strings.HasSuffix(line, "=") {
				t.Errorf("%q does not end with punctuation", line)
			}
		}
	}
}

// What all methods share is the first line of the legend, and a long title has several.
func TestSharedAndTitle(t *testing.T) {
	f := gallery()[0]
	for _, width := range []vg.Length{0, 3.3 * vg.Inch} {
		on := Paper{Width: width}
		before := on.layOut(f)
		shared := *f
		shared.Shared, shared.Title = "GD: batch=32", strings.Repeat("a long title ", 20)
		after := on.layOut(&shared)
		if after.legendHeight != before.legendHeight+legendLine || len(after.title) < 2 || after.titleBand <= before.titleBand {
			t.Errorf("width %v: a legend of %v after %v, a title of %d lines in %v", width, after.legendHeight, before.legendHeight, len(after.title), after.titleBand)
		}
	}
}
