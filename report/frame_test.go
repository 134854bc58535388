package report

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
)

func framed() *figure.Figure {
	return &figure.Figure{Name: "gap-iterations-p", Role: "convergence", Title: "p",
		X: figure.Axis{Scale: figure.Linear}, Y: figure.Axis{Scale: figure.Log, Floor: 1e-16},
		Series: []figure.Series{{X: []float64{0, 1}, Y: []float64{1, 0}}},
		Notes:  []string{"Values at or below 1e-16 are drawn there as hollow triangles: rounding and the accuracy of f* do not resolve smaller ones.", "Another."}}
}

// On a linear axis nothing is clamped, and the note on it goes.
func TestFrame(t *testing.T) {
	f := framed()
	if err := (&Frame{Figure: "gap-*", YScale: "linear", XLim: []float64{0, 5}, Title: "q"}).put([]*figure.Figure{f}); err != nil {
		t.Fatal(err)
	}
	if f.Y.Scale != figure.Linear || f.Y.Floor != 0 || *f.X.Limits != [2]float64{0, 5} || f.Title != "q" {
		t.Errorf("axes %+v and %+v, title %s", f.X, f.Y, f.Title)
	}
	if got := strings.Join(f.Notes, " "); got != "Another. The x axis is cut at 0 and 5, as asked for." {
		t.Errorf("notes: %s", got)
	}
	same := framed()
	if err := (&Frame{Figure: "convergence", YScale: "log"}).put([]*figure.Figure{same}); err != nil || same.Y.Floor != 1e-16 || len(same.Notes) != 2 {
		t.Errorf("%v: asked for what it is, it became %+v, %q", err, same.Y, same.Notes)
	}
}

func TestBadFrames(t *testing.T) {
	categories := framed()
	categories.Y = figure.Axis{Categories: []string{"a"}}
	for want, c := range map[string]struct {
		frame Frame
		of    *figure.Figure
	}{
		`unknown figure "gip-*"`:                  {Frame{Figure: "gip-*", XLim: []float64{0, 1}}, framed()},
		"it has categories or is that of a map":   {Frame{YScale: "log"}, categories},
		"begins at or below zero, and the y axis": {Frame{YLim: []float64{0, 1}}, framed()},
	} {
		if err := c.frame.put([]*figure.Figure{c.of}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; expected %s", err, want)
		}
	}
	for want, frame := range map[string]Frame{
		"expected the lower and the upper end":   {XLim: []float64{2, 1}},
		"which a logarithmic axis does not have": {XLim: []float64{0, 1}, XScale: "log"},
		"expected linear or log":                 {YScale: "square"},
	} {
		if err := frame.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; expected %s", err, want)
		}
	}
}
