package draw

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	vgdraw "gonum.org/v1/plot/vg/draw"

	"github.com/gdbench/gdbench/internal/report/figure"
)

var inf, nan = math.Inf(1), math.NaN()

// gallery is one figure of each kind, with every feature.
func gallery() []*figure.Figure {
	gap := &figure.Figure{Name: "gap", Title: "gap against iterations",
		X:     figure.Axis{Label: "iterations", Scale: figure.Log, Floor: 0.5, ZeroAtFloor: true},
		Y:     figure.Axis{Label: "gap f − f*", Scale: figure.Log, Floor: 1e-16, Ceiling: 1e4},
		Rules: []figure.Rule{{Label: "2/L", Vertical: true, At: 30, Color: figure.Ink}, {Label: "target", At: 1e-4, Color: 2}},
		Notes: []string{"A note that is long enough to be broken into several lines, because it says what was aggregated and what was left out of the figure."},
		Series: []figure.Series{
			{Label: "falls", Kind: figure.Line, X: []float64{0, 1, 10, 100}, Y: []float64{10, 1, 1e-8, 0},
				Low: []float64{10, 0.5, 1e-9, 0}, High: []float64{10, 2, 1e-7, 1e-10}},
			{Label: "leaves", Kind: figure.Steps, Color: 1, X: []float64{0, 1, 10, 100}, Y: []float64{10, nan, 1e3, inf}},
			{Label: "points", Kind: figure.Both, Color: 8, Symbol: figure.Square, X: []float64{1, 10}, Y: []float64{3, 3}},
			{Label: "bound", Kind: figure.Line, Dash: 2, Thin: true, Unlisted: true, X: []float64{1, 100}, Y: []float64{10, nan}},
		},
		Strip: &figure.Figure{Y: figure.Axis{Label: "ratio", Scale: figure.Linear}, Rules: []figure.Rule{{At: 1, Color: figure.Ink}},
			Series: []figure.Series{{Label: "falls", Kind: figure.Line, X: []float64{1, 100}, Y: []float64{123456, 1}}}}}
	path := &figure.Figure{Name: "path", Title: "paths", Equal: true,
		X: figure.Axis{Label: "x₁", Scale: figure.Linear}, Y: figure.Axis{Label: "x₂", Scale: figure.Linear},
		Grid:   &figure.Grid{Label: "f", Contours: []float64{0.5, 1, 2}},
		Series: []figure.Series{{Label: "star", Kind: figure.Points, Symbol: figure.Star, Color: figure.Ink, X: []float64{0}, Y: []float64{0}}}}
	for k := range 41 {
		path.Grid.X = append(path.Grid.X, -2+float64(k)/10)
		path.Grid.Y = append(path.Grid.Y, -2+float64(k)/10)
	}
	for _, y := range path.Grid.Y {
		var row []float64
		for _, x := range path.Grid.X {
			row = append(row, x*x+y*y)
		}
		path.Grid.Z = append(path.Grid.Z, row)
	}
	heat := &figure.Figure{Name: "heat", Title: "heat",
		X: figure.Axis{Label: "learning rate", Scale: figure.Log}, Y: figure.Axis{Label: "batch size", Categories: []string{"1", "full"}},
		Grid: &figure.Grid{Label: "final gap", Scale: figure.Log, X: []float64{0.1, 1}, Y: []float64{0, 1},
			Z: [][]float64{{1e-2, inf}, {nan, 1}}, Text: [][]string{{"0.01", "diverged"}, {"", "1"}}}}
	return []*figure.Figure{gap, path, heat}
}

func TestRenderIsRepeatable(t *testing.T) {
	for _, f := range gallery() {
		for _, format := range Formats {
			first, err := Render(f, format)
			if err != nil {
				t.Fatal(err)
			}
			second, err := Render(f, format)
			if err != nil || !bytes.Equal(first, second) {
				t.Errorf("%s as %s: not the same bytes twice (%v)", f.Name, format, err)
			}
		}
	}
}

// A log axis of gonum/plot panics on zeros, flat lines and single points; NewLine fails on
// what is not finite. None of it may reach a user.
func TestRenderSurvivesBadNumbers(t *testing.T) {
	columns := map[string][]float64{
		"zeros": {0, 0, 0}, "flat": {1, 1, 1}, "below one": {0.5, 0.5, 0.5}, "negative": {-1, -2, -3},
		"infinite": {1, inf, inf}, "undefined": {nan, 1, nan}, "huge": {1e-300, 1, 1e300},
		"denormal": {5e-324, 5e-324, 1e-320}, "largest": {math.MaxFloat64, -math.MaxFloat64, 0},
	}
	for name, y := range columns {
		for _, scale := range []figure.Scale{figure.Linear, figure.Log} {
			for _, floor := range []float64{0, 1e-16} {
				f := &figure.Figure{Name: "bad", X: figure.Axis{Scale: scale}, Y: figure.Axis{Scale: scale, Floor: floor},
					Series: []figure.Series{{Label: "s", Kind: figure.Both, X: []float64{1, 2, 3}, Y: y, Low: y, High: y}}}
				if _, err := Render(f, SVG); err != nil && !errors.Is(err, ErrEmpty) {
					t.Errorf("%s on a %s axis: %v", name, scale, err)
				}
			}
		}
	}
	single := &figure.Figure{Name: "single", Y: figure.Axis{Scale: figure.Log},
		Series: []figure.Series{{X: []float64{7}, Y: []float64{0.3}, Kind: figure.Line}}}
	if _, err := Render(single, PNG); err != nil {
		t.Errorf("a single point: %v", err)
	}
}

func TestRenderRefuses(t *testing.T) {
	for name, f := range map[string]*figure.Figure{
		"empty":   {Name: "empty"},
		"uneven":  {Name: "uneven", Series: []figure.Series{{X: []float64{1}, Y: []float64{1, 2}}}},
		"unnamed": {Series: []figure.Series{{X: []float64{1}, Y: []float64{1}}}},
	} {
		if _, err := Render(f, SVG); err == nil {
			t.Errorf("%s: drawn without complaint", name)
		}
	}
	if _, err := Render(gallery()[0], "gif"); err == nil || !strings.Contains(err.Error(), "svg, png and pdf") {
		t.Errorf("gif: %v", err)
	}
}

// The picture is looked at: curves have their colours, the title is written in ink, and
// nothing but paper lies on its edges.
func TestPixels(t *testing.T) {
	content, err := Render(gallery()[0], PNG)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.NRGBA]int{}
	bounds := picture.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
			count[c]++
			if edge := x == 0 || y == 0 || x == bounds.Max.X-1 || y == bounds.Max.Y-1; edge && c != paper {
				t.Fatalf("(%d, %d) on the edge is %v", x, y, c)
			}
		}
	}
	for _, want := range []color.NRGBA{hue(nil, 0), hue(nil, 1), hue(nil, 8), ink} {
		if count[want] < 100 {
			t.Errorf("%d pixels of %v; a curve is missing", count[want], want)
		}
	}
}

// The data of a strip lie between the verticals of the plot above, and its curves only are
// in no legend.
func TestStripIsAligned(t *testing.T) {
	s := Paper{}.layOut(gallery()[0])
	canvas, err := canvasFor(SVG, s.width, s.height)
	if err != nil {
		t.Fatal(err)
	}
	upper, lower := s.split(vgdraw.New(canvas))
	above, below := s.plot.DataCanvas(upper), s.strip.plot.DataCanvas(lower)
	if math.Abs(float64(above.Min.X-below.Min.X)) > 1e-9 || math.Abs(float64(above.Max.X-below.Max.X)) > 1e-9 || above.Min.Y < below.Max.Y {
		t.Errorf("the plot is at %v, the strip at %v", above.Rectangle, below.Rectangle)
	}
	for _, entry := range s.legend {
		if entry.Unlisted {
			t.Errorf("%s is in the legend", entry.Label)
		}
	}
}

func TestSaveLeavesWholeFiles(t *testing.T) {
	folder := t.TempDir()
	paths, err := Paper{}.Save(gallery()[0], folder, SVG, PNG)
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	entries, _ := os.ReadDir(folder)
	if len(entries) != 3 {
		t.Errorf("%d files; expected the picture twice and its numbers", len(entries))
	}
	if _, err := (Paper{}).Save(gallery()[0], filepath.Join(folder, "missing"), SVG); err == nil {
		t.Error("a missing folder went unnoticed")
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		span span
		axis figure.Axis
		want string
	}{
		{span{1e-8, 1e2}, figure.Axis{Scale: figure.Log}, "10^{−8} 10^{−6} 10^{−4} 10^{−2} 10^{0} 10^{2}"},
		{span{0.5, 2000}, figure.Axis{Scale: figure.Log}, "1 10 100 1000"},
		{span{0.5, 2000}, figure.Axis{Scale: figure.Log, Floor: 0.5, ZeroAtFloor: true}, "1 10 100 1000 0"},
		{span{1.5, 8}, figure.Axis{Scale: figure.Log}, "2 5"},
		{span{800, 5100}, figure.Axis{Scale: figure.Log}, "1000 2000 5000"},
		{span{1.5e-6, 8e-6}, figure.Axis{Scale: figure.Log}, "2·10^{−6} 5·10^{−6}"},
		{span{-1, 1}, figure.Axis{}, "−1.0 −0.5 0.0 0.5 1.0"},
		{span{0, 3e6}, figure.Axis{}, "0 5·10^{5} 1·10^{6} 1.5·10^{6} 2·10^{6} 2.5·10^{6} 3·10^{6}"},
	} {
		ticks := linearTicks(c.span, mostTicks)
		if c.axis.Scale == figure.Log {
			ticks = logTicks(&c.axis, c.span, mostTicks)
		}
		var labels []string
		for _, tick := range ticks {
			if tick.Label != "" {
				labels = append(labels, tick.Label)
			}
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v: ticks %s; expected %s", c.span, got, c.want)
		}
	}
}

// The level line of x² + y² at 1 is the unit circle, closed, in one piece.
func TestLevelLines(t *testing.T) {
	g := gallery()[1].Grid
	lines := levelLines(g.Z, 1)
	if len(lines) != 1 || lines[0][0] != lines[0][len(lines[0])-1] {
		t.Fatalf("%d lines; expected one closed line", len(lines))
	}
	for _, e := range lines[0] {
		p := crossing(g, e, 1)
		if r := math.Hypot(p[0], p[1]); math.Abs(r-1) > 3e-3 { // linear interpolation: h²/8r
			t.Errorf("radius %g at (%g, %g)", r, p[0], p[1])
		}
	}
	if open := levelLines([][]float64{{0, 1}, {0, 1}, {0, 1}}, 0.5); len(open) != 1 || len(open[0]) != 3 {
		t.Errorf("an open line came out as %v", open)
	}
	if saddle := levelLines([][]float64{{1, 0}, {0, 1}}, 0.4); len(saddle) != 2 {
		t.Errorf("a saddle has %d lines; expected 2", len(saddle))
	}
}

// The boundary of stability runs between neighbours of which one diverged, and not along
// what was not tried.
func TestBoundaryOfStability(t *testing.T) {
	for _, c := range []struct {
		a, b float64
		want bool
	}{{1, inf, true}, {inf, 1, true}, {1, 2, false}, {inf, inf, false}, {nan, inf, false}, {inf, nan, false}} {
		if got := separates(c.a, c.b); got != c.want {
			t.Errorf("between %g and %g: %v", c.a, c.b, got)
		}
	}
}
