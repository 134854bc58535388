package draw

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/synthetic"
)

// panelled is a figure of three panels with all that these have: a strip, a rule, a band, clamped
// points, and a logarithmic and a linear axis.
func panelled() *figure.Figure {
	f := &figure.Figure{Name: "panels", Title: "gap against iterations, on 3 problems"}
	for k, title := range []string{"one", "another with a title of several lines", "third"} {
		panel := gallery()[0]
		panel.Name, panel.Title, panel.Problem = fmt.Sprint("gap-", k), title, title
		if k == 1 {
			panel.Strip, panel.X = nil, figure.Axis{Label: "iterations", Scale: figure.Linear}
		}
		f.Panels = append(f.Panels, panel)
	}
	f.Notes = []string{"A note on all of them."}
	return f
}

// ofProblems are all figures with panels of a run with everything on so many problems.
func ofProblems(t *testing.T, on Paper, problems int) []*figure.Figure {
	t.Helper()
	var drafts []synthetic.Draft
	for k := range problems {
		for _, d := range synthetic.GridOfDrafts() {
			d.Problem = fmt.Sprintf("bowl dim=%d condition=%d", k, 10*k)
			drafts = append(drafts, d)
		}
	}
	figures, _ := plots.Panels(plots.Of(evidencetest.Gather(t, drafts...), plots.Selection{Problems: problems}, t.Logf), on.Fits)
	var out []*figure.Figure
	for _, f := range figures {
		if len(f.Panels) > 0 {
			out = append(out, f)
		}
	}
	if len(out) < 5 {
		t.Fatalf("%d figures with panels", len(out))
	}
	return out
}

// word is where poppler finds a word on a page.
type word struct {
	Left   float64 `xml:"xMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Top    float64 `xml:"yMin,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

func wordsOf(t *testing.T, on Paper, f *figure.Figure) (words []word, width, height float64) {
	t.Helper()
	var page struct {
		Page struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Words  []word  `xml:"word"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(strings.NewReader(popplerOn(t, on, f, "pdftotext", "-bbox", "FILE", "-")))
	decoder.Strict, decoder.Entity = false, xml.HTMLEntity
	if err := decoder.Decode(&page); err != nil {
		t.Fatal(err)
	}
	return page.Page.Words, page.Page.Width, page.Page.Height
}

// overlap is a pair of words of which one lies on the other by more than the smoothing of an edge;
// the parts of a power are one above the other.
func overlap(words []word) (a, b word, found bool) {
	const edge = 1.2 // points; the boxes of letters have room above and below
	for i, a := range words {
		for _, b := range words[:i] {
			if min(a.Right, b.Right)-max(a.Left, b.Left) > edge && min(a.Bottom, b.Bottom)-max(a.Top, b.Top) > 2*edge {
				return a, b, true
			}
		}
	}
	return a, b, false
}

// On the widths of papers and with as many panels as these have room for, no word lies on another or
// beyond the page, letters are at least 7 points high, names of axes that all have are there once,
// and a figure is no higher than a page.
func TestPanelsOnPaper(t *testing.T) {
	for _, on := range []Paper{{Width: widths["column"], Untitled: true, Unnoted: true}, {Width: widths["text"], Serif: true, Untitled: true, Unnoted: true}} {
		for _, f := range append(ofProblems(t, on, 11), ofProblems(t, on, 3)...) {
			words, width, height := wordsOf(t, on, f)
			if height > (9 * vg.Inch).Points() {
				t.Errorf("%s with %d panels on %v is %g points high", f.Name, len(f.Panels), on.Width, height)
			}
			if a, b, found := overlap(words); found {
				t.Errorf("%s on %v: %q lies on %q, at %g, %g", f.Name, on.Width, a.Text, b.Text, a.Left, a.Top)
			}
			text := ""
			for _, w := range words {
				if w.Left < 0 || w.Right > width || w.Top < 0 || w.Bottom > height {
					t.Errorf("%s on %v: %q is beyond the page", f.Name, on.Width, w.Text)
				}
				if size := min(w.Right-w.Left, w.Bottom-w.Top); len(w.Text) > 4 && !strings.HasPrefix(w.Text, "−") && size < 7 { // of lying and of upright words but exponents
					t.Errorf("%s on %v: %q is %g points high", f.Name, on.Width, w.Text, size)
				}
				text += w.Text + " "
			}
			for _, axis := range []figure.Axis{f.Panels[0].X, f.Panels[0].Y} {
				if n := strings.Count(text, axis.Title()+" "); n != 1 && !strings.Contains(f.Title, axis.Title()) {
					t.Errorf("%s on %v has the name %q of an axis %d times in %s", f.Name, on.Width, axis.Title(), n, text)
				}
			}
			for _, panel := range f.Panels {
				if !strings.Contains(text, panel.Title+" ") {
					t.Errorf("%s on %v lacks the title %q", f.Name, on.Width, panel.Title)
				}
			}
		}
	}
}

// The test of overlaps sees one.
func TestOverlap(t *testing.T) {
	a, b := word{0, 10, 0, 8, "a"}, word{8, 20, 3, 11, "b"}
	if _, _, found := overlap([]word{a, b}); !found {
		t.Error("two words on each other go unnoticed")
	}
	b.Left, b.Right = 11, 20
	if _, _, found := overlap([]word{a, b}); found {
		t.Error("two words beside each other are said to overlap")
	}
}

// The shared legend has each look once, and rules, whose labels have no room in a panel.
func TestLegendOfPanels(t *testing.T) {
	var got []string
	for _, s := range legend(panelled()) {
		got = append(got, s.Label)
	}
	if want := "leaves points falls 2/L target"; strings.Join(got, " ") != want {
		t.Errorf("the legend has %q; expected %s", got, want)
	}
}

// Data of a column lie between the same verticals, those of a row on one line.
func TestPanelsAreAligned(t *testing.T) {
	on := Paper{Width: widths["column"]}
	s := on.layOut(panelled())
	picture, err := canvasFor(SVG, s.width, s.height)
	if err != nil {
		t.Fatal(err)
	}
	canvas := vgdraw.New(picture)
	cells := s.board.cells(canvas)
	s.board.align(cells)
	if s.board.columns != 2 || len(s.board.rows) != 2 {
		t.Fatalf("%d columns and %d rows", s.board.columns, len(s.board.rows))
	}
	data := func(i int) vg.Rectangle {
		upper := cells[i]
		if s.board.panels[i].strip != nil {
			upper, _ = s.board.panels[i].split(upper)
		}
		return s.board.panels[i].plot.DataCanvas(upper).Rectangle
	}
	if a, b := data(0), data(2); a.Min.X-b.Min.X > 0.01 || b.Min.X-a.Min.X > 0.01 || a.Max.X-b.Max.X > 0.01 || b.Max.X-a.Max.X > 0.01 {
		t.Errorf("a column has data at %v and %v", a, b)
	}
	if a, b := data(0), data(1); a.Max.Y-b.Max.Y > 0.01 || b.Max.Y-a.Max.Y > 0.01 {
		t.Errorf("a row has data at %v and %v", a, b)
	}
}
