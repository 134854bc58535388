package page

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

const nasty = `<img src=x onerror="document.title='broken'"></script><b>bold</b>`

// example is a page with everything on it, and with names that would be markup.
func example() *Data {
	curve := func(scale float64) Curve {
		return Curve{X: Numbers{0, 1, 10, 100}, Median: Numbers{10, scale, scale / 10, math.Inf(1)}, Low: Numbers{9, scale / 2, 0, 0},
			High: Numbers{11, 2 * scale, scale, math.Inf(1)}, Mean: Numbers{10, scale, scale, math.NaN()},
			Runs: [][]Numbers{{{0, 1}, {10, scale}}, {{0, 2}, {10, 2 * scale}}}}
	}
	method := func(label, family string, rate Number, leading bool, color int) Method {
		return Method{Label: label, Family: family, Rate: rate, Detail: "budget", Best: leading, Leading: leading, Color: color,
			Curves: []Curve{curve(float64(color + 1)), {Cost: 1, X: Numbers{1, 2}, Median: Numbers{5, 4}}}}
	}
	problem := Problem{Label: "bowl", Facts: []string{"f* = 0 (analytic)"},
		Quantities: []Axis{{Name: "gap", Label: "gap f − f*", Log: true, Floor: 1e-12, Ceiling: 1e3}},
		Costs:      []Axis{{Name: "iterations", Label: "iterations"}, {Name: "evaluations", Label: "evaluations"}},
		Methods: []Method{method("sgd lr=0.1", "sgd", 0.1, true, 0), method("sgd lr=1", "sgd", 1, false, 0),
			method(nasty, nasty, Number(math.NaN()), true, 1)}}
	second := problem
	second.Label = nasty
	second.Path = &figure.Figure{Name: "path", Title: "paths", Caption: "Where they went.", Equal: true,
		Grid:   &figure.Grid{X: []float64{-1, 0, 1}, Y: []float64{-1, 0, 1}, Z: [][]float64{{2, 1, 2}, {1, 0, 1}, {2, 1, 2}}, Contours: []float64{0.5, 1}},
		Series: []figure.Series{{Label: "sgd lr=0.1", Kind: figure.Both, X: []float64{1, 0.5, 0}, Y: []float64{1, 0.5, 0}}}}
	second.Tracks = []Track{{Label: "sgd lr=0.1", Iteration: Numbers{0, 1, 2}}}
	profile := &figure.Figure{Name: "performance-profile", Title: "Performance profile", Caption: "How often, how fast.",
		X: figure.Axis{Label: "τ", Scale: figure.Log}, Y: figure.Axis{Label: "share", Scale: figure.Linear},
		Series: []figure.Series{{Label: "sgd", Kind: figure.Steps, X: []float64{1, 10}, Y: []float64{0.5, 1}},
			{Label: nasty, Kind: figure.Steps, Color: 1, X: []float64{1, 10}, Y: []float64{0.25, 0.75}}},
		Rules: []figure.Rule{{Label: "first run gave up", Vertical: true, At: 5, Color: figure.Ink}}}
	heat := &figure.Figure{Name: "heat", Title: "Heat map", X: figure.Axis{Label: "rate", Scale: figure.Log}, Y: figure.Axis{Label: "batch", Categories: []string{"1", "full"}},
		Grid: &figure.Grid{Label: "gap", Scale: figure.Log, X: []float64{0.1, 1}, Y: []float64{0, 1}, Z: [][]float64{{1, math.Inf(1)}, {0.1, math.NaN()}}, Text: [][]string{{"1", "diverged"}, {"0.1", ""}}},
		Open: [][]string{{"sgd lr=0.1", "sgd lr=1"}, {"sgd lr=0.1", ""}}}
	steps := func(problem, title string) *figure.Figure {
		return &figure.Figure{Name: "steps", Role: "step-length", Problem: problem, Title: title, X: figure.Axis{Label: "k"}, Y: figure.Axis{Label: "t"},
			Series: []figure.Series{{Label: "sgd", X: []float64{1, 2}, Y: []float64{1, 1}}}}
	}
	runs := &table.Table{Name: "runs", Title: "Every run", Columns: []table.Column{{Name: "method"}, {Name: "iterations"}, {Name: "final gap"}},
		Rows: [][]table.Cell{{table.Text("sgd lr=1"), table.Count(100), table.Number(math.Inf(1))},
			{table.Text(nasty), table.Count(9), table.Number(1e-9)}, {table.Text("sgd lr=0.1"), table.Count(20), table.Number(0.5)}},
		Notes: []string{"A note."}}
	return &Data{Title: "Report: " + nasty, Headline: []string{"sgd won.", "`gdbench review x` lists more."}, Warnings: []string{"3 repeats"}, Notes: []string{},
		Runs:     []Run{{Folder: "one", Facts: [][2]string{{"processor", nasty}}, Text: "suite: x # " + nasty, How: "To make it again:", Again: "gdbench run x"}},
		Problems: []Problem{problem, second}, Failed: []Failure{{"bowl", nasty, "failed", "panic: " + nasty, 2}},
		Versus: &Versus{Title: "cost in passes to 0.1", Methods: []string{"sgd", nasty}, Colors: []int{0, 1}, Notes: []string{"Pairs."},
			Pairs: []Pair{{0, 1, []Beside{{"bowl", 9, 2, 1.5, 3, 0.01, 0.02, "dearer"}, {nasty, 1, Number(math.NaN()), Number(math.NaN()), Number(math.NaN()), Number(math.NaN()), Number(math.NaN()), "both missed the target"}}},
				{1, 0, []Beside{{"bowl", 9, 0.5, 0.333, 0.667, 0.01, 0.02, "cheaper"}}}}},
		Figures: []*figure.Figure{profile, heat, steps("bowl", "Steps on bowl"), steps(nasty, "Steps there")}, Tables: []Table{NewTable(runs)}}
}

func TestWriteIsRepeatableAndSelfContained(t *testing.T) {
	var a, b bytes.Buffer
	if err := Write(&a, example()); err != nil {
		t.Fatal(err)
	}
	if err := Write(&b, example()); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("not the same bytes twice (%v)", err)
	}
	text := a.String()
	data := unpacked(t, text, "data")
	if !json.Valid([]byte(data)) || !strings.Contains(data, `"Performance profile"`) || unpacked(t, text, "charts") != plotly {
		t.Error("what the page has compressed is not what it shows")
	}
	if strings.Contains(text, "<img src=x") || strings.Contains(text, "</script><b>") {
		t.Error("a name became markup")
	}
	for _, want := range []string{"default-src 'none'", "Copyright (c) 2016-2024 Plotly Technologies Inc.", `<html lang="en">`, `docs/glossary.md">glossary</a>`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// unpacked is the text that an element of a page holds.
func unpacked(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, `id="`+id+`">"`)
	packed, _, _ := strings.Cut(rest, `"`)
	r, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(packed)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNumbersSayWhatIsNotFinite(t *testing.T) {
	text, err := json.Marshal(Numbers{1.23456789, math.NaN(), math.Inf(1), math.Inf(-1)})
	if err != nil || string(text) != `[1.235,null,"inf","-inf"]` {
		t.Errorf("%s, %v", text, err)
	}
}

func TestEmptyPage(t *testing.T) {
	if err := Write(&bytes.Buffer{}, &Data{Title: "empty"}); err != nil {
		t.Error(err)
	}
}
