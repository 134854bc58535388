// Package page writes a report as one self-contained HTML file for looking around in: it
// opens by double click, asks no network for anything, and keeps what is being looked at
// in the fragment of its address, so that a link opens the same view.
//
// The page is data and a viewer. The data is compressed JSON in a script element that is never run;
// names from suites and data sets reach the document as text nodes only, and a content
// security policy forbids the page to load anything. Charts are drawn by Plotly's
// cartesian bundle (MIT, embedded with its licence).
package page

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

//go:embed assets/page.html
var markup string

//go:embed assets/page.css
var style string

//go:embed assets/page.js
var viewer string

//go:embed assets/plotly-cartesian.min.js
var plotly string

//go:embed assets/plotly-LICENSE
var plotlyLicense string

// Data is what a page shows.
type Data struct {
	Title    string           `json:"title"`
	Headline []string         `json:"headline"` // sentences
	Warnings []string         `json:"warnings"`
	Runs     []Run            `json:"runs"`
	Problems []Problem        `json:"problems"`
	Figures  []*figure.Figure `json:"figures"`
	Tables   []Table          `json:"tables"`
	Versus   *Versus          `json:"versus,omitempty"`
	Failed   []Failure        `json:"failed"`
	Notes    []string         `json:"notes"` // what was aggregated to keep the page small
	Looks    figure.Looks     `json:"-"`     // of the methods, by their places
}

// Versus has every two methods, problem by problem.
type Versus struct {
	Title   string   `json:"title"`
	Methods []string `json:"methods"`
	Colors  []int    `json:"colors"`
	Pairs   []Pair   `json:"pairs"`
	Notes   []string `json:"notes"`
}

// Pair compares the first method with the second.
type Pair struct {
	First  int      `json:"a"`
	Second int      `json:"b"`
	Rows   []Beside `json:"rows"`
}

// Beside is what one problem says of two methods.
type Beside struct {
	Problem  string `json:"problem"`
	Pairs    int    `json:"pairs"`
	Ratio    Number `json:"ratio"`
	Low      Number `json:"low"`
	High     Number `json:"high"`
	P        Number `json:"p"`
	Adjusted Number `json:"adjusted"`
	Verdict  string `json:"verdict"`
}

// Failure is why runs of a method on a problem failed or were skipped.
type Failure struct {
	Problem string `json:"problem"`
	Method  string `json:"method"`
	Status  string `json:"status"`
	Message string `json:"message"`
	Runs    int    `json:"runs"`
}

// Run is where numbers come from.
type Run struct {
	Folder string      `json:"folder"`
	Facts  [][2]string `json:"facts"` // name and value: version, processor, …
	Text   string      `json:"text"`  // of the suite
	How    string      `json:"how"`   // what makes it again, in words
	Again  string      `json:"again"` // and the command
}

// Problem is one problem with the courses of all methods on it.
type Problem struct {
	Label      string         `json:"label"`
	Facts      []string       `json:"facts"`            // f*, its source and accuracy, n, samples
	Shared     string         `json:"shared,omitempty"` // what the names of the methods leave out
	Quantities []Axis         `json:"quantities"`
	Costs      []Axis         `json:"costs"`
	Methods    []Method       `json:"methods"`
	Path       *figure.Figure `json:"path,omitempty"`
	Tracks     []Track        `json:"tracks,omitempty"` // as the series of Path
}

// Axis is a choice for an axis of the convergence figure.
type Axis struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Log     bool   `json:"log"`
	Floor   Number `json:"floor,omitempty"`
	Ceiling Number `json:"ceiling,omitempty"`
}

// Method is a method with one choice of settings.
type Method struct {
	Label   string  `json:"label"`
	Name    string  `json:"name,omitempty"` // as in the figures; "": Label
	Family  string  `json:"family"`
	Rate    Number  `json:"rate"`
	Detail  string  `json:"detail"` // how the runs ended
	Best    bool    `json:"best"`   // its learning rate is the best of the family
	Leading bool    `json:"leading"`
	Color   int     `json:"color"`
	Curves  []Curve `json:"curves"`
}

// Curve is a quantity against a cost, by their indices in the problem's lists.
type Curve struct {
	Quantity int         `json:"q"`
	Cost     int         `json:"c"`
	X        Numbers     `json:"x"`
	Median   Numbers     `json:"median"`
	Low      Numbers     `json:"low,omitempty"`
	High     Numbers     `json:"high,omitempty"`
	Mean     Numbers     `json:"mean,omitempty"`
	Runs     [][]Numbers `json:"runs,omitempty"` // single runs: x and y
	Bound    *Bound      `json:"bound,omitempty"`
}

// Bound is what a theorem promises for a curve, and measured/bound along it.
type Bound struct {
	Theorem string  `json:"theorem"`
	X       Numbers `json:"x"`
	Y       Numbers `json:"y"`
	RatioX  Numbers `json:"rx"`
	Ratio   Numbers `json:"ratio"`
}

// Track is a path in two variables with the iteration of each point.
type Track struct {
	Label     string  `json:"label"`
	Iteration Numbers `json:"k"`
}

// Table is a table whose cells keep what they are sorted by.
type Table struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Columns []string `json:"columns"`
	Numeric []bool   `json:"numeric"`
	Rows    [][]any  `json:"rows"` // texts, or pairs of text and number
	Notes   []string `json:"notes"`
}

// NewTable makes a table fit for the page.
func NewTable(t *table.Table) Table {
	out := Table{Name: t.Name, Title: t.Title, Notes: t.Notes, Columns: []string{}, Rows: [][]any{}}
	for i, c := range t.Columns {
		out.Columns = append(out.Columns, c.Name)
		numeric := true
		for _, row := range t.Rows {
			_, words := row[i].(table.Text)
			numeric = numeric && !words
		}
		out.Numeric = append(out.Numeric, numeric)
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell.Read()
			if by, ok := sortedBy(cell); ok {
				cells[i] = []any{cell.Read(), by}
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func sortedBy(c table.Cell) (Number, bool) {
	switch c := c.(type) {
	case table.Count:
		return Number(c), true
	case table.Number:
		return Number(c), true
	case table.Quartiles:
		return Number(c.Median), true
	case table.Marked:
		return Number(c.Median), true
	case table.Interval:
		return Number(c.Estimate), true
	case table.Share:
		return Number(float64(c.Part) / float64(c.Of)), true
	}
	return 0, false
}

// Number is a number with four significant digits in JSON; NaN is null, infinity "inf".
type Number float64

// MarshalJSON is never in error.
func (n Number) MarshalJSON() ([]byte, error) { return appendNumber(nil, float64(n)), nil }

// Numbers is a column of them.
type Numbers []float64

// MarshalJSON is never in error.
func (c Numbers) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i, v := range c {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendNumber(out, v)
	}
	return append(out, ']'), nil
}

func appendNumber(out []byte, v float64) []byte {
	switch {
	case math.IsNaN(v):
		return append(out, "null"...)
	case math.IsInf(v, 1):
		return append(out, `"inf"`...)
	case math.IsInf(v, -1):
		return append(out, `"-inf"`...)
	}
	return strconv.AppendFloat(out, v, 'g', 4, 64)
}

// Palette is what methods look like, by their numbers: as in the figures on paper.
type Palette struct {
	Looks []Look `json:"looks"`
}

// Look is what a method looks like.
type Look struct {
	Light  string        `json:"light"` // colour on a light page
	Dark   string        `json:"dark"`
	Dash   []float64     `json:"dash"`
	Symbol figure.Symbol `json:"symbol"`
}

// paletteOf has the looks that the data use.
func paletteOf(d *Data) Palette {
	last := 0
	series := func(f *figure.Figure) {
		for _, s := range f.Series {
			last = max(last, s.Color)
		}
	}
	for _, p := range d.Problems {
		for _, m := range p.Methods {
			last = max(last, m.Color)
		}
		if p.Path != nil {
			series(p.Path)
		}
	}
	for _, f := range d.Figures {
		series(f)
	}
	if d.Versus != nil {
		last = max(last, slices.Max(append(d.Versus.Colors, 0)))
	}
	var out Palette
	for place := range last + 1 {
		look := d.Looks.At(place)
		out.Looks = append(out.Looks, Look{Light: fmt.Sprintf("#%06X", look.Hue.OnWhite), Dark: fmt.Sprintf("#%06X", look.Hue.OnBlack), Dash: look.Dash, Symbol: look.Symbol})
	}
	return out
}

// packed is a text as a literal for a script element that is not run: compressed, in base64. The page
// is small, and the browser unpacks it without asking for anything.
func packed(data []byte) (template.JS, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", fmt.Errorf("page: %w", err)
	}
	return template.JS(`"` + base64.StdEncoding.EncodeToString(b.Bytes()) + `"`), nil
}

// Write writes the page.
func Write(w io.Writer, d *Data) error {
	data, err := json.Marshal(struct {
		*Data
		Palette
	}{d, paletteOf(d)}) // escapes <, > and &: nothing can close the script element
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	packedData, err := packed(data)
	if err != nil {
		return err
	}
	packedCharts, err := packed([]byte(plotly))
	if err != nil {
		return err
	}
	t, err := template.New("page").Parse(markup)
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	err = t.Execute(w, struct {
		Title                         string
		Style                         template.CSS
		Data, Plotly, License, Viewer template.JS
	}{d.Title, template.CSS(style), packedData, packedCharts, template.JS("/*\n" + plotlyLicense + "*/"), template.JS(viewer)})
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}
